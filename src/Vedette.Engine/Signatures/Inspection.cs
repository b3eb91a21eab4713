using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>The verdict on one request's text.</summary>
public struct Inspection
{
    /// <summary>From here on a request counts as an attack. Scores are calibrated so that 0.5 is the decision.</summary>
    public const float Threshold = 0.5f;

    /// <summary>How probable an attack payload is, in [0, 1].</summary>
    public float Score;

    /// <summary>
    /// How unlike plain values the characters of the oddest value are, in [0, <see cref="MaxOddity"/>): ranks requests in which no rule found anything. No part of <see cref="Score"/>; 0 for a request that
    /// was dismissed unread.
    /// </summary>
    public float Oddity;

    /// <summary>Above every <see cref="Oddity"/>, and far below the decision.</summary>
    public const float MaxOddity = 0.05f;

    /// <summary>The classes that reach <see cref="Threshold"/>; empty where <see cref="Score"/> does not.</summary>
    public PayloadClasses Classes;

    /// <summary>The most probable class; <see cref="PayloadClass.None"/> where nothing spoke for any.</summary>
    public PayloadClass Main;

    public InspectionFlags Flags;

    /// <summary>Fingerprint of the name of the query parameter that speaks most for <see cref="Main"/>; 0 if that is no parameter.</summary>
    internal ulong Parameter;

    /// <summary>The shape of that parameter's value.</summary>
    internal ParameterShape Shape;

    /// <summary>True if what speaks most for <see cref="Main"/> stands in the Referer.</summary>
    internal bool IsInReferer;

    /// <summary>True if <see cref="Score"/> reaches <see cref="Threshold"/>.</summary>
    public readonly bool IsAttack => Score >= Threshold;
}

/// <summary>How the verdict came about.</summary>
[Flags]
public enum InspectionFlags : byte
{
    None = 0,

    /// <summary>The prefilter found something to look at, so the request was decoded.</summary>
    Decoded = 1,

    /// <summary>The request held more than was looked at: text, leaves or depth ran out.</summary>
    Truncated = 2,

    /// <summary>Some text was encoded more than once or in a way only evasion needs (overlong UTF-8, %u).</summary>
    Evasive = 4,
}

/// <summary>One piece of evidence.</summary>
/// <param name="Where">The part and name: <c>path</c>, <c>query.id</c>, <c>body.user</c>, <c>header.User-Agent</c>, <c>cookie.session</c>.</param>
/// <param name="Rule">Stable id of the rule: <c>sql.tautology</c>.</param>
/// <param name="Class">The class the rule speaks for.</param>
/// <param name="Text">The decoded piece, at most 200 characters.</param>
/// <param name="Contribution">What the rule added to the class's log-odds.</param>
public sealed record PayloadMatch(string Where, string Rule, PayloadClass Class, string Text, float Contribution);
