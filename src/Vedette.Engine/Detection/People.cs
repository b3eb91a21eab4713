using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>How many people may stand behind one caller: a gateway's address has many, and must be judged by the head.</summary>
internal static class People
{
    /// <summary>
    /// Principals seen from an address count one each. Without principals, user agents do, if each made several requests: a client that invents a
    /// new agent for each request is one, not many.
    /// </summary>
    public static int Behind(in CallerState caller)
    {
        if (caller.Kind != CallerKind.Address) return 1;
        int principals = caller.Episode[Counter.NewCounterparts];
        int agents = caller.Episode[Counter.NewAgents];
        int requests = caller.Episode[Counter.Requests];
        if (agents > 1 && requests < 8 * agents) agents = 1;
        return Math.Max(1, Math.Max(principals, agents));
    }

    /// <summary>True for an address most of whose requests come with a principal: each principal is judged on its own.</summary>
    public static bool AreKnown(in CallerState caller) => caller.Kind == CallerKind.Address && caller.Episode[Counter.Authenticated] * 2 > caller.Episode[Counter.Requests];

    /// <summary>True for callers who teach what people and their programs do: crawlers, monitors and integrations have a scale of their own.</summary>
    public static bool AreOrdinary(in CallerState caller) => caller.Agent is not (UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor) && !IsIntegration(caller);

    /// <summary>True for a crawler or monitor that says so and keeps a moderate pace; whoever only borrows the name seldom does.</summary>
    public static bool ArePolite(in CallerState caller) => caller.Agent is UserAgentKind.DeclaredCrawler or UserAgentKind.Monitor or UserAgentKind.FeedReader && caller.PeakBurst < 40;

    /// <summary>True for a program that says what it is and shows who it works for, as integrations do.</summary>
    public static bool IsIntegration(in CallerState caller) => caller.Kind != CallerKind.Address && caller.Agent is UserAgentKind.HttpLibrary or UserAgentKind.Other;
}
