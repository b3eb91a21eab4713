using System.Net.Mail;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Incidents;
using Vedette.Engine.Risk;

namespace Vedette.Server.Alerts;

/// <summary>
/// Brings alerts to one sink: one message for an incident, another when its level rises, a digest where there are too many, and each again until it arrives or
/// hope is lost. Whoever offers an incident never waits. Thread-safe; <see cref="StepAsync"/> is called by one thread at a time.
/// </summary>
internal sealed partial class AlertCourier(AlertRoute route, AlertOptions options, AlertCounters counters, TimeProvider time, ILogger logger)
{
    /// <summary>Incidents that wait, and incidents it is remembered of that they were told.</summary>
    private const int MaxWaiting = 1000, MaxTold = 20_000;

    private const int MaxInDigest = 10;

    /// <summary>With waits of 2, 4, 8 … seconds, five minutes at most: about 40 minutes.</summary>
    private const int MaxAttempts = 15;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RiskLevel> _told = new(StringComparer.Ordinal);
    private readonly Queue<string> _toldOrder = new();
    private readonly OrderedDictionary<string, (Incident Incident, AlertKind Kind)> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _delivered = new();
    private Alert? _current;
    private int _attempts;
    private DateTimeOffset _notBefore;
    private DateTimeOffset? _digestAt;

    public AlertRoute Route => route;

    /// <summary>Incidents that wait to be told of.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count + (_current is null ? 0 : 1);
        }
    }

    /// <summary>Takes a new or changed incident; of one that waits the latest state is told.</summary>
    public void Offer(Incident incident)
    {
        if (incident.Level < route.MinLevel) return;
        lock (_lock)
        {
            bool isWaiting = _waiting.TryGetValue(incident.Id, out var before);
            if (!isWaiting && _told.TryGetValue(incident.Id, out RiskLevel told) && told >= incident.Level) return;
            if (!isWaiting && _waiting.Count >= MaxWaiting)
            {
                counters.Dropped(route.Name);
                return;
            }
            _waiting[incident.Id] = (incident, isWaiting ? before.Kind : _told.ContainsKey(incident.Id) ? AlertKind.Worsened : AlertKind.Raised);
            Remember(incident);
        }
    }

    /// <summary>Notes an incident as told, without telling: it was found in traffic that was seen before a restart.</summary>
    public void Know(Incident incident)
    {
        lock (_lock)
        {
            if (incident.Level >= route.MinLevel) Remember(incident);
        }
    }

    /// <summary>Delivers what is due now.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        while (time.GetUtcNow() >= _notBefore && Next() is { } alert && await TryDeliverAsync(alert, cancellationToken)) _current = null;
    }

    /// <summary>Tries once more to tell everything that waits, before the process ends.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_current is { } last && await TryDeliverAsync(last, cancellationToken)) _current = null;
        lock (_lock)
        {
            if (_waiting.Count > 0) _current = Digest();
        }
        if (_current is { } rest) await TryDeliverAsync(rest, cancellationToken);
    }

    private void Remember(Incident incident)
    {
        if (!_told.ContainsKey(incident.Id))
        {
            if (_told.Count >= MaxTold) _told.Remove(_toldOrder.Dequeue());
            _toldOrder.Enqueue(incident.Id);
        }
        _told[incident.Id] = incident.Level;
    }

    /// <summary>The alert that is to be delivered now; null if none is due.</summary>
    private Alert? Next()
    {
        if (_current is not null) return _current;
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            while (_delivered.TryPeek(out DateTimeOffset first) && now - first >= TimeSpan.FromMinutes(1)) _delivered.Dequeue();
            if (_waiting.Count == 0) return null;
            if (_digestAt is null && _delivered.Count >= options.PerMinute) _digestAt = now + options.DigestInterval;
            if (_digestAt is { } due)
            {
                if (now < due) return null;
                _digestAt = null;
                return _current = Digest();
            }
            (string id, (Incident incident, AlertKind kind)) = _waiting.GetAt(0);
            _waiting.Remove(id);
            return _current = New(kind, [incident], 0);
        }
    }

    private Alert Digest()
    {
        if (_waiting.Count == 1) return Take(_waiting.GetAt(0).Value);
        Incident[] worst = [.. _waiting.Values.Select(static waiting => waiting.Incident).OrderByDescending(static incident => incident.Risk).ThenBy(static incident => incident.DetectedAt).Take(MaxInDigest)];
        Alert digest = New(AlertKind.Digest, worst, _waiting.Count - worst.Length);
        _waiting.Clear();
        return digest;
    }

    private Alert Take((Incident Incident, AlertKind Kind) only)
    {
        _waiting.Clear();
        return New(only.Kind, [only.Incident], 0);
    }

    private Alert New(AlertKind kind, IReadOnlyList<Incident> incidents, int omitted) =>
        new() { Kind = kind, Time = time.GetUtcNow(), Incidents = incidents, Omitted = omitted, Dashboard = options.DashboardUrl.Length > 0 ? options.DashboardUrl.TrimEnd('/') : null };

    /// <summary>True if it need not be tried again: it was delivered, or given up.</summary>
    private async ValueTask<bool> TryDeliverAsync(Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(DeliveryTime);
            await route.Sink.DeliverAsync(alert, patience.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return Fail(Reason(e));
        }
        counters.Sent(route.Name, "delivered");
        _delivered.Enqueue(time.GetUtcNow());
        _attempts = 0;
        return true;
    }

    private bool Fail(string reason)
    {
        if (++_attempts >= MaxAttempts)
        {
            counters.Sent(route.Name, "failed");
            LogLost(route.Name, _attempts, reason);
            _attempts = 0;
            return true;
        }
        TimeSpan wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _attempts), LongestWait.TotalSeconds));
        _notBefore = time.GetUtcNow() + wait;
        counters.Sent(route.Name, "retried");
        LogFailed(route.Name, wait, reason);
        return false;
    }

    /// <summary>The message alone: where it happened tells an operator nothing, and a stack trace may hold an address.</summary>
    internal static string Reason(Exception e) => e switch
    {
        OperationCanceledException => $"There was no answer within {DeliveryTime.TotalSeconds:0} seconds.",
        SmtpException { InnerException: { } inner } => $"{e.Message} {inner.Message}",
        _ => e.Message,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "An alert could not be delivered to {Sink}, trying again in {Wait}: {Reason}")]
    private partial void LogFailed(string sink, TimeSpan wait, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "An alert was given up for {Sink} after {Attempts} attempts: {Reason}")]
    private partial void LogLost(string sink, int attempts, string reason);
}
