using System.Globalization;
using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Clients;

/// <summary>The clients that exist, made on first use from their number, so order of use does not change them.</summary>
/// <param name="api">The API they use.</param>
/// <param name="seed">Seed of the simulation.</param>
/// <param name="count">Clients with an address of their own.</param>
/// <param name="hasAwkwardNames">Whether some names hold apostrophes and the like.</param>
internal sealed class Population(ApiModel api, ulong seed, int count, bool hasAwkwardNames)
{
    private const double NormalShare = 0.60;
    private const double HeavyShare = 0.25;
    private readonly Client?[] _clients = new Client?[count];

    public int Count => count;

    public Client this[int id] => _clients[id] ??= Create(id, null);

    /// <summary>Draws who comes next: activity falls as a power of the rank, and heavy users come more often.</summary>
    public Client Draw(RandomSource random)
    {
        var client = this[random.Skewed(count, 2)];
        return client.Kind == ClientKind.Normal && random.Chance(0.3) ? this[random.Skewed(count, 2)] : client;
    }

    /// <summary>A client outside the numbered ones, for gateways, crowds and attackers.</summary>
    /// <param name="id">A number no other client has; at least <see cref="Count"/>.</param>
    /// <param name="address">Its address, or null to draw one.</param>
    public Client Create(int id, string? address)
    {
        var random = RandomSource.Fork(seed ^ 0xC11E4715UL, id);
        double u = random.Uniform();
        bool isBot = u >= NormalShare + HeavyShare && address is null;
        var audience = isBot ? FlowAudience.Integration : random.Chance(api.Habits.AppShare) ? FlowAudience.App : FlowAudience.Browser;
        bool hasPrivacyAddress = address is null && !isBot && random.Chance(0.13);
        return new Client
        {
            Id = id,
            Kind = isBot ? ClientKind.Bot : u < NormalShare ? ClientKind.Normal : ClientKind.Heavy,
            Address = address ?? (hasPrivacyAddress ? Addresses.IPv6Prefix(random) : Addresses.IPv4(random)),
            HasPrivacyAddress = hasPrivacyAddress,
            UserAgent = UserAgents.For(audience, random, api.Name),
            Audience = audience,
            Person = PersonName.Draw(random, hasAwkwardNames),
            ApiKey = isBot ? string.Create(CultureInfo.InvariantCulture, $"pk_live_{random.NextUInt64():x16}") : null,
            Seed = random.NextUInt64(),
            TypoRate = random.LogNormal(0.05, 0.6),
        };
    }
}
