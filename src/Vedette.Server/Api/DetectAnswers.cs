using System.Text.Json.Serialization;
using Vedette.Server.Ingestion;

namespace Vedette.Server.Api;

/// <summary>What is asked about: one line, one event, or several logs.</summary>
/// <param name="LogLine">A line of an access log.</param>
/// <param name="SessionId">The session it belongs to, so that its order is judged.</param>
/// <param name="Event">An event, in place of a line.</param>
/// <param name="Logs">Several logs, in place of either; the answer lists the anomalies among them.</param>
/// <param name="Threshold">With logs: the forest's score at or below which one is an anomaly, -1 to 1.</param>
public sealed record DetectQuestion(string? LogLine, string? SessionId, RawJson? Event, IReadOnlyList<RawJson>? Logs, double? Threshold);

/// <summary>Several lines to be judged.</summary>
/// <param name="LogLines">Lines of an access log, at most 100.</param>
/// <param name="SessionId">The session they belong to.</param>
public sealed record DetectBatchQuestion(IReadOnlyList<string> LogLines, string? SessionId);

/// <summary>What is made of one request.</summary>
public sealed record DetectVerdict
{
    /// <summary>Place of its line in a batch, from 0; absent in the answer about one request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }

    public bool IsAnomaly { get; init; }

    /// <summary>0 to 1; 0.5 and more is an anomaly.</summary>
    public double AnomalyScore { get; init; }

    /// <summary>warmup, training, ensemble or waiting.</summary>
    public required string Phase { get; init; }

    /// <summary>When the request happened; now where it does not say.</summary>
    public DateTimeOffset Timestamp { get; init; }

    public string? SessionId { get; init; }

    /// <summary>Attack types found, the gravest first.</summary>
    public IReadOnlyList<string> AttackTypes { get; init; } = [];

    /// <summary>Route template; null where none is known.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Each detector's vote.</summary>
    public required DetectDetails Details { get; init; }

    /// <summary>The request as it was read.</summary>
    public required RawJson Parsed { get; init; }
}

/// <summary>Votes by detector.</summary>
/// <param name="Signatures">Payloads of known attacks.</param>
/// <param name="IsolationForest">Unusual requests.</param>
/// <param name="Transformer">Unusual sequences of requests.</param>
public sealed record DetectDetails(SignatureVote Signatures, DetectorVote IsolationForest, DetectorVote Transformer);

/// <summary>One detector's vote.</summary>
public record DetectorVote
{
    /// <summary>Whether it has an opinion.</summary>
    public bool Ready { get; init; }

    public bool IsAnomaly { get; init; }

    /// <summary>0 to 1; null without an opinion.</summary>
    public double? Vote { get; init; }

    /// <summary>What the vote counts for.</summary>
    public double Weight { get; init; }

    /// <summary>The detector's own measure: the forest's score (negative is stranger), the Transformer's surprise in nats.</summary>
    public double? Score { get; init; }
}

/// <summary>The vote of the signatures, with what they matched.</summary>
public sealed record SignatureVote : DetectorVote
{
    /// <summary>How surely there is an attack, 0 to 1.</summary>
    public double Confidence { get; init; }

    public IReadOnlyList<SignatureMatch> Matches { get; init; } = [];
}

/// <summary>What matched where.</summary>
/// <param name="Where">path, query.id, body.user, header.User-Agent, cookie.session.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Type">The attack it speaks for.</param>
/// <param name="Text">The decoded piece.</param>
public sealed record SignatureMatch(string Where, string Rule, string Type, string Text);

/// <summary>Verdicts on several lines.</summary>
/// <param name="Results">One for each line that could be read, in order.</param>
/// <param name="Summary">Counts.</param>
public sealed record DetectBatchAnswer(IReadOnlyList<DetectVerdict> Results, DetectSummary Summary)
{
    /// <summary>Lines that could not be read.</summary>
    public IReadOnlyList<RejectedEvent> Errors { get; init; } = [];
}

/// <summary>Counts of a batch.</summary>
/// <param name="Total">Lines judged.</param>
/// <param name="Anomalies">Anomalies among them.</param>
/// <param name="Normal">The others.</param>
/// <param name="AnomalyRate">Share of anomalies, 0 to 1.</param>
public sealed record DetectSummary(int Total, int Anomalies, int Normal, double AnomalyRate);

/// <summary>Anomalies among several logs.</summary>
public sealed record DetectLogsAnswer
{
    public required IReadOnlyList<AnomalousLog> Anomalies { get; init; }

    /// <summary>Logs judged.</summary>
    public int Total { get; init; }

    public int AnomalyCount { get; init; }

    /// <summary>Share of anomalies, 0 to 1.</summary>
    public double AnomalyRate { get; init; }

    /// <summary>The threshold in force on the score; null where each detector decided by its own.</summary>
    public double? Threshold { get; init; }

    public required string Phase { get; init; }

    /// <summary>Logs that could not be read.</summary>
    public IReadOnlyList<RejectedEvent> Rejected { get; init; } = [];
}

/// <summary>One log that is an anomaly.</summary>
public sealed record AnomalousLog
{
    /// <summary>Its place among the logs, from 0.</summary>
    public int Index { get; init; }

    /// <summary>0 to 1, higher is stranger.</summary>
    public double AnomalyScore { get; init; }

    /// <summary>Isolation forest's score, negative is stranger; before there is a forest, the signatures' score with its sign reversed.</summary>
    public double Score { get; init; }

    public IReadOnlyList<string> AttackTypes { get; init; } = [];

    /// <summary>Each detector's vote, 0 to 1, of those that have one.</summary>
    public required IReadOnlyDictionary<string, double> Votes { get; init; }

    /// <summary>The log as it was read.</summary>
    public required RawJson Log { get; init; }
}
