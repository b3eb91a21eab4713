using System.Globalization;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>Why an alert is sent.</summary>
public enum AlertKind
{
    /// <summary>One incident was raised, or has reached the level the sink asks for.</summary>
    Raised,

    /// <summary>An incident that was told of has risen to a higher level.</summary>
    Worsened,

    /// <summary>Several incidents in one message, because there were too many for one each.</summary>
    Digest,

    /// <summary>Somebody tries whether messages arrive.</summary>
    Test,
}

/// <summary>A message that an incident was raised, or that several were.</summary>
public sealed record Alert
{
    public required AlertKind Kind { get; init; }

    /// <summary>When it was made, by the clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The incidents as they are now: one, or in a digest several, the riskiest first; none in a test.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Incidents of a digest that are not among <see cref="Incidents"/>.</summary>
    public int Omitted { get; init; }

    /// <summary>Address of the dashboard without a slash at its end; null if it is not known.</summary>
    public string? Dashboard { get; init; }

    /// <summary>The same for every attempt to deliver this alert, different for every other.</summary>
    public string Id => Kind switch
    {
        AlertKind.Raised or AlertKind.Worsened => $"{Incidents[0].Id}-{Incidents[0].Level.Name().ToLowerInvariant()}",
        _ => $"{KindName}-{Time.ToUnixTimeMilliseconds()}",
    };

    /// <summary>The kind's name on the wire.</summary>
    public string KindName => Kind.ToString().ToLowerInvariant();

    /// <summary>What it is about in one line of ordinary characters, at most 140. Actors come from traffic and may hold anything.</summary>
    public string Title
    {
        get
        {
            string title = Kind switch
            {
                AlertKind.Test => "Test message from Vedette",
                AlertKind.Digest => $"{Incidents.Count + Omitted} incidents, the worst {Incidents[0].Level.Name()}: {NameOf(Incidents[0])}",
                AlertKind.Worsened => $"Now {Incidents[0].Level.Name()}: {NameOf(Incidents[0])} (risk {Incidents[0].Risk})",
                _ => $"{Incidents[0].Level.Name()}: {NameOf(Incidents[0])} (risk {Incidents[0].Risk})",
            };
            return Plain(title, 140);
        }
    }

    /// <summary>Where to look at an incident; null if the dashboard's address is not known.</summary>
    public string? LinkTo(Incident incident) => Dashboard is null ? null : $"{Dashboard}/incidents/{Uri.EscapeDataString(incident.Id)}";

    /// <summary>Whom and what an incident is about.</summary>
    public static string NameOf(Incident incident)
    {
        string what = incident.Type.Name().Replace('_', ' ');
        return incident.Actor.Kind == ActorKind.Endpoint ? $"{what} on {incident.Actor.Value}" : $"{what} by {incident.Actor.Value}";
    }

    /// <summary>Text without control characters, cut to a length.</summary>
    internal static string Plain(string text, int length)
    {
        string cut = text.Length <= length ? text : text[..(length - 1)] + "…";
        return string.Create(cut.Length, cut, static (plain, from) =>
        {
            for (int i = 0; i < from.Length; i++) plain[i] = IsPlain(from[i]) ? from[i] : ' ';
        });
    }

    /// <summary>Not plain are also marks that turn the direction of what follows, and halves of characters, of which the cut may leave one.</summary>
    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
