using Vedette.Engine.Behavior;

namespace Vedette.Engine.Detection;

/// <summary>The service's traffic as a whole: far more, or far less, than a moment ago, and than is usual at this time.</summary>
/// <remarks>
/// Requests a minute on a log scale. A large change is one against a level that follows within half an hour, so that day and night pass, and against the changes that are usual at this time of the day and of the week
/// (<see cref="Season"/>) once days are known. Once a week is known smaller ones are seen as well (<see cref="ChangeTest"/>); of these, less traffic must be less of many callers, or it is the end of what one did. More
/// traffic is a success unless the service suffers or a client has gone wrong (<see cref="RepeatedRequests"/>), and is noted with a low risk; a sudden silence is an outage somewhere.
/// </remarks>
internal sealed class TrafficDetector : IServiceDetector
{
    private const int MinMinutes = 30;
    private const double HalfLifeMinutes = 30;
    private const double MinSpread = 0.15;
    private const double Spreads = 6;
    private const double MinPerMinute = 20;

    /// <summary>Doublings that are a large change: two and a half times as much, a quarter; twice as much if a client that repeats itself makes it. Less than that is no client gone wrong, whoever makes it.</summary>
    private const double MinRise = 1.3;
    private const double MinFall = 2;
    private const double MinRepeatedRise = 1;

    /// <summary>Abnormal minutes that make an alarm, and those after which what is abnormal is accepted as the rule.</summary>
    private const int AlarmMinutes = 3;
    private const int MostMinutes = 60;

    /// <summary>A client gone wrong harms nobody yet, but somebody should look.</summary>
    private const double RepeatedImpact = 0.35;

    private readonly RecentRate _requests = new();
    private readonly RecentRate _innocent = new();
    private readonly RecentRate _callers = new();
    private readonly ChangeTest[] _tests = [new(3), new(10), new(20)];
    private readonly RepeatedRequests _repeated = new();

    private Episode _spike;
    private Episode _drop;

    public void Observe(ServiceTick tick, List<Finding> found)
    {
        // How much of the traffic a sample shows is up to whoever draws it.
        if (tick.Service.Sampled > 0) return;
        RouteMinute service = tick.Service;
        Season season = tick.Baselines.Traffic.Course;
        long bin = season.BinOf(tick.Time);
        _requests.Add(bin, service.Requests);
        _innocent.Add(bin, service.Requests - service.SuspectRequests);
        _callers.Add(bin, service.Callers);
        // What a few do about whom something is raised is no client gone wrong.
        int repeated = service.SuspectRequests * 2 > service.Requests ? 0 : _repeated.Find(tick);
        if (Judge(ref _spike, tick, season, +1, repeated > 0 ? MinRepeatedRise : MinRise) is { } rise) found.Add(Spike(tick, rise, rise.Doublings >= MinRepeatedRise ? repeated : 0));
        if (Judge(ref _drop, tick, season, -1, MinFall) is { } fall) found.Add(Drop(tick, fall));
        int abnormal = Math.Max(_spike.Minutes, _drop.Minutes);
        if (abnormal == 0)
            foreach (ChangeTest test in _tests) test.Learn(_requests, season, bin);
        if (abnormal > MostMinutes)
            foreach (RecentRate rate in (ReadOnlySpan<RecentRate>)[_requests, _innocent, _callers]) rate.BeginAnew();
        tick.Baselines.Traffic.Add(tick.Time, service.Requests);
        if (abnormal is not 0 and <= MostMinutes) return;
        _repeated.Learn(tick);
        tick.Baselines.RequestsPerMinute.Add(Math.Log2(service.Requests + 1), HalfLifeMinutes, MinSpread);
    }

    /// <summary>How far traffic is beyond what it should be, up or down, if it has been for long enough.</summary>
    private TrafficChange? Judge(ref Episode episode, ServiceTick tick, Season season, int sign, double least)
    {
        long bin = season.BinOf(tick.Time);
        TrafficChange? change = Large(tick, season, sign, least);
        foreach (ChangeTest test in _tests)
            if (change is null && test.Judge(_requests, season, bin, sign) is { } smaller && IsOfMany(smaller, sign)) change = smaller;
        if (change is { } far) episode.Abnormal(tick.Time, Math.Abs(far.Doublings), tick.Service.Requests, far.Minutes);
        else episode.Normal();
        if (episode.Minutes > 0) Forget(bin - (change?.Minutes ?? 0) / TrafficSeason.BinMinutes);
        return episode.Minutes >= AlarmMinutes ? change : null;
    }

