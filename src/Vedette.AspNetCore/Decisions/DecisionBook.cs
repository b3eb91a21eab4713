using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.AspNetCore.Decisions;

/// <summary>The decisions in force. Looked up by every request, replaced as a whole by the poller.</summary>
internal sealed class DecisionBook(VedetteOptions options, TimeProvider time)
{
    private const double Burst = 5;

    private readonly ConcurrentDictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private volatile Contents _contents = Contents.Empty;

    /// <summary>Puts the decisions in force in place of those before.</summary>
    public void Replace(IReadOnlyList<Decision> decisions)
    {
        _contents = Contents.Of(decisions);
        var known = decisions.Select(static decision => decision.Uuid).ToHashSet(StringComparer.Ordinal);
        foreach (string id in _allowances.Keys)
            if (!known.Contains(id)) _allowances.TryRemove(id, out _);
    }

    /// <summary>The decision about a caller: the address's own first, then its network's, then the user's; null if there is none in force.</summary>
    public Decision? Find(IPAddress? client, string? user)
    {
        Contents contents = _contents;
        if (contents.IsEmpty) return null;
        DateTimeOffset now = time.GetUtcNow();
        if (client is not null)
        {
            NetworkAddress address = NetworkAddress.From(client);
            if (contents.Addresses.TryGetValue(address, out Decision? decision) && decision.Until > now) return decision;
            foreach ((NetworkRange range, Decision about) in contents.Ranges)
                if (range.Contains(address) && about.Until > now) return about;
        }
        return user is not null && contents.Users.TryGetValue(user, out Decision? ofUser) && ofUser.Until > now ? ofUser : null;
    }

    /// <summary>True if a throttled caller still has a request left (token bucket); false for every other decision.</summary>
    public bool Admits(Decision decision) => decision.Type == "throttle" && _allowances.GetOrAdd(decision.Uuid, static _ => new Allowance()).TryTake(time.GetTimestamp(), time.TimestampFrequency, options.ThrottledRate);

    private sealed class Allowance
    {
        private readonly Lock _lock = new();
        private double _tokens = Burst;
        private long _at;

        public bool TryTake(long now, long frequency, double rate)
        {
            lock (_lock)
            {
                if (_at != 0) _tokens = Math.Min(Burst, _tokens + (now - _at) / (double)frequency * rate);
                _at = now;
                if (_tokens < 1) return false;
                _tokens--;
                return true;
            }
        }
    }

    private sealed record Contents(FrozenDictionary<NetworkAddress, Decision> Addresses, IReadOnlyList<(NetworkRange Range, Decision Decision)> Ranges, FrozenDictionary<string, Decision> Users)
    {
        public static readonly Contents Empty = Of([]);

        public bool IsEmpty => Addresses.Count == 0 && Ranges.Count == 0 && Users.Count == 0;

        public static Contents Of(IReadOnlyList<Decision> decisions)
        {
            var addresses = new Dictionary<NetworkAddress, Decision>();
            var ranges = new List<(NetworkRange, Decision)>();
            var users = new Dictionary<string, Decision>(StringComparer.Ordinal);
            foreach (Decision decision in decisions)
            {
                if (decision.Scope.Equals("User", StringComparison.OrdinalIgnoreCase)) users[decision.Value] = decision;
                else if (NetworkRange.TryParse(decision.Value, out NetworkRange range))
                {
                    if (range.Bits == 128) addresses[range.Network] = decision;
                    else ranges.Add((range, decision));
                }
            }
            return new Contents(addresses.ToFrozenDictionary(), ranges, users.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }
}
