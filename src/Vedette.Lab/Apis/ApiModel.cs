namespace Vedette.Lab.Apis;

/// <summary>A fictional API: its routes, its objects, and how people and programs move through it.</summary>
internal sealed record ApiModel
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required Route[] Routes { get; init; }

    public required ObjectKind[] Objects { get; init; }

    public required Flow[] Flows { get; init; }

    public required ApiHabits Habits { get; init; }

    public Route Health => First(RouteRole.Health);

    public Route Login => First(RouteRole.Login);

    public Route[] With(RouteRole role) => [.. Routes.Where(r => r.Is(role))];

    public Route First(RouteRole role) => Routes.First(r => r.Is(role));

    public bool Has(RouteRole role) => Routes.Any(r => r.Is(role));
}

/// <summary>When the API is busy and who calls it.</summary>
internal sealed record ApiHabits
{
    /// <summary>Hour of the day, UTC, with the most traffic.</summary>
    public double PeakHour { get; init; } = 15;

    /// <summary>How far the day swings around its mean, in [0, 1).</summary>
    public double DaySwing { get; init; } = 0.6;

    /// <summary>Traffic of a weekend day against a weekday.</summary>
    public double WeekendFactor { get; init; } = 0.7;

    /// <summary>Share of people who come with the app instead of a browser.</summary>
    public double AppShare { get; init; } = 0.35;

    /// <summary>Whether the log names the user who is signed in.</summary>
    public bool LogsUsers { get; init; } = true;

    /// <summary>Whether the log names the account a sign-in aims at, even when it is refused.</summary>
    public bool LogsLoginNames { get; init; }

    /// <summary>Whether browsers call the API from another origin, and so ask with OPTIONS before each change.</summary>
    public bool UsesPreflight { get; init; }

    /// <summary>Status of a refused sign-in; 200 where the page just shows the form again.</summary>
    public short LoginFailure { get; init; } = 401;

    /// <summary>Share of attack payloads that something in front of the API refuses with 403.</summary>
    public double FirewallShare { get; init; } = 0.1;

    /// <summary>Share of searches and comments that are about code.</summary>
    public double CodeTopicShare { get; init; } = 0.004;

    public bool LogsUser(bool isSignedIn, Route route) => (isSignedIn && LogsUsers) || (LogsLoginNames && route.Is(RouteRole.Login));
}

/// <summary>Ways through the API for one kind of client: a Markov chain over steps.</summary>
internal sealed class Flow
{
    public required FlowAudience Audience { get; init; }

    public required FlowStep[] Steps { get; init; }
}

internal enum FlowAudience
{
    Browser,
    App,

    /// <summary>Declared programs with a key.</summary>
    Integration,
}

/// <summary>One step: the main request, what is fetched with it, how long until the next, and where to.</summary>
internal sealed class FlowStep
{
    public required Route Main { get; init; }

    public required Route[] Also { get; init; }

    /// <summary>Median pause before the next step.</summary>
    public required double ThinkSeconds { get; init; }

    public required bool NeedsLogin { get; init; }

    /// <summary>Next steps by index; -1 leaves. Weights are cumulative and end at 1.</summary>
    public required (int Step, double Cumulative)[] Next { get; set; }
}