    /// <summary>A minute that is far from those before, and far beyond every change that is usual at this time.</summary>
    private TrafficChange? Large(ServiceTick tick, Season season, int sign, double least)
    {
        RobustLevel level = tick.Baselines.RequestsPerMinute;
        double value = TrafficSeason.Scale(tick.Service.Requests), deviation = sign * level.Deviation(value, MinSpread);
        if (level.Count < MinMinutes || level.Level <= Math.Log2(MinPerMinute) || deviation <= Spreads || sign * (value - level.Level) <= least) return null;
        long bin = season.BinOf(tick.Time);
        UsualChange usual = season.Usual(bin, _requests.LevelEnd, 1);
        double before = usual.IsKnown && !double.IsNaN(_requests.Level) ? _requests.Level : level.Level;
        (double fall, double rise) = season.UsualRange(bin, _requests.LevelEnd, 1);
        if (sign * (value - before - (sign > 0 ? rise : fall)) <= least) return null;
        return new TrafficChange(1, value - before - usual.Change, tick.Service.Requests, TrafficSeason.Rate(before + usual.Change), deviation, usual.IsKnown);
    }

    /// <summary>True if callers about whom nothing is raised changed likewise, and for a drop if there are fewer of them.</summary>
    private bool IsOfMany(in TrafficChange change, int sign)
    {
        const double likewise = 0.6, fewer = 0.4;
        if (sign * (_innocent.Mean(change.Minutes) - _innocent.Level) < likewise * Math.Abs(change.Doublings)) return false;
        return sign > 0 || _callers.Level - _callers.Mean(change.Minutes) > fewer * Math.Abs(change.Doublings);
    }

    private void Forget(long bin)
    {
        foreach (RecentRate rate in (ReadOnlySpan<RecentRate>)[_requests, _innocent, _callers]) rate.ForgetFrom(bin);
    }

    private Finding Spike(ServiceTick tick, in TrafficChange change, int repeated)
    {
        RouteMinute service = tick.Service;
        // What callers about whom something is raised provoke is their incidents' matter.
        long failed = service.ServerErrors + service.Throttled - service.SuspectErrors - service.SuspectThrottled;
        double errors = (double)failed / Math.Max(1, service.Requests - service.SuspectRequests);
        bool suffers = errors > 0.1;
        string verdict = suffers ? $"{Phrase.Percent(errors)} fail or are throttled." : "The service copes.";
        if (repeated > 0) verdict = $"Callers known before ask {tick.Baselines.Routes[repeated].Template} again and again, which makes nearly all of it: most likely a client has gone wrong. {verdict}";
        return RouteFindings.About(tick, 0, IncidentType.TrafficSpike, "traffic", Gaussian.UpperTail(Math.Min(10, change.Deviation / 2)), suffers ? 0.5 : repeated > 0 ? RepeatedImpact : 0, _spike,
            $"{Phrase.Count(change.Now)} requests a minute, {Phrase.Count(change.Now / Math.Max(1, change.Normal))} times as many as {Comparison(tick, change)}, for {Phrase.Span(tick.Time - _spike.Since)}, from "
            + $"{Phrase.Of(service.Callers, "caller")}, {Phrase.Of(service.NewCallers, "new one")}. {verdict}", [Driver(change)]);
    }

    private Finding Drop(ServiceTick tick, in TrafficChange change) =>
        RouteFindings.About(tick, 0, IncidentType.TrafficDrop, "traffic", Gaussian.UpperTail(Math.Min(10, change.Deviation / 2)), Math.Clamp(1 - change.Now / Math.Max(1, change.Normal), 0, 1) * 0.6, _drop,
            $"Only {Phrase.Count(change.Now)} requests a minute where there are {Comparison(tick, change)}, for {Phrase.Span(tick.Time - _drop.Since)}: something before the service, or the log itself, has stopped.",
            [Driver(change)]);

    private static Driver Driver(in TrafficChange change) => new("requests_per_minute", Math.Round(change.Now, 1), Math.Round(change.Normal, 1), 1);

    /// <summary>What it is compared with, in words: <c>usually 1,200 at this time of a Tuesday</c>.</summary>
    private static string Comparison(ServiceTick tick, in TrafficChange change) =>
        change.IsSeasonal ? $"usually {Phrase.Count(change.Normal)} at this time of a {Season.WeekdayOf(tick.Time)}" : $"normally {Phrase.Count(change.Normal)}";
}
