using System.Text.Json;

namespace Vedette.ML.Tests;

/// <summary>Numbers from reference implementations; the scripts beside them say how they were made.</summary>
internal static class Fixture
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "ml", name);

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllBytes(PathOf(name))).RootElement;

    /// <summary>An array of numbers; null stands for a missing value.</summary>
    public static float[] Floats(this JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? float.NaN : item.GetSingle())];

    public static double Number(this JsonElement element, string property) => element.GetProperty(property).GetDouble();
}
