using System.Text.Json;

namespace Vedette.ML.Tests;

/// <summary>Values that reference implementations gave, from tests/fixtures/ml; the script beside each file made it.</summary>
internal static class ReferenceValues
{
    private static readonly Lazy<JsonElement> NeuralFile = new(() => Json("neural.json"));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "ml", name);

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllBytes(PathOf(name))).RootElement;

    public static JsonElement Neural(string part) => NeuralFile.Value.GetProperty(part);

    /// <summary>An array of numbers; null stands for a missing value.</summary>
    public static float[] Floats(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? float.NaN : value.GetSingle())];

    public static double[] Doubles(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static int[] Integers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    public static double Double(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"Value {i} is {actual[i]}, expected {expected[i]}.");
    }
}
