namespace Vedette.Lab.Apis;

/// <summary>What a route is for, as far as visitors and attackers care.</summary>
[Flags]
internal enum RouteRole
{
    None = 0,
    Login = 1,
    Refresh = 2,
    PasswordReset = 4,

    /// <summary>Changes e-mail, password or other keys of an account.</summary>
    AccountChange = 8,

    /// <summary>Moves money or goods.</summary>
    Money = 16,
    Search = 32,

    /// <summary>A paged list.</summary>
    List = 64,

    /// <summary>One object by id.</summary>
    Object = 128,
    Export = 256,

    /// <summary>Costs the server much.</summary>
    Expensive = 512,
    Asset = 1024,

    /// <summary>A page that people open and crawlers read.</summary>
    Page = 2048,

    /// <summary>Fetches a URL it is given.</summary>
    Fetch = 4096,

    /// <summary>Reads XML or files it is given.</summary>
    Upload = 8192,
    Health = 16384,
    Register = 32768,

    /// <summary>Reached only after other steps: checkout after cart.</summary>
    Deep = 65536,

    /// <summary>Polled by open consoles and apps.</summary>
    Poll = 131072,
}

/// <summary>One route of an API: how its requests look and what they cost.</summary>
internal sealed class Route
{
    public required int Index { get; init; }

    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>As output names it: <c>/api/orders/{id}</c>.</summary>
    public required string Template { get; init; }

    public required TextTemplate Path { get; init; }

    public TextTemplate? Query { get; init; }

    public TextTemplate? Body { get; init; }

    public RouteRole Role { get; init; }

    public double MedianMicros { get; init; }

    /// <summary>Standard deviation of the logarithm of the latency.</summary>
    public double LatencySigma { get; init; }

    public double MedianBytes { get; init; }

    /// <summary>Standard deviation of the logarithm of the response size; 0 for files that never change.</summary>
    public double SizeSigma { get; init; }

    /// <summary>Share of requests that fail with a 5xx on an ordinary day.</summary>
    public double ErrorRate { get; init; }

    /// <summary>Share of requests that people get wrong: 400 or 422.</summary>
    public double InvalidRate { get; init; }

    /// <summary>Status of success.</summary>
    public short Success { get; init; } = 200;

    /// <summary>The first object kind in the target, or null.</summary>
    public ObjectKind? Object { get; init; }

    /// <summary>Whether it answers only to those who signed in; known once the flows are.</summary>
    public bool NeedsLogin { get; set; }

    /// <summary>The service behind the API that this route needs; routes with the same number fail together.</summary>
    public int Dependency { get; init; }

    public bool Is(RouteRole role) => (Role & role) != 0;
}
