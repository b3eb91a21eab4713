namespace Vedette.Engine.Behavior;

/// <summary>One request as a step in a sequence: its route, and how the answer went.</summary>
internal static class RequestToken
{
    /// <summary>Answers told apart: fine, refused or wrong, failed.</summary>
    public const int Outcomes = 3;

    /// <summary>Routes beyond are one: a token has sixteen bits.</summary>
    public const int MaxRoutes = ushort.MaxValue / Outcomes;

    public static int OutcomeOf(int status) => status >= 500 ? 2 : status >= 400 ? 1 : 0;

    public static ushort Of(int route, int status) => (ushort)((route < MaxRoutes ? route : 0) * Outcomes + OutcomeOf(status));

    public static int RouteOf(ushort token) => token / Outcomes;

    public static int OutcomeOf(ushort token) => token % Outcomes;
}
