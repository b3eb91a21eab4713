using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Server.Ingestion;

namespace Vedette.Server.Api;

/// <summary>What to train on.</summary>
/// <param name="Logs">Logs of ordinary traffic; absent: what was gathered from live traffic.</param>
/// <param name="TestSize">Share held out to measure on, 0.05 to 0.5. Default 0.2.</param>
public sealed record TrainRequest(IReadOnlyList<RawJson>? Logs, double? TestSize)
{
    private const double DefaultHoldOut = 0.2;

    /// <summary>Reads the batch's text; its lines are the logs.</summary>
    internal static bool TryRead(EventBatch batch, int maxLogs, out double holdOut, out FieldError? error)
    {
        holdOut = DefaultHoldOut;
        error = null;
        if (batch.Text.Trim(" \t\r\n"u8).IsEmpty) return true;
        try
        {
            var json = new Utf8JsonReader(batch.Text, new JsonReaderOptions { MaxDepth = 64 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                error = new FieldError("$", "the body must be an object with 'logs' and 'test_size'");
                return false;
            }
            while (error is null && json.Read() && json.TokenType == JsonTokenType.PropertyName) error = ReadMember(batch, ref json, maxLogs, ref holdOut);
            while (error is null && json.Read())
            {
            }
        }
        catch (JsonException e)
        {
            error = new FieldError("$", $"the body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
        return error is null;
    }

    private static FieldError? ReadMember(EventBatch batch, ref Utf8JsonReader json, int maxLogs, ref double holdOut)
    {
        bool isLogs = json.ValueTextEquals("logs"u8), isShare = json.ValueTextEquals("test_size"u8);
        json.Read();
        if (isShare && json.TokenType != JsonTokenType.Null)
            return json.TokenType == JsonTokenType.Number && json.TryGetDouble(out holdOut) && holdOut is >= 0.05 and <= 0.5 ? null : new FieldError("test_size", "must be a number from 0.05 to 0.5");
        if (!isLogs || json.TokenType == JsonTokenType.Null)
        {
            json.Skip();
            return null;
        }
        if (json.TokenType != JsonTokenType.StartArray) return new FieldError("logs", "must be an array of objects");
        int number = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (++number > maxLogs) return new FieldError("logs", $"must have at most {maxLogs} entries");
            if (json.TokenType != JsonTokenType.StartObject) return new FieldError($"logs[{number - 1}]", "must be an object");
            int start = (int)json.TokenStartIndex;
            json.Skip();
            batch.AddLine(new Utf8Slice(start, (int)json.BytesConsumed - start), number);
        }
        return number == 0 ? new FieldError("logs", "must not be empty") : null;
    }
}

/// <summary>What a training gave.</summary>
/// <param name="Status">trained.</param>
/// <param name="Version">Name of the new version; it is active.</param>
/// <param name="Logs">Logs learnt from; 0 where live traffic was.</param>
/// <param name="Rejected">Logs that could not be read.</param>
/// <param name="OrdinaryFrom">What taught what is ordinary: <c>logs</c>, <c>live_traffic</c>, or <c>labelled</c> where there was too little of either.</param>
/// <param name="Labelled">What taught what attacks are: simulated traffic, and verdicts of analysts. The metrics are of its held-out part.</param>
/// <param name="Metrics">How well each model does on held-out windows.</param>
/// <param name="ActiveModels">Models that are ready.</param>
public sealed record TrainAnswer(string Status, string Version, int Logs, IReadOnlyList<RejectedEvent> Rejected, string OrdinaryFrom, IReadOnlyList<LabelledSource> Labelled, IReadOnlyDictionary<string, ModelQuality> Metrics, IReadOnlyList<string> ActiveModels);

/// <summary>How well a model does on windows it has not learnt from.</summary>
public sealed record ModelQuality(double Precision, double Recall, double F1, double Auc, long FalsePositives, long Rows, long Attacks);

/// <summary>Which version to load; without one, the active version again.</summary>
/// <param name="Version">Name, as v0001.</param>
public sealed record LoadModelRequest(string? Version);

/// <summary>The version that is at work now.</summary>
/// <param name="Status">loaded.</param>
/// <param name="Version">Its name.</param>
/// <param name="ActiveModels">Models that are ready.</param>
public sealed record ModelLoaded(string Status, string Version, IReadOnlyList<string> ActiveModels);

/// <summary>Versions and models.</summary>
/// <param name="Active">Version at work; null if there is none.</param>
/// <param name="Items">Versions on disk, newest first.</param>
/// <param name="Models">The models, as in /status.</param>
public sealed record ModelList(string? Active, IReadOnlyList<ModelVersionRow> Items, IReadOnlyList<ModelState> Models);

/// <summary>One version.</summary>
public sealed record ModelVersionRow
{
    public required string Version { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public bool Active { get; init; }

    /// <summary>Version that was active when this one was trained.</summary>
    public string? Parent { get; init; }

    /// <summary>Size of its file.</summary>
    public long Bytes { get; init; }

    public required IReadOnlyDictionary<string, ModelQuality> Metrics { get; init; }

    /// <summary>Features the supervised models read, most important first.</summary>
    public IReadOnlyList<FeatureImportance> Importance { get; init; } = [];

    public required TrainingFacts Training { get; init; }

    /// <summary>How far traffic has moved since; null while unknown.</summary>
    public ModelDrift? Drift { get; init; }
}

/// <summary>What a feature counts for, 0 to 1.</summary>
public sealed record FeatureImportance(string Name, double Share);

/// <summary>What a version learnt from.</summary>
public sealed record TrainingFacts(long Events, DateTimeOffset? From, DateTimeOffset? To, ulong Seed, int Windows, int Requests, int Sequences);

/// <summary>Drift of traffic from what was learnt: below 0.1 is usual, above 0.25 another population.</summary>
public sealed record ModelDrift(double Score, IReadOnlyList<DriftOfFeature> Features);

/// <summary>Drift of one feature.</summary>
public sealed record DriftOfFeature(string Name, double Psi);
