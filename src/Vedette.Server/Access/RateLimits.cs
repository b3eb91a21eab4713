using System.Threading.RateLimiting;
using Vedette.Engine.Events;

namespace Vedette.Server.Access;

/// <summary>Token buckets per key, per address without a key, and per address that sends wrong keys.</summary>
/// <remarks>
/// Addresses fall into a fixed number of buckets by fingerprint, so that no flood of addresses makes the tables grow; two who share a bucket share its limit.
/// </remarks>
internal sealed class RateLimits : IDisposable
{
    private const int AddressBuckets = 16_384;

    private readonly PartitionedRateLimiter<Principal>? _keys;
    private readonly PartitionedRateLimiter<NetworkAddress>? _anonymous;
    private readonly PartitionedRateLimiter<NetworkAddress> _failures;

    public RateLimits(AccessOptions options)
    {
        if (options.RequestsPerKeyPerSecond > 0)
            _keys = PartitionedRateLimiter.Create<Principal, string>(key => RateLimitPartition.GetTokenBucketLimiter(key.Id, _ => Bucket(options.RequestsPerKeyPerSecond, TimeSpan.FromSeconds(1))));
        if (options.AnonymousPerAddressPerSecond > 0)
            _anonymous = PerAddress(() => Bucket(options.AnonymousPerAddressPerSecond, TimeSpan.FromSeconds(1)));
        _failures = PerAddress(() => Bucket(options.FailuresPerAddressPerMinute, TimeSpan.FromMinutes(1)));
    }

    public bool Admits(Principal principal, NetworkAddress address)
    {
        if (principal.Role != Role.Anonymous) return _keys is null || Take(_keys, principal, 1);
        return _anonymous is null || Take(_anonymous, address, 1);
    }

    /// <summary>True while the address has not sent too many wrong keys.</summary>
    public bool AdmitsAttempt(NetworkAddress address) =>
        // To ask for no token is no question: it succeeds while there is any part of one, and there nearly always is.
        _failures.GetStatistics(address) is not { CurrentAvailablePermits: < 1 };

    /// <summary>Counts a wrong key; false if it is one too many.</summary>
    public bool CountFailure(NetworkAddress address) => Take(_failures, address, 1);

    public void Dispose()
    {
        _keys?.Dispose();
        _anonymous?.Dispose();
        _failures.Dispose();
    }

    private static PartitionedRateLimiter<NetworkAddress> PerAddress(Func<TokenBucketRateLimiterOptions> bucket) =>
        PartitionedRateLimiter.Create<NetworkAddress, int>(address => RateLimitPartition.GetTokenBucketLimiter(BucketOf(address), _ => bucket()));

    private static bool Take<T>(PartitionedRateLimiter<T> limiter, T resource, int permits)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(resource, permits);
        return lease.IsAcquired;
    }

    /// <summary>An IPv6 customer has a whole /64 to choose addresses from.</summary>
    private static int BucketOf(NetworkAddress address)
    {
        ulong key = Fingerprint.Combine(address.High, address.IsIPv4 ? address.Low : 0);
        return (int)(key % AddressBuckets);
    }

    private static TokenBucketRateLimiterOptions Bucket(int perPeriod, TimeSpan period)
    {
        // A tenth at a time: whoever waits need not wait a whole period.
        int parts = perPeriod >= 10 ? 10 : 1;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = period == TimeSpan.FromSeconds(1) ? perPeriod * 2 : perPeriod,
            TokensPerPeriod = perPeriod / parts,
            ReplenishmentPeriod = period / parts,
            AutoReplenishment = true,
            QueueLimit = 0,
        };
    }
}
