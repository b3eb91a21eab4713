using System.Text.Json;
using Vedette.ML.Preprocessing;

namespace Vedette.ML.Tests.Preprocessing;

public class ScalerTests
{
    [Fact]
    public void ScaledRowsEqualScikitLearns()
    {
        JsonElement reference = ReferenceValues.Neural("scaling");
        float[] rows = reference.Floats("rows"), standard = new float[rows.Length], robust = new float[rows.Length];

        StandardScaler.Fit(rows, 3).Transform(rows, standard);
        RobustScaler.Fit(rows, 3).Transform(rows, robust);

        ReferenceValues.AssertClose(reference.Floats("standard"), standard, 1e-5);
        ReferenceValues.AssertClose(reference.Floats("robust"), robust, 1e-5);
    }

    [Fact]
    public void MissingAndInfiniteValuesAreLeftOutOfTheFitAndStayMissing()
    {
        float[] rows = [1, float.NaN, 2, float.NaN, 3, float.NaN, float.NaN, float.NaN, float.PositiveInfinity, float.NaN];
        float[] scaled = new float[rows.Length];

        var standard = StandardScaler.Fit(rows, 2);
        standard.Transform(rows, scaled);

        Assert.Equal([2, 0], standard.Centers.ToArray());
        Assert.Equal(1, standard.Scales[1]);
        Assert.Equal(2, RobustScaler.Fit(rows, 2).Centers[0]);
        Assert.True(float.IsNaN(scaled[6]) && float.IsPositiveInfinity(scaled[8]) && scaled[2] == 0);
    }

    [Fact]
    public void SavedScalersTransformAsBefore()
    {
        var (rows, _) = TestRows.Blobs(50, 3, 1);
        using MemoryStream standardFile = new(), robustFile = new();
        var standard = StandardScaler.Fit(rows, 3);
        var robust = RobustScaler.Fit(rows, 3);
        standard.Save(standardFile);
        robust.Save(robustFile);
        standardFile.Position = robustFile.Position = 0;

        Assert.Equal(standard.Scales.ToArray(), StandardScaler.Load(standardFile).Scales.ToArray());
        Assert.Equal(robust.Centers.ToArray(), RobustScaler.Load(robustFile).Centers.ToArray());
        robustFile.Position = 0;
        Assert.Throws<InvalidDataException>(() => StandardScaler.Load(robustFile));
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        var scaler = StandardScaler.Fit([1, 2, 3, 4], 2);

        Assert.Throws<ArgumentException>(() => scaler.Transform(new float[4], new float[2]));
        Assert.Throws<ArgumentException>(() => scaler.Transform(new float[3], new float[3]));
        Assert.ThrowsAny<ArgumentException>(() => StandardScaler.Fit([], 2));
        Assert.ThrowsAny<ArgumentException>(() => RobustScaler.Fit([1], 0));
    }
}
