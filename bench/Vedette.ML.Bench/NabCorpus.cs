using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Vedette.ML.Bench;

/// <summary>One series of the Numenta anomaly benchmark.</summary>
/// <param name="Name">Folder and file.</param>
/// <param name="Times">Microseconds since 1970.</param>
/// <param name="Values">One per time.</param>
/// <param name="Windows">First and last index of each labelled anomaly window.</param>
internal sealed record NabSeries(string Name, long[] Times, double[] Values, (int First, int Last)[] Windows);

/// <summary>Reads a folder of series (<c>timestamp,value</c>, gzip) with <c>windows.json.gz</c>.</summary>
internal static class NabCorpus
{
    public static List<NabSeries> Read(string folder)
    {
        using var windows = JsonDocument.Parse(new GZipStream(File.OpenRead(Path.Combine(folder, "windows.json.gz")), CompressionMode.Decompress));
        return [.. windows.RootElement.EnumerateObject().Where(file => File.Exists(Path.Combine(folder, file.Name + ".gz")))
            .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => ReadSeries(folder, file.Name, file.Value))];
    }

    private static NabSeries ReadSeries(string folder, string name, JsonElement windows)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, name + ".gz")), CompressionMode.Decompress));
        reader.ReadLine();
        var times = new List<long>();
        var values = new List<double>();
        while (reader.ReadLine() is { } line)
        {
            int comma = line.IndexOf(',', StringComparison.Ordinal);
            times.Add(Micros(line[..comma]));
            values.Add(double.Parse(line[(comma + 1)..], CultureInfo.InvariantCulture));
        }
        var limits = windows.EnumerateArray().Select(window => (times.IndexOf(Micros(window[0].GetString()!)), times.IndexOf(Micros(window[1].GetString()!))));
        return new NabSeries(name, [.. times], [.. values], [.. limits]);
    }

    private static long Micros(string text) =>
        (DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch).Ticks / 10;
}
