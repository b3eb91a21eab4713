using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Vedette.Engine.Behavior;

/// <summary>What is counted of a caller, over a window and over an episode of activity.</summary>
internal enum Counter
{
    Requests,

    /// <summary>Status 400 to 499.</summary>
    ClientErrors,

    /// <summary>Status 401 or 403.</summary>
    Refused,

    /// <summary>Status 404 or 410.</summary>
    NotFound,

    /// <summary>A path that belongs to no route, does not exist or is refused, was never asked for by this caller and is no picture of a page; or a request line that is no HTTP, or is for a proxy.</summary>
    BlindNotFound,

    /// <summary>Status 429.</summary>
    Throttled,

    /// <summary>Status 500 to 599.</summary>
    ServerErrors,

    /// <summary>Status 400 or 422.</summary>
    Invalid,

    LoginAttempts,
    LoginFailures,
    LoginUsers,
    Assets,
    Writes,
    ResponseKibibytes,
    DurationMillis,

    /// <summary>How long requests for the same routes usually take; as long as they took where that is not known.</summary>
    UsualMillis,

    Payloads,

    /// <summary>Requests for files only a scanner asks for.</summary>
    Probes,

    /// <summary>Requests to a login route that send no credentials: the form itself.</summary>
    LoginVisits,

    /// <summary>First use of a route by this caller.</summary>
    NewRoutes,

    /// <summary>First access to an object by this caller.</summary>
    NewObjects,

    /// <summary>The same path and object as in the request before.</summary>
    Repeats,

    /// <summary>A user agent not seen from this caller before in its episode.</summary>
    NewAgents,

    /// <summary>For an address: a principal not seen from it before in its episode. For a principal: an address.</summary>
    NewCounterparts,

    /// <summary>A query this caller has not sent to this route before, the time of the request aside; see <see cref="DistinctSketch"/>.</summary>
    NewQueries,

    /// <summary>Requests that came with a user or an API key.</summary>
    Authenticated,

    /// <summary>Number of counters; not one itself.</summary>
    Count,
}

/// <summary>One number per <see cref="Counter"/>.</summary>
[InlineArray((int)Counter.Count)]
internal struct Counts
{
    private int _first;

    public int this[Counter counter]
    {
        readonly get => this[(int)counter];
        set => this[(int)counter] = value;
    }

    /// <summary>Takes <paramref name="other"/> off this, number by number.</summary>
    public void Subtract(ref Counts other)
    {
        Span<int> mine = this;
        TensorPrimitives.Subtract(mine, (ReadOnlySpan<int>)other, mine);
    }
}
