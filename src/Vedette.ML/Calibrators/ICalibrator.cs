namespace Vedette.ML.Calibrators;

/// <summary>Turns a score into the probability of class 1 that was observed at such scores. Monotone, immutable, thread-safe.</summary>
public interface ICalibrator
{
    /// <summary>Probability of class 1 at <paramref name="score"/>, in [0, 1]; NaN for NaN.</summary>
    double Calibrate(double score);

    /// <summary>Writes the calibrator as one <see cref="Files.ModelFile"/>.</summary>
    void Save(Stream stream);
}
