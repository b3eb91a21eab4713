using Vedette.ML.Files;

namespace Vedette.ML.Voting;

/// <summary>Several classifiers whose probabilities are averaged by weight.</summary>
/// <remarks>Immutable; predicting is thread-safe and O(members).</remarks>
public sealed class VotingClassifier : IBinaryClassifier
{
    private const string Kind = "voting_classifier/1";
    private const int MaxMembers = 64;
    private const int BlockRows = 256;

    private readonly IBinaryClassifier[] _members;
    private readonly double[] _weights;
    private readonly double _sum;

    /// <param name="members">1 to 64 classifiers of the same number of columns.</param>
    /// <param name="weights">One weight per member, not negative, not all zero; they need not sum to 1. Null weighs all alike.</param>
    /// <exception cref="ArgumentException">No or too many members, different numbers of columns, or impossible weights.</exception>
    public VotingClassifier(IReadOnlyList<IBinaryClassifier> members, IReadOnlyList<double>? weights = null)
    {
        if (members.Count is < 1 or > MaxMembers) throw new ArgumentException($"{members.Count} members; 1 to {MaxMembers} are possible.", nameof(members));
        if (members.Any(member => member.FeatureCount != members[0].FeatureCount))
            throw new ArgumentException($"The members have {string.Join(", ", members.Select(member => member.FeatureCount))} features.", nameof(members));
        weights ??= [.. Enumerable.Repeat(1.0, members.Count)];
        double sum = weights.Sum();
        if (weights.Count != members.Count || weights.Any(weight => !(weight >= 0)) || !(sum > 0) || !double.IsFinite(sum))
            throw new ArgumentException($"The weights {string.Join(", ", weights)} do not fit {members.Count} members.", nameof(weights));
        _members = [.. members];
        (_weights, _sum) = ([.. weights], sum);
    }

    public int FeatureCount => _members[0].FeatureCount;

    public IReadOnlyList<IBinaryClassifier> Members => _members;

    /// <summary>One weight per member, as given.</summary>
    public IReadOnlyList<double> Weights => _weights;

    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        Shape.CheckResults(rows, FeatureCount, probabilities);
        Span<float> votes = stackalloc float[BlockRows];
        Span<double> sums = stackalloc double[BlockRows];
        for (int start = 0; start < probabilities.Length; start += BlockRows)
        {
            int count = Math.Min(BlockRows, probabilities.Length - start);
            sums.Clear();
            for (int member = 0; member < _members.Length; member++)
            {
                _members[member].PredictProbability(rows.Slice(start * FeatureCount, count * FeatureCount), votes[..count]);
                for (int row = 0; row < count; row++) sums[row] += _weights[member] * votes[row];
            }
            for (int row = 0; row < count; row++) probabilities[start + row] = (float)(sums[row] / _sum);
        }
    }

    /// <summary>Writes the weights and every member's own file as one <see cref="ModelFile"/>.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write<double>(_weights);
        foreach (IBinaryClassifier member in _members)
        {
            using var file = new MemoryStream();
            member.Save(file);
            writer.Write<byte>(file.GetBuffer().AsSpan(0, (int)file.Length));
        }
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="stream">Positioned at the file's start.</param>
    /// <param name="loadMember">Reads a member of the kind given, e.g. <c>dense_network/1</c>.</param>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static VotingClassifier Load(Stream stream, Func<string, Stream, IBinaryClassifier> loadMember) => ModelFile.Read(stream, Kind, reader =>
    {
        double[] weights = reader.ReadArray<double>();
        if (weights.Length is < 1 or > MaxMembers) throw new InvalidDataException($"The model file holds {weights.Length} members.");
        var members = new IBinaryClassifier[weights.Length];
        for (int i = 0; i < members.Length; i++)
        {
            byte[] file = reader.ReadArray<byte>();
            members[i] = loadMember(ModelFile.ReadKind(new MemoryStream(file)), new MemoryStream(file));
        }
        try
        {
            return new VotingClassifier(members, weights);
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException($"The model file is implausible: {problem.Message}", problem);
        }
    });
}
