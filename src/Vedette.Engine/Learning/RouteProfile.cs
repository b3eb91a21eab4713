namespace Vedette.Engine.Learning;

/// <summary>What is usual on one route, as far as single requests are concerned. Immutable.</summary>
internal sealed class RouteProfile
{
    private const int MaxParameters = 256;

    /// <summary>A route that is not known: nothing is usual there.</summary>
    public static readonly RouteProfile Unknown = new("", -1, 0, 0, []);

    private readonly uint[] _parameters;

    private RouteProfile(string template, double share, float latencyOctaves, float responseOctaves, uint[] parameters)
    {
        (Template, Share, LatencyOctaves, ResponseOctaves) = (template, share, latencyOctaves, responseOctaves);
        Path = template[(template.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        _parameters = parameters;
    }

    /// <summary>Method and path template: <c>GET /orders/{id}</c>.</summary>
    public string Template { get; }

    /// <summary>The template alone: <c>/orders/{id}</c>.</summary>
    public string Path { get; }

    /// <summary>Share of all requests that go here; below 0 for an unknown route.</summary>
    public double Share { get; }

    /// <summary>Median of log₂ of the duration in microseconds; 0 if unknown.</summary>
    public float LatencyOctaves { get; }

    /// <summary>Median of log₂ of the response's bytes; 0 if unknown.</summary>
    public float ResponseOctaves { get; }

    /// <summary>Fingerprints of the parameter names seen here, ascending.</summary>
    public ReadOnlySpan<uint> Parameters => _parameters;

    public bool IsKnown => Share >= 0;

    /// <summary>Learns from sampled requests of one route.</summary>
    public static RouteProfile Learn(string template, IReadOnlyList<RequestFacts> requests, double share)
    {
        var durations = new List<float>();
        var responses = new List<float>();
        var names = new SortedSet<uint>();
        foreach (RequestFacts facts in requests)
        {
            if (facts.DurationMicros > 0) durations.Add(MathF.Log2(facts.DurationMicros));
            if (facts.ResponseBytes > 0) responses.Add(MathF.Log2(facts.ResponseBytes));
            for (int i = 0; i < facts.Parameters.KeptCount && names.Count < MaxParameters; i++) names.Add(facts.Parameters[i]);
        }
        return new RouteProfile(template, share, Median(durations), Median(responses), [.. names]);
    }

    /// <summary>How many of the request's parameter names were never seen here.</summary>
    public int NewParameters(in RequestFacts facts)
    {
        int found = 0;
        for (int i = 0; i < facts.Parameters.KeptCount; i++)
            if (_parameters.AsSpan().BinarySearch(facts.Parameters[i]) < 0) found++;
        return found;
    }

    public void Write(ML.Files.ModelWriter writer)
    {
        writer.Write(Template);
        writer.Write(Share);
        writer.Write(LatencyOctaves);
        writer.Write(ResponseOctaves);
        writer.Write<uint>(_parameters);
    }

    public static RouteProfile Read(ML.Files.ModelReader reader) => new(reader.ReadString(), reader.ReadDouble(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadArray<uint>());

    private static float Median(List<float> values)
    {
        if (values.Count == 0) return 0;
        values.Sort();
        return values[values.Count / 2];
    }
}
