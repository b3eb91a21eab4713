using System.Text.Json;
using Vedette.ML.Calibrators;

namespace Vedette.ML.Tests.Calibrators;

public class CalibratorTests
{
    [Fact]
    public void IsotonicCurveEqualsScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("calibration");
        var calibrator = IsotonicCalibrator.Fit(reference.Floats("scores"), reference.Floats("labels"));

        AssertCurve(calibrator, reference.Doubles("questions"), reference.Doubles("isotonic"), 1e-5);
    }

    [Fact]
    public void PlattCurveEqualsScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("calibration");
        var calibrator = PlattCalibrator.Fit(reference.Floats("scores"), reference.Floats("labels"));

        AssertCurve(calibrator, reference.Doubles("questions"), reference.Doubles("platt"), 1e-4);
    }

    [Fact]
    public void SavedCalibratorsAnswerAsBefore()
    {
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f, 0.7f], labels = [0, 0, 1, 1, 1];
        using MemoryStream isotonicFile = new(), plattFile = new();
        ICalibrator isotonic = IsotonicCalibrator.Fit(scores, labels), platt = PlattCalibrator.Fit(scores, labels);
        isotonic.Save(isotonicFile);
        platt.Save(plattFile);
        isotonicFile.Position = plattFile.Position = 0;
        ICalibrator isotonicLoaded = IsotonicCalibrator.Load(isotonicFile), plattLoaded = PlattCalibrator.Load(plattFile);

        for (double score = -1; score < 2; score += 0.07)
        {
            Assert.Equal(isotonic.Calibrate(score), isotonicLoaded.Calibrate(score));
            Assert.Equal(platt.Calibrate(score), plattLoaded.Calibrate(score));
        }
    }

    [Fact]
    public void CurvesRiseAndStayProbabilitiesAtAnyScore()
    {
        var random = new SeededRandom(1);
        float[] scores = new float[300], labels = new float[300];
        for (int i = 0; i < 300; i++) (scores[i], labels[i]) = ((float)(1e4 * random.NextGaussian()), random.Next(2));
        labels.AsSpan().Sort(scores.AsSpan());
        foreach (ICalibrator calibrator in (ICalibrator[])[IsotonicCalibrator.Fit(scores, labels), PlattCalibrator.Fit([1, 2, 3, 4], [0, 0, 1, 1])])
        {
            double[] values = [.. ((double[])[double.NegativeInfinity, -1e300, -1e4, -3, 0, 2, 1e4, 1e300, double.PositiveInfinity]).Select(calibrator.Calibrate)];

            Assert.All(values, value => Assert.InRange(value, 0, 1));
            Assert.Equal(values.Order(), values);
            Assert.True(double.IsNaN(calibrator.Calibrate(double.NaN)));
        }
    }

    [Fact]
    public void OneClassOrOneScoreGivesAConstant()
    {
        Assert.Equal(1, IsotonicCalibrator.Fit([1, 2], [1, 1]).Calibrate(0));
        Assert.Equal(0.5, IsotonicCalibrator.Fit([3, 3], [0, 1]).Calibrate(9));
        Assert.Equal(PlattCalibrator.Fit([3, 3, 3], [0, 1, 1]).Calibrate(0), PlattCalibrator.Fit([3, 3, 3], [0, 1, 1]).Calibrate(9), 1e-6);
        Assert.Throws<ArgumentException>(() => IsotonicCalibrator.Fit([], []));
        Assert.Throws<ArgumentException>(() => PlattCalibrator.Fit([1, float.NaN], [0, 1]));
        Assert.Throws<ArgumentException>(() => PlattCalibrator.Fit([1], [0.5f]));
    }

    private static void AssertCurve(ICalibrator calibrator, double[] questions, double[] expected, double tolerance)
    {
        for (int i = 0; i < questions.Length; i++) Assert.Equal(expected[i], calibrator.Calibrate(questions[i]), tolerance);
    }
}
