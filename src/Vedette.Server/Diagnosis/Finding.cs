namespace Vedette.Server.Diagnosis;

/// <summary>What an examination found.</summary>
/// <param name="Verdict">How it is.</param>
/// <param name="Subject">What was looked at: settings, store, port.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Advice">What to do; null if nothing.</param>
public sealed record Finding(Verdict Verdict, string Subject, string Text, string? Advice = null);

/// <summary>How something is.</summary>
public enum Verdict
{
    Good,

    /// <summary>It works, but not for long or not well.</summary>
    Doubtful,

    /// <summary>The server cannot work like this.</summary>
    Bad,
}
