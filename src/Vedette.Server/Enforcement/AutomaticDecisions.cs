using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Engine.Normalization;
using Vedette.Engine.Risk;
using Vedette.Server.Access;
using Vedette.Server.Api;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Control;
using Vedette.Storage.Events;

namespace Vedette.Server.Enforcement;

/// <summary>
/// Makes bans and throttles out of incidents, if the settings want it, and stops short of whom it might hit wrongly: the allow list, proxies of ours, addresses that
/// several people share, crawlers that do no harm, and more than a small part of the traffic. Thread-safe; <see cref="StepAsync"/> is called by one thread at a time.
/// </summary>
internal sealed partial class AutomaticDecisions(SettingsState settings, DecisionList decisions, IEventStore events, Verdicts verdicts, AuditLog audit, TimeProvider time, ILogger<AutomaticDecisions> logger)
{
    /// <summary>Who decides, in decisions and audit.</summary>
    public const string Origin = "vedette";

    private const int MaxPending = 1000, MaxJudged = 20_000;

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    /// <summary>An incident of imported or long past traffic tells nothing of who comes now.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <summary>The same person is not looked at again for the same incident before this, unless it has got worse.</summary>
    private static readonly TimeSpan JudgeAgain = TimeSpan.FromMinutes(5);

    /// <summary>From how many users or API keys on an address counts as shared.</summary>
    private const int Shared = 2;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Tally> _outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Incident, string Target), (string Type, DateTimeOffset At)> _judged = [];
    private readonly Dictionary<string, double> _shares = new(StringComparer.Ordinal);
    private Dictionary<string, Incident> _pending = new(StringComparer.Ordinal);

    /// <summary>What became of incidents that were looked at: <c>ban</c>, <c>throttle</c>, the same with <c>dry_</c>, or why nothing.</summary>
    public IEnumerable<KeyValuePair<string, Tally>> Outcomes => _outcomes;

    private EnforcementOptions Options => settings.Current.Enforcement;

    /// <summary>Takes new and changed incidents; returns at once.</summary>
    public void Offer(IReadOnlyCollection<Incident> incidents)
    {
        if (Options.Mode == EnforcementMode.Off) return;
        lock (_lock)
        {
            foreach (Incident incident in incidents)
                if (_pending.Count < MaxPending || _pending.ContainsKey(incident.Id)) _pending[incident.Id] = incident;
        }
    }

    /// <summary>Takes back what was decided because of an incident: it was none. Returns how many decisions.</summary>
    public async ValueTask<int> LiftAsync(string incident, CancellationToken cancellationToken)
    {
        DecisionRecord[] wrong = [.. decisions.Active.Where(decision => decision.Origin == Origin && decision.Incident == incident)];
        foreach (DecisionRecord decision in wrong) await DeleteAsync(decision, cancellationToken);
        return wrong.Length;
    }

    /// <summary>Decides until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pulse, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await AttemptAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Decides about the incidents that have come.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Incident> pending;
        lock (_lock) (pending, _pending) = (_pending, new Dictionary<string, Incident>(StringComparer.Ordinal));
        foreach (Incident incident in pending.Values.OrderByDescending(static incident => incident.Risk))
        {
            if (TypeFor(incident) is not { } type) continue;
            foreach (EnforcementTarget target in EnforcementTarget.Of(incident))
            {
                if (IsJudged(incident, target, type)) continue;
                string outcome = await DecideAsync(incident, target, type, cancellationToken);
                _outcomes.GetOrAdd(outcome, static _ => new Tally()).Add(1);
            }
        }
    }

    /// <summary>A store that is away, or one bad incident, ends nothing: the next change of the incident is looked at again.</summary>
    private async ValueTask AttemptAsync(CancellationToken stopping)
    {
        try
        {
            await StepAsync(stopping);
        }
        catch (StoreUnavailableException)
        {
            // The store's state is told by the writer.
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(e);
        }
    }

    private string? TypeFor(Incident incident)
    {
        EnforcementOptions options = Options;
        if (options.Mode == EnforcementMode.Off || incident.Confidence < options.MinConfidence || time.GetUtcNow() - incident.LastSeen > Recent) return null;
        if (verdicts.Of(incident.Id) is "false_positive" or "benign") return null;
        return incident.Level >= options.BanLevel ? "ban" : incident.Level >= options.ThrottleLevel ? "throttle" : null;
    }

    private bool IsJudged(Incident incident, EnforcementTarget target, string type)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_judged.TryGetValue((incident.Id, target.Value), out var before) && before.Type == type && now - before.At < JudgeAgain) return true;
        if (_judged.Count >= MaxJudged) _judged.Clear();
        _judged[(incident.Id, target.Value)] = (type, now);
        return false;
    }

    private async ValueTask<string> DecideAsync(Incident incident, EnforcementTarget target, string type, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<DecisionRecord> active = decisions.Active;
        DecisionRecord[] own = [.. active.Where(decision => decision.Scope == target.Scope && decision.Value == target.Value)];
        if (own.Any(decision => decision.Type == type || decision.Type == "ban" || decision.Origin != Origin)) return "in_force";
        if (IsExempt(target)) return "exempt";
        CallerPast past = await CallerPast.ReadAsync(events, target, incident.FirstSeen, cancellationToken);
        if (past.Principals >= Shared) return "shared_address";
        if (past.IsCrawler && IsMereLoad(incident.Type)) return "crawler";
        DecisionRecord[] automatic = [.. active.Where(static decision => decision.Origin == Origin)];
        if (automatic.Length >= Options.MaxActive) return Stop("max_active", target);
        if (past.Share + automatic.Sum(decision => _shares.GetValueOrDefault(decision.Id)) > Options.MaxTrafficShare) return Stop("traffic_share", target);
        return await MakeAsync(incident, target, type, past.Share, own, cancellationToken);
    }

    private async ValueTask<string> MakeAsync(Incident incident, EnforcementTarget target, string type, double share, DecisionRecord[] lesser, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan duration = DurationFor(target);
        string what = $"{target.Scope} {target.Value} {GoDuration.Format(duration)} for {incident.Type.Name()} {incident.Id}";
        if (Options.Mode == EnforcementMode.DryRun)
        {
            await audit.AddAsync(Origin, $"decision.dry_{type}", what, cancellationToken);
            return "dry_" + type;
        }
        var decision = new DecisionRecord(Guid.CreateVersion7(now).ToString("N"), target.Scope, target.Value, type, $"{incident.Type.Name()}, risk {incident.Risk}", Origin, now, now + duration, null, incident.Id);
        await decisions.SaveAsync(decision, cancellationToken);
        foreach (DecisionRecord replaced in lesser) await DeleteAsync(replaced, cancellationToken);
        foreach (string ended in _shares.Keys.Except(decisions.Active.Select(static active => active.Id)).ToArray()) _shares.Remove(ended);
        _shares[decision.Id] = share;
        await audit.AddAsync(Origin, $"decision.{type}", what, cancellationToken);
        return type;
    }

    private async ValueTask DeleteAsync(DecisionRecord decision, CancellationToken cancellationToken)
    {
        await decisions.SaveAsync(decision with { DeletedAt = time.GetUtcNow() }, cancellationToken);
        await audit.AddAsync(Origin, "decision.delete", $"{decision.Scope} {decision.Value}", cancellationToken);
    }

    /// <summary>Longer each time within what the list remembers; a throttle that becomes a ban is one time. What a person took back does not count.</summary>
    private TimeSpan DurationFor(EnforcementTarget target)
    {
        int before = decisions.All.Count(decision => decision.Origin == Origin && decision.Scope == target.Scope && decision.Value == target.Value && decision.DeletedAt is null);
        double minutes = Options.Duration.TotalMinutes * Math.Pow(Options.Escalation, before);
        return minutes < Options.MaxDuration.TotalMinutes ? TimeSpan.FromMinutes(minutes) : Options.MaxDuration;
    }

    private bool IsExempt(EnforcementTarget target)
    {
        if (target.Address is not { } address) return false;
        Engine.EngineOptions engine = settings.Current.Engine;
        return new ClientResolver(engine.Proxies).IsTrusted(address) || engine.Allow.Any(text => NetworkRange.TryParse(text, out NetworkRange range) && range.Contains(address));
    }

    /// <summary>What a crawler in good faith may do by being busy. Its name excuses no attack.</summary>
    private static bool IsMereLoad(IncidentType type) =>
        type is IncidentType.DataScraping or IncidentType.EndpointEnumeration or IncidentType.ObjectEnumeration or IncidentType.RateAbuse or IncidentType.ResourceExhaustion or IncidentType.Bot
            or IncidentType.SequenceAnomaly or IncidentType.BehaviorAnomaly;

    private string Stop(string reason, EnforcementTarget target)
    {
        LogStopped(reason, target.Scope);
        return reason;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No automatic decision about one more {Scope}: {Reason} is reached. Look at the incidents; a person can still decide.")]
    private partial void LogStopped(string reason, string scope);

    [LoggerMessage(Level = LogLevel.Error, Message = "An automatic decision could not be made.")]
    private partial void LogFailed(Exception exception);
}
