using System.Text.Json;
using Vedette.Engine.Detection;
using Vedette.Storage.Results;

namespace Vedette.Server.Ask;

/// <summary>Tells whether an incident is as sure, and came to what, a question says. Both stand in the incident's own document, which stores do not search.</summary>
internal readonly struct FindingFilter(Filter filter)
{
    private readonly double _least = filter.Number("min_confidence") ?? 0;
    private readonly double _most = filter.Number("max_confidence") ?? 1;
    private readonly string? _outcome = filter["outcome"];

    public bool Fits(StoredIncident incident)
    {
        if (_least <= 0 && _most >= 1 && _outcome is null) return true;
        using JsonDocument document = JsonDocument.Parse(incident.Json);
        if (!document.RootElement.TryGetProperty("confidence", out JsonElement value) || value.GetDouble() is var confidence && (confidence < _least || confidence > _most)) return false;
        return _outcome is null || OutcomeOf(incident.Type, document.RootElement) == _outcome;
    }

    /// <summary>An account that was entered; payloads that the server answered with success. Null where nothing tells.</summary>
    private static string? OutcomeOf(string type, JsonElement incident)
    {
        if (type == IncidentType.AccountTakeover.Name()) return "succeeded";
        if (!incident.TryGetProperty("drivers", out JsonElement drivers)) return null;
        foreach (JsonElement driver in drivers.EnumerateArray())
            if (driver.GetProperty("feature").ValueEquals("payloads_accepted")) return driver.GetProperty("value").GetDouble() > 0 ? "succeeded" : "refused";
        return null;
    }
}
