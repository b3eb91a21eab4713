using System.Text.Json;

namespace Vedette.ML.Tests;

/// <summary>What scikit-learn gives; made by tests/fixtures/ml/make_outliers.py.</summary>
internal static class OutlierReference
{
    public const int Features = 4;

    private static readonly JsonElement Root =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", "ml", "outliers.json"))).RootElement;

    public static float[] Values(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    public static void AssertClose(string name, float[] actual, double relative, double absolute = 0)
    {
        float[] expected = Values(name);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + relative * Math.Abs(expected[i]), $"{name}[{i}] is {actual[i]}, expected {expected[i]}");
    }
}
