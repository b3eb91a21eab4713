using Vedette.Engine.Behavior;
using Vedette.ML.Files;

namespace Vedette.Engine.Learning;

/// <summary>The routes that models know, and the tokens that stand for a request of one with its outcome. Immutable, thread-safe.</summary>
internal sealed class Vocabulary
{
    private const int MaxProfiles = 4096;

    private readonly RouteProfile[] _profiles;
    private readonly Dictionary<string, int> _byTemplate = new(StringComparer.Ordinal);
    private readonly TemplateMatcher _matcher;

    public Vocabulary(IEnumerable<RouteProfile> profiles)
    {
        _profiles = [.. profiles.Take(MaxProfiles)];
        for (int i = 0; i < _profiles.Length; i++) _byTemplate.TryAdd(_profiles[i].Template, i);
        _matcher = new TemplateMatcher(_profiles.Select(static profile => profile.Template));
    }

    /// <summary>Number of tokens: for each route one per outcome.</summary>
    public int TokenCount => Math.Max(1, _profiles.Length * RequestToken.Outcomes);

    public int RouteCount => _profiles.Length;

    public RouteProfile Profile(int index) => index < 0 ? RouteProfile.Unknown : _profiles[index];

    /// <summary>Index of a route by method and template; -1 if it is not known.</summary>
    public int IndexOf(string template) => _byTemplate.GetValueOrDefault(template, -1);

    /// <summary>Index of the route that a method and a path as sent belong to; -1 if none is known.</summary>
    public int Match(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path) => _matcher.Match(method, path);

    /// <summary>The token of a request; -1, which no model knows, for an unknown route.</summary>
    public static int TokenOf(int index, int outcome) => index < 0 ? -1 : index * RequestToken.Outcomes + outcome;

    public void Write(ModelWriter writer)
    {
        writer.Write(_profiles.Length);
        foreach (RouteProfile profile in _profiles) profile.Write(writer);
    }

    public static Vocabulary Read(ModelReader reader)
    {
        var profiles = new RouteProfile[reader.ReadInt32(0, MaxProfiles)];
        for (int i = 0; i < profiles.Length; i++) profiles[i] = RouteProfile.Read(reader);
        return new Vocabulary(profiles);
    }
}
