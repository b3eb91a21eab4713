using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Clients;

/// <summary>Somebody who calls the API: a person with a device, or a program.</summary>
internal sealed class Client
{
    public required int Id { get; init; }

    public required ClientKind Kind { get; init; }

    /// <summary>Textual address, or the /64 prefix of one that changes its lower half with every visit.</summary>
    public required string Address { get; init; }

    /// <summary>True for an IPv6 device with privacy addresses: <see cref="Address"/> is a prefix.</summary>
    public bool HasPrivacyAddress { get; init; }

    public required string UserAgent { get; init; }

    public required FlowAudience Audience { get; init; }

    public required PersonName Person { get; init; }

    public string FullName => Person.Full;

    public string UserName => Person.UserName;

    public string Email => Person.Email;

    /// <summary>Key of a program; null for people.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the client owns derives from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Share of this client's sign-ins that fail on the first try.</summary>
    public double TypoRate { get; init; } = 0.05;
}
