using Vedette.Engine.Detection;
using Vedette.Engine.Signatures;

namespace Vedette.Engine;

/// <summary>What single detectors and all of them together make of one request.</summary>
/// <param name="IsAnomaly">Whether the weighted votes reach the threshold, or the signatures alone are sure.</param>
/// <param name="AnomalyScore">The decision's score, in [0, 1]: 0.5 and more is an anomaly.</param>
/// <param name="Signatures">The signatures' vote; always there.</param>
/// <param name="IsolationForest">The isolation forest's vote; not ready without models.</param>
/// <param name="Transformer">The Transformer's vote; not ready without models, or for a session with too few requests.</param>
/// <param name="Payloads">Kinds of attack payload found.</param>
/// <param name="PayloadScore">How surely there is one, in [0, 1].</param>
/// <param name="ForestScore">The forest's score on the usual scale: negative is stranger; null without models.</param>
/// <param name="Surprisal">Mean surprise of the session's requests, in nats; null if they were not judged.</param>
/// <param name="Endpoint">Template of the route; null where none is known.</param>
public readonly record struct RequestVerdict(
    bool IsAnomaly, float AnomalyScore, RequestVote Signatures, RequestVote IsolationForest, RequestVote Transformer,
    PayloadClasses Payloads, float PayloadScore, float? ForestScore, float? Surprisal, string? Endpoint)
{
    /// <summary>The incident types its payloads are of, the gravest first; allocates if there are any.</summary>
    public IReadOnlyList<IncidentType> Types => Payloads == PayloadClasses.None ? [] : new EventOutcome(Endpoint, PayloadScore, Payloads, IsLate: false).Types;
}

/// <summary>One detector's vote about a request.</summary>
/// <param name="IsReady">Whether it has an opinion.</param>
/// <param name="Vote">How strange, in [0, 1]; 0.5 and more is an anomaly by itself.</param>
/// <param name="Weight">What it counts for.</param>
public readonly record struct RequestVote(bool IsReady, float Vote, float Weight)
{
    /// <summary>True if the detector would call it an anomaly by itself.</summary>
    public bool IsAnomaly => IsReady && Vote >= 0.5f;
}
