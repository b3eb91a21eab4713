using System.Text.Json;
using Vedette.Engine;
using Vedette.Engine.Detection;

namespace Vedette.Cli.Reports;

/// <summary>Writes one NDJSON row per event: what the scan made of it.</summary>
internal sealed class AnnotationWriter(Stream output, bool hasManySources) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output);

    public void Write(EventVerdict verdict)
    {
        _json.WriteStartObject();
        _json.WriteNumber("line", verdict.Line);
        if (hasManySources) _json.WriteNumber("source", verdict.Source);
        _json.WriteNumber("score", verdict.Score);
        _json.WriteBoolean("is_anomaly", verdict.IsAnomaly);
        _json.WriteStartArray("types");
        foreach (IncidentType type in verdict.Types) _json.WriteStringValue(type.Name());
        _json.WriteEndArray();
        if (verdict.Incident is null) _json.WriteNull("incident");
        else _json.WriteString("incident", verdict.Incident);
        _json.WriteEndObject();
        _json.Flush();
        output.WriteByte((byte)'\n');
        _json.Reset();
    }

    public void Dispose()
    {
        _json.Dispose();
        output.Flush();
    }
}
