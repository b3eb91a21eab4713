using Vedette.ML.Files;

namespace Vedette.ML.Consensus;

/// <summary>The joint verdict of six unlike detectors under one fixed setting: a row that several of them find rare is anomalous.</summary>
/// <remarks>
/// No detector wins on every kind of table (R. Bouman, Z. Bukhsh, T. Heskes, "Unsupervised Anomaly Detection Algorithms on Real-world Data: How Many Do
/// We Need?", JMLR 25, 2024): neighbour distances are best for local anomalies, isolation for global ones. Each member's score becomes its tail
/// probability among the reference rows (H.-P. Kriegel et al., "Interpreting and Unifying Outlier Scores", SDM 2011), and the consensus is one minus
/// their geometric mean. Members and setting: see <c>docs/outliers-and-series.md</c>. Missing values are accepted.
/// Fit is O(m²·features) for m reference rows, a score O(m·features). Immutable once fitted; scoring is thread-safe.
/// </remarks>
public sealed class OutlierConsensus : IOutlierModel
{
    internal const string Kind = "outlier_consensus/1";
    private const int RowsPerChunk = 8192;

    private readonly RobustColumns _columns;
    private readonly List<ConsensusMember> _members;
    private readonly List<ScoreTail> _tails;

    private OutlierConsensus(RobustColumns columns, List<ConsensusMember> members, List<ScoreTail> tails) =>
        (_columns, _members, _tails) = (columns, members, tails);

    public int FeatureCount => _columns.FeatureCount;

    /// <summary>Fits all members.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row. NaN marks a missing value. Needs no scaling.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Bounds of the work.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, or an option is out of range.</exception>
    public static OutlierConsensus Fit(ReadOnlySpan<float> rows, int featureCount, OutlierConsensusOptions options) =>
        Fit(rows, featureCount, options, out _, out _);

    /// <summary>Fits all members and scores the fitted rows, none of which counts as its own neighbour.</summary>
    /// <param name="rows">As for <see cref="Fit(ReadOnlySpan{float}, int, OutlierConsensusOptions)"/>.</param>
    /// <param name="featureCount">Number of columns.</param>
    /// <param name="options">Bounds of the work.</param>
    /// <param name="fittedScores">Receives one score per row, in the range of <see cref="Score"/>.</param>
    /// <exception cref="ArgumentException">The values are not whole rows, there are none, there is not one score per row, or an option is out of range.</exception>
    public static OutlierConsensus Fit(ReadOnlySpan<float> rows, int featureCount, OutlierConsensusOptions options, Span<float> fittedScores)
    {
        if (featureCount > 0) Shape.CheckResults(rows, featureCount, fittedScores);
        var consensus = Fit(rows, featureCount, options, out int[] reference, out float[] referenceScores);
        if (reference.Length < fittedScores.Length) consensus.Score(rows, fittedScores);
        for (int i = 0; i < reference.Length; i++) fittedScores[reference[i]] = referenceScores[i];
        return consensus;
    }

    /// <summary>Scores each row as a new one.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="scores">
    /// Receives one score per row, in [0, 1): one minus the geometric mean of the members' tail probabilities. About 0.63 for a row that is just average.
    /// </param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        Shape.CheckResults(rows, FeatureCount, scores);
        int chunk = Math.Min(scores.Length, RowsPerChunk);
        float[] scaled = new float[chunk * FeatureCount];
        float[] compressed = new float[chunk * FeatureCount];
        float[] memberScores = new float[chunk];
        double[] surprise = new double[chunk];
        for (int first = 0; first < scores.Length; first += chunk)
        {
            int count = Math.Min(chunk, scores.Length - first);
            int values = count * FeatureCount;
            _columns.Apply(rows.Slice(first * FeatureCount, values), scaled);
            RobustColumns.Compress(scaled.AsSpan(0, values), compressed);
            Array.Clear(surprise);
            for (int member = 0; member < _members.Count; member++)
            {
                float[] seen = _members[member].Form == ColumnForm.Scaled ? scaled : compressed;
                _members[member].Model.Score(seen.AsSpan(0, values), memberScores.AsSpan(0, count));
                for (int i = 0; i < count; i++) surprise[i] += _tails[member].Surprise(memberScores[i]);
            }
            for (int i = 0; i < count; i++) scores[first + i] = Fuse(surprise[i], _members.Count);
        }
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        _columns.Write(writer);
        writer.Write(_members.Count);
        for (int i = 0; i < _members.Count; i++)
        {
            _members[i].Write(writer);
            writer.Write(_tails[i].Sorted);
        }
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static OutlierConsensus Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        var columns = RobustColumns.Read(reader);
        int count = reader.ReadInt32(1, 100);
        var members = new List<ConsensusMember>();
        var tails = new List<ScoreTail>();
        for (int i = 0; i < count; i++)
        {
            members.Add(ConsensusMember.Read(reader));
            tails.Add(ScoreTail.FromSorted(reader.ReadArray<float>()));
            if (members[i].Model.FeatureCount != columns.FeatureCount || tails[i].Sorted.IsEmpty)
                throw new InvalidDataException("The model file's members do not fit each other.");
        }
        return new OutlierConsensus(columns, members, tails);
    });

    private static OutlierConsensus Fit(
        ReadOnlySpan<float> rows, int featureCount, OutlierConsensusOptions options, out int[] reference, out float[] referenceScores)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        reference = Sample(count, options.MaxReferenceRows, options.Seed);
        float[] chosen = new float[reference.Length * featureCount];
        for (int i = 0; i < reference.Length; i++) rows.Slice(reference[i] * featureCount, featureCount).CopyTo(chosen.AsSpan(i * featureCount));
        var columns = RobustColumns.Fit(chosen, featureCount);
        columns.Apply(chosen, chosen);
        float[] compressed = new float[chosen.Length];
        RobustColumns.Compress(chosen, compressed);
        var members = ConsensusMember.FitAll(chosen, compressed, featureCount, options);
        var tails = new List<ScoreTail>();
        float[] memberScores = new float[reference.Length];
        double[] surprise = new double[reference.Length];
        foreach (var member in members)
        {
            member.ScoreFitted(member.Form == ColumnForm.Scaled ? chosen : compressed, memberScores);
            var tail = ScoreTail.Fit(memberScores);
            tails.Add(tail);
            for (int i = 0; i < surprise.Length; i++) surprise[i] += tail.Surprise(memberScores[i]);
        }
        referenceScores = Array.ConvertAll(surprise, sum => Fuse(sum, members.Count));
        return new OutlierConsensus(columns, members, tails);
    }

    private static float Fuse(double surprise, int members) => (float)-double.ExpM1(-surprise / members);

    /// <summary>Row numbers in ascending order: all, or a random <paramref name="limit"/> of them.</summary>
    private static int[] Sample(int count, int limit, ulong seed)
    {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) rows[i] = i;
        if (count <= limit) return rows;
        var random = SeededRandom.Fork(seed, 1);
        for (int i = 0; i < limit; i++)
        {
            int j = i + random.Next(count - i);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
        Array.Resize(ref rows, limit);
        Array.Sort(rows);
        return rows;
    }
}
