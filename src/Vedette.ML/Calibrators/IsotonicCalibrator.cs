using Vedette.ML.Files;

namespace Vedette.ML.Calibrators;

/// <summary>The rising step curve closest to the labels, linear between steps.</summary>
/// <remarks>
/// Pool adjacent violators: M. Ayer et al., Ann. Math. Stat. 26(4), 1955; for probabilities B. Zadrozny, C. Elkan, KDD 2002. Wants some hundred rows of each
/// class; use <see cref="PlattCalibrator"/> below. Fit is O(n·log n), a question O(log n).
/// </remarks>
public sealed class IsotonicCalibrator : ICalibrator
{
    private const string Kind = "isotonic_calibrator/1";

    private readonly double[] _scores;
    private readonly double[] _probabilities;

    private IsotonicCalibrator(double[] scores, double[] probabilities) => (_scores, _probabilities) = (scores, probabilities);

    /// <summary>Scores where the curve bends, ascending.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Probabilities at <see cref="Scores"/>, not falling.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Learns the curve.</summary>
    /// <param name="scores">At least one finite score; higher means class 1 is more likely.</param>
    /// <param name="labels">0 or 1 per score.</param>
    /// <exception cref="ArgumentException">Lengths differ, no score, a score not finite, or a label neither 0 nor 1.</exception>
    public static IsotonicCalibrator Fit(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        Pool[] pools = Merge(CalibrationRows.Sorted(scores, labels));
        var bends = new List<(double Score, double Probability)>();
        foreach (Pool pool in pools)
        {
            bends.Add((pool.First, pool.Mean));
            if (pool.Last > pool.First) bends.Add((pool.Last, pool.Mean));
        }
        return new IsotonicCalibrator([.. bends.Select(bend => bend.Score)], [.. bends.Select(bend => bend.Probability)]);
    }

    public double Calibrate(double score)
    {
        if (double.IsNaN(score)) return double.NaN;
        int place = Array.BinarySearch(_scores, score);
        if (place >= 0) return _probabilities[place];
        int above = ~place;
        if (above == 0) return _probabilities[0];
        if (above == _scores.Length) return _probabilities[^1];
        double share = (score - _scores[above - 1]) / (_scores[above] - _scores[above - 1]);
        return _probabilities[above - 1] + share * (_probabilities[above] - _probabilities[above - 1]);
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write<double>(_scores);
        writer.Write<double>(_probabilities);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static IsotonicCalibrator Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        double[] scores = reader.ReadArray<double>();
        double[] probabilities = reader.ReadArray<double>(scores.Length);
        if (scores.Length == 0 || scores.Zip(scores.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            throw new InvalidDataException("The model file's scores do not ascend.");
        return new IsotonicCalibrator(scores, probabilities);
    });

    /// <summary>Merges neighbours until no pool's mean is below the one before it; equal scores begin in one pool.</summary>
    private static Pool[] Merge(List<(float Score, double Positives, double Rows)> sorted)
    {
        var pools = new List<Pool>();
        foreach ((float score, double positives, double rows) in sorted)
        {
            var pool = new Pool(score, score, positives, rows);
            while (pools.Count > 0 && pools[^1].Mean >= pool.Mean)
            {
                Pool before = pools[^1];
                pool = new Pool(before.First, pool.Last, before.Positives + pool.Positives, before.Rows + pool.Rows);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        return [.. pools];
    }

    private readonly record struct Pool(double First, double Last, double Positives, double Rows)
    {
        public double Mean => Positives / Rows;
    }
}
