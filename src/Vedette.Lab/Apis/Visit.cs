using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>One visit of a client: what it looked at last and how it presents itself.</summary>
internal sealed class Visit
{
    private readonly long[] _current;
    private ulong _chosen;

    public Visit(Client client, ApiModel api, RandomSource random)
    {
        Client = client;
        Address = client.HasPrivacyAddress ? Addresses.WithSuffix(client.Address, random) : client.Address;
        UserAgent = client.UserAgent;
        Protocol = client.Audience == FlowAudience.Integration || client.Seed % 5 == 0 ? "HTTP/1.1" : "HTTP/2.0";
        _current = new long[api.Objects.Length];
    }

    public Client Client { get; }

    public string Address { get; set; }

    public string UserAgent { get; set; }

    public string Protocol { get; }

    /// <summary>The page the browser shows; empty for programs.</summary>
    public string Referer { get; set; } = "";

    /// <summary>Name the log shows once signed in, if it shows names.</summary>
    public string? User { get; set; }

    public string? Session { get; set; }

    /// <summary>Whether the client has signed in, shown in the log or not.</summary>
    public bool IsSignedIn { get; set; }

    /// <summary>While true every object is the one set by <see cref="Pin"/>: for those who walk ids instead of using the API.</summary>
    public bool IsPinned { get; set; }

    /// <summary>The object to name in a request: the current one where the template says so, else a fresh draw.</summary>
    public long Choose(ObjectKind kind, bool isCurrent, RandomSource random)
    {
        ulong bit = 1UL << kind.Index;
        if (!IsPinned && (!isCurrent || (_chosen & bit) == 0)) _current[kind.Index] = kind.Draw(random, Client);
        _chosen |= bit;
        return _current[kind.Index];
    }

    public void Pin(ObjectKind kind, long index)
    {
        _current[kind.Index] = index;
        _chosen |= 1UL << kind.Index;
        IsPinned = true;
    }
}
