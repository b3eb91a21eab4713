using Vedette.ML.Files;

namespace Vedette.ML.Calibrators;

/// <summary>A logistic curve through the scores: 1/(1 + exp(slope·score + offset)).</summary>
/// <remarks>
/// J. Platt, 1999, in the form of H.-T. Lin, C.-J. Lin, R. C. Weng, "A Note on Platt's Probabilistic Outputs", Machine Learning 68, 2007,
/// https://doi.org/10.1007/s10994-007-5018-6: Newton with backtracking, targets drawn in from 0 and 1. Fit is O(n) per step. Scores are standardised first,
/// which changes nothing but rounding. The slope is negative where higher scores mean class 1.
/// </remarks>
public sealed class PlattCalibrator : ICalibrator
{
    private const string Kind = "platt_calibrator/1";
    private const int MaxSteps = 100;
    private const double MinStep = 1e-10;
    private const double Ridge = 1e-12;

    private PlattCalibrator(double slope, double offset) => (Slope, Offset) = (slope, offset);

    /// <summary>Factor of the score, the paper's A.</summary>
    public double Slope { get; }

    /// <summary>The paper's B.</summary>
    public double Offset { get; }

    /// <summary>Learns the curve.</summary>
    /// <param name="scores">At least one finite score.</param>
    /// <param name="labels">0 or 1 per score.</param>
    /// <exception cref="ArgumentException">Lengths differ, no score, a score not finite, or a label neither 0 nor 1.</exception>
    public static PlattCalibrator Fit(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        CalibrationRows.Check(scores, labels);
        double mean = 0, variance = 0, positives = 0;
        foreach (float score in scores) mean += score / (double)scores.Length;
        foreach (float score in scores) variance += (score - mean) * (score - mean) / scores.Length;
        foreach (float label in labels) positives += label;
        double scale = variance > 0 ? Math.Sqrt(variance) : 1;
        double[] f = new double[scores.Length], t = new double[scores.Length];
        double high = (positives + 1) / (positives + 2), low = 1 / (scores.Length - positives + 2);
        for (int i = 0; i < f.Length; i++) (f[i], t[i]) = ((scores[i] - mean) / scale, labels[i] == 1 ? high : low);
        (double a, double b) = Minimize(f, t, Math.Log((scores.Length - positives + 1) / (positives + 1)));
        return new PlattCalibrator(a / scale, b - a * mean / scale);
    }

    public double Calibrate(double score)
    {
        double z = Slope * score + Offset;
        // Of the two equal forms the one whose exponential cannot overflow.
        return z >= 0 ? Math.Exp(-z) / (1 + Math.Exp(-z)) : 1 / (1 + Math.Exp(z));
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(Slope);
        writer.Write(Offset);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static PlattCalibrator Load(Stream stream) =>
        ModelFile.Read(stream, Kind, reader => new PlattCalibrator(reader.ReadDouble(), reader.ReadDouble()));

    private static (double A, double B) Minimize(double[] f, double[] t, double offset)
    {
        double a = 0, b = offset, loss = Loss(f, t, a, b);
        for (int step = 0; step < MaxSteps; step++)
        {
            double h11 = Ridge, h22 = Ridge, h21 = 0, g1 = 0, g2 = 0;
            for (int i = 0; i < f.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(a * f[i] + b));
                double d = p * (1 - p);
                h11 += f[i] * f[i] * d;
                h22 += d;
                h21 += f[i] * d;
                g1 += f[i] * (t[i] - p);
                g2 += t[i] - p;
            }
            if (Math.Abs(g1) < 1e-9 * f.Length && Math.Abs(g2) < 1e-9 * f.Length) break;
            double determinant = h11 * h22 - h21 * h21;
            double da = -(h22 * g1 - h21 * g2) / determinant, db = -(h11 * g2 - h21 * g1) / determinant;
            double slope = g1 * da + g2 * db, length = 1;
            while (length >= MinStep)
            {
                double next = Loss(f, t, a + length * da, b + length * db);
                if (next < loss + 1e-4 * length * slope)
                {
                    (a, b, loss) = (a + length * da, b + length * db, next);
                    break;
                }
                length /= 2;
            }
            if (length < MinStep) break;
        }
        return (a, b);
    }

    private static double Loss(double[] f, double[] t, double a, double b)
    {
        double sum = 0;
        for (int i = 0; i < f.Length; i++)
        {
            double z = a * f[i] + b;
            sum += z >= 0 ? t[i] * z + Math.Log(1 + Math.Exp(-z)) : (t[i] - 1) * z + Math.Log(1 + Math.Exp(z));
        }
        return sum;
    }
}
