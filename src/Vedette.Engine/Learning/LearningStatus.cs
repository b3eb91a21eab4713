namespace Vedette.Engine.Learning;

/// <summary>Where the engine stands between its first event and its first models.</summary>
public enum LearningPhase : byte
{
    /// <summary>Too few events to learn from; only what needs no model detects.</summary>
    Warmup,

    /// <summary>Enough was gathered; models are being trained elsewhere, or nobody has begun.</summary>
    Training,

    /// <summary>Models are at work.</summary>
    Ensemble,
}

/// <summary>What is known about learning, as of the last tick. Immutable.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Events">Events taken in.</param>
/// <param name="WarmupTarget">Events after which training may begin.</param>
/// <param name="Windows">Windows gathered.</param>
/// <param name="Requests">Requests gathered.</param>
/// <param name="Sequences">Sequences gathered.</param>
/// <param name="Version">Version of the models at work; null if there are none.</param>
public sealed record LearningStatus(LearningPhase Phase, long Events, int WarmupTarget, int Windows, int Requests, int Sequences, string? Version)
{
    /// <summary>The phase on the wire: <c>warmup</c>, <c>training</c>, <c>ensemble</c>.</summary>
    public string PhaseName => Phase switch
    {
        LearningPhase.Warmup => "warmup",
        LearningPhase.Training => "training",
        _ => "ensemble",
    };
}
