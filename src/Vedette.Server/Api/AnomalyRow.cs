using System.Text.Json;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Storage.Results;

namespace Vedette.Server.Api;

/// <summary>A minute of one caller that was judged unusual.</summary>
public sealed record AnomalyRow
{
    /// <summary>Empty in the live feed, which tells of it before it is stored.</summary>
    public required string Id { get; init; }

    /// <summary>End of the minute.</summary>
    public DateTimeOffset Time { get; init; }

    public required AnomalyActor Actor { get; init; }

    /// <summary>Route used most.</summary>
    public string? Endpoint { get; init; }

    /// <summary>0 to 1, higher is stranger.</summary>
    public double AnomalyScore { get; init; }

    public double FailureProbability { get; init; }

    public double BotProbability { get; init; }

    /// <summary>0.45 anomaly + 0.35 failure + 0.20 bot, 0 to 1.</summary>
    public double RiskScore { get; init; }

    /// <summary>HIGH, MEDIUM or LOW.</summary>
    public required string Priority { get; init; }

    /// <summary>0 to 100.</summary>
    public int Risk { get; init; }

    /// <summary>CRITICAL, HIGH, MEDIUM or LOW.</summary>
    public required string Level { get; init; }

    /// <summary>normal, heavy or bot; null while not known.</summary>
    public string? UsageClass { get; init; }

    public required AnomalyFeatures Features { get; init; }

    /// <summary>Each model's vote, 0 to 1.</summary>
    public required IReadOnlyDictionary<string, double> Votes { get; init; }

    public string Explanation { get; init; } = "";

    public static AnomalyRow Of(StoredAnomaly stored) => new()
    {
        Id = stored.Id,
        Time = stored.Time,
        Actor = new AnomalyActor(stored.ActorKind, stored.ActorValue),
        Endpoint = stored.Endpoint,
        AnomalyScore = stored.AnomalyScore,
        FailureProbability = stored.FailureProbability,
        BotProbability = stored.BotProbability,
        RiskScore = stored.RiskScore,
        Priority = stored.Priority,
        Risk = stored.Risk,
        Level = stored.Risk >= 80 ? "CRITICAL" : stored.Risk >= 60 ? "HIGH" : stored.Risk >= 40 ? "MEDIUM" : "LOW",
        UsageClass = stored.UsageClass,
        Features = new AnomalyFeatures(stored.ReqCount, stored.ErrorRate, stored.AvgResponseTime, stored.MaxResponseTime, stored.PayloadMean, stored.UniqueEndpoints, stored.RepeatRate, stored.StatusEntropy),
        Votes = JsonSerializer.Deserialize(stored.VotesJson, WireJson.Wire.DictionaryStringDouble) ?? [],
        Explanation = stored.Explanation,
    };

    /// <summary>The window as the store keeps it.</summary>
    public static StoredAnomaly ToStored(WindowAnomaly window)
    {
        // The eight basic features come first, in this order.
        IReadOnlyList<float> row = window.Features;
        return new StoredAnomaly
        {
            Time = window.Time,
            ActorKind = new Actor(window.ActorKind, window.Actor, []).KindName,
            ActorValue = window.Actor,
            Endpoint = window.Endpoint,
            AnomalyScore = Round(window.AnomalyScore),
            FailureProbability = Round(window.FailureProbability),
            BotProbability = Round(window.BotProbability),
            RiskScore = Round(window.RiskScore),
            Priority = window.PriorityName,
            Risk = window.Risk,
            UsageClass = window.UsageClassName,
            ReqCount = Round(row[0]),
            ErrorRate = Round(row[1]),
            AvgResponseTime = Round(row[2]),
            MaxResponseTime = Round(row[3]),
            PayloadMean = Round(row[4]),
            UniqueEndpoints = Round(row[5]),
            RepeatRate = Round(row[6]),
            StatusEntropy = Round(row[7]),
            VotesJson = JsonSerializer.Serialize(window.Votes.ToDictionary(static vote => vote.Key, static vote => Round(vote.Value)), WireJson.Wire.DictionaryStringDouble),
            Explanation = window.Explanation,
        };
    }

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 4) : 0;
}

/// <summary>Whose minute it is.</summary>
/// <param name="Kind">ip, user, session or api_key.</param>
/// <param name="Value">The caller as text.</param>
public sealed record AnomalyActor(string Kind, string Value);

/// <summary>The eight features of the minute; times in milliseconds, sizes in bytes, entropy in bits.</summary>
public sealed record AnomalyFeatures(double ReqCount, double ErrorRate, double AvgResponseTime, double MaxResponseTime, double PayloadMean, double UniqueEndpoints, double RepeatRate, double StatusEntropy);
