using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests;

/// <summary>Runs logs through the whole engine, from lines to incidents.</summary>
internal static class Scan
{
    public static DetectionEngine Run(string path, EngineOptions options)
    {
        using FileSource source = FileSource.Open([path]);
        LogParser parser = source.CreateParser(null);
        var engine = new DetectionEngine(options);
        BatchPipeline.Run(source, parser, engine, ahead: 2, static _ => { }, CancellationToken.None);
        return engine;
    }

    public static DetectionEngine Run(IReadOnlyList<string> lines, EngineOptions options, int linesPerBatch = 1000, int ahead = 2, Action<PreparedBatch>? onProcessed = null)
    {
        using var source = new LineSource(lines, linesPerBatch);
        var engine = new DetectionEngine(options);
        BatchPipeline.Run(source, new LogParser(LogFormats.Find("combined")!), engine, ahead, onProcessed ?? (static _ => { }), CancellationToken.None);
        return engine;
    }

    /// <summary>The log of a case.</summary>
    public static string LogOf(string caseName) => Directory.EnumerateFiles(Repository.Path("tests", "cases", caseName), "access.*").Single();

    public static IReadOnlyList<string> LinesOf(string caseName)
    {
        string path = LogOf(caseName);
        using Stream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text, Encoding.Latin1);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>All incidents, byte for byte as users get them.</summary>
    public static string Print(IEnumerable<Incident> incidents)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (Incident incident in incidents) IncidentJson.Write(json, incident);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
