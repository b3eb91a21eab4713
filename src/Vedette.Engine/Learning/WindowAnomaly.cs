using Vedette.Engine.Detection;

namespace Vedette.Engine.Learning;

/// <summary>How urgent a window is.</summary>
public enum WindowPriority : byte
{
    Low,

    /// <summary>A risk of one half or more.</summary>
    Medium,

    /// <summary>A risk of 0.8 or more.</summary>
    High,
}

/// <summary>One minute of one caller that the models find unusual.</summary>
public sealed record WindowAnomaly
{
    /// <summary>End of the window, event time.</summary>
    public required DateTimeOffset Time { get; init; }

    public required ActorKind ActorKind { get; init; }

    /// <summary>The caller as text.</summary>
    public required string Actor { get; init; }

    /// <summary>Template of the route used most; null where none is known.</summary>
    public required string? Endpoint { get; init; }

    /// <summary>All features, in the order of <see cref="WindowFeatures.All"/>; the first eight are the basic ones.</summary>
    public required IReadOnlyList<float> Features { get; init; }

    /// <summary>Each model's vote, in [0, 1].</summary>
    public required IReadOnlyDictionary<string, double> Votes { get; init; }

    /// <summary>The weighted consensus, in [0, 1]; higher is stranger.</summary>
    public required double AnomalyScore { get; init; }

    /// <summary>Chance of such a consensus in ordinary traffic, in (0, 1].</summary>
    public required double PValue { get; init; }

    /// <summary>How probably its requests fail, in [0, 1].</summary>
    public required double FailureProbability { get; init; }

    /// <summary>How probably a program is at work, in [0, 1].</summary>
    public required double BotProbability { get; init; }

    public required UsageClass UsageClass { get; init; }

    /// <summary>0.45 anomaly + 0.35 failure + 0.20 bot, in [0, 1].</summary>
    public required double RiskScore { get; init; }

    /// <summary>The same from 0 to 100.</summary>
    public int Risk => (int)Math.Round(100 * RiskScore);

    public WindowPriority Priority => RiskScore >= 0.8 ? WindowPriority.High : RiskScore >= 0.5 ? WindowPriority.Medium : WindowPriority.Low;

    /// <summary>The priority on the wire: <c>HIGH</c>, <c>MEDIUM</c>, <c>LOW</c>.</summary>
    public string PriorityName => Priority switch
    {
        WindowPriority.High => "HIGH",
        WindowPriority.Medium => "MEDIUM",
        _ => "LOW",
    };

    /// <summary>The usage class on the wire: <c>normal</c>, <c>heavy</c>, <c>bot</c>.</summary>
    public string UsageClassName => UsageClass switch
    {
        UsageClass.Heavy => "heavy",
        UsageClass.Bot => "bot",
        _ => "normal",
    };

    /// <summary>The features that made it unusual, the weightiest first.</summary>
    public required IReadOnlyList<Driver> Drivers { get; init; }

    /// <summary>What is unusual, in a sentence.</summary>
    public required string Explanation { get; init; }
}
