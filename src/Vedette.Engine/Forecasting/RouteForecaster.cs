namespace Vedette.Engine.Forecasting;

/// <summary>The forecast of one route, minute by minute, and the memory of how its forecasts fared. One thread; no allocation.</summary>
internal sealed class RouteForecaster(FailureModel model, ForecastOptions options, ServiceLoad load)
{
    /// <summary>Before so much is known of a route nothing is said about it.</summary>
    private const int MinMinutes = 20;

    /// <summary>Fewer requests in five minutes cannot be judged to fail, so nothing can be foretold of them.</summary>
    private const int MinRequests = 10;

    /// <summary>A mean over three horizons and a day that is this much worse than the guess is about one false alarm of ten minutes that was thought as likely as not.</summary>
    private const double MaxExcessLoss = 0.0015;
    private const double ForgivenLoss = 0.0005;
    private const double CalmProbability = 0.3;

    /// <summary>After hours of looking bad, that is how the route is.</summary>
    private const int MostUneasyMinutes = 360;
    private const int LeadsKept = 32;

    /// <summary>Below this the signs say nothing, and how often the route fails is all that is known.</summary>
    private const double Unremarkable = 0.06;

    private readonly FailureRule _rule = new(options);
    private readonly double[] _features = new double[ForecastFeatures.Count];
    private readonly double[] _probabilities = new double[FailureModel.Horizons.Length];
    private readonly float[] _leads = new float[LeadsKept];
    private FailureState _state;
    private AlarmState _alarm;

    /// <summary>What it shows together with others; null if it is none of those that become slower together.</summary>
    private SharedRise? _shared;

    /// <summary>Probability of a failure within the longest horizon by the signs alone.</summary>
    private double _evidence;
    private bool _isRising;
    private int _uneasy;
    private int _activeMinutes;
    private int _falseAlarms;

    public RouteTrend Trend { get; } = new();

    public ForecastRecord Record { get; } = new();

    public FailureRule Rule => _rule;

    /// <summary>Event time of the last minute taken in.</summary>
    public long LastTime { get; private set; }

    public bool IsFailing => _state.IsFailing;

    public long FailingSince => _state.Since;

    public bool IsSilent { get; private set; }

    public int FulfilledAlarms { get; private set; }

    public double FalseAlarmsPerDay => _falseAlarms / Math.Max(1, _activeMinutes / 1440.0);

    /// <summary>Event time of the alarm that stands, 0 if none does.</summary>
    public long AlarmSince => _alarm.Raised;

    /// <summary>Routes of the service that rise at the same time.</summary>
    public int RisingRoutes => load.RisingRoutes;

    /// <summary>True where enough is known for a forecast: of the route, or of those it becomes slower with.</summary>
    public bool IsReady => Trend.LearntMinutes >= MinMinutes && (IsJudged || _shared?.Requests >= MinRequests);

    /// <summary>True where there are requests enough to judge whether the route fails, and so whether a forecast was right.</summary>
    public bool IsJudged => Trend.Latest.Requests >= MinRequests;

    /// <summary>Signs as of the last minute; the margins are those of the longest horizon.</summary>
    public ReadOnlySpan<double> Features => _features;

    /// <summary>Probability of a failure within each of <see cref="FailureModel.Horizons"/>.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Takes in the minute that ends at <paramref name="time"/>; <see cref="Forecast"/> follows.</summary>
    public void Observe(in MinuteSigns minute, long time)
    {
        LastTime = time;
        _activeMinutes++;
        bool isUneasy = _state.IsFailing || _state.IsSuspect || _evidence >= CalmProbability;
        _uneasy = isUneasy ? _uneasy + 1 : 0;
        Trend.Observe(minute, time, !isUneasy || _uneasy > MostUneasyMinutes);
    }

    /// <summary>Forecasts as of the minute last taken in; says what changed.</summary>
    /// <param name="minute">That minute.</param>
    /// <param name="time">The time it ends.</param>
    /// <param name="shared">What the route shows together with others; null if it is no member.</param>
    public ForecastEvent Forecast(in MinuteSigns minute, long time, SharedRise? shared)
    {
        _shared = shared;
        bool wasFailing = _state.IsFailing;
        bool began = _state.Observe(minute, _rule.ErrorLimit(Trend.NormalErrorShare), _rule.MeanLimitMicros(Trend.NormalMeanMicros), time);
        if (!IsReady)
        {
            Array.Clear(_probabilities);
            _evidence = 0;
            _isRising = false;
            return Expire(time);
        }
        if (began) return Fail(minute);
        if (_state.IsFailing)
        {
            Array.Fill(_probabilities, 1);
            if (_isRising) load.RisingNow++;
            return ForecastEvent.None;
        }
        if (wasFailing) Trend.Restart();
        Predict();
        // Beyond a limit already, though by too few requests or for too short a time to call it a failure: nothing is left to foretell, and the model has not learnt from such minutes.
        bool isBeyond = Trend.IsBeyond(_rule);
        if (!isBeyond && IsJudged) Record.Add(time, _state.IsSuspect, _probabilities);
        ReviewSilence();
        // A jump looks for minutes like the beginning of a rise, and what is only near its limit mostly stays there.
        bool mayRaise = !IsSilent && !_state.IsSuspect && !isBeyond && FailureModel.IsBuildingUp(_features);
        bool raised = _alarm.Observe(time, _evidence, options.AlarmProbability, mayRaise);
        if (raised) return ForecastEvent.Raised;
        return Expire(time);
    }

    /// <summary>Time passes without requests.</summary>
    public ForecastEvent Idle(long time)
    {
        Record.Judge(time);
        return Expire(time);
    }

    /// <summary>Median minutes from alarm to failure; null if no alarm came true.</summary>
    public double? MedianLeadMinutes()
    {
        int count = Math.Min(FulfilledAlarms, LeadsKept);
        if (count == 0) return null;
        Span<float> sorted = stackalloc float[count];
        _leads.AsSpan(0, count).CopyTo(sorted);
        sorted.Sort();
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0;
    }

    /// <summary>Sets the signs that differ from horizon to horizon.</summary>
    public void SetMargins(Span<double> features, double minutes)
    {
        Trend.SetMargins(features, minutes, _rule, load);
        if (_shared is not null) Trend.ShareMargins(features, minutes, _rule, _shared, load);
    }

    private void Predict()
    {
        Trend.Describe(_features, load);
        if (_shared is not null) RouteTrend.Share(_features, _shared, load);
        RouteTrend.SetCompanions(_features, load, ref _isRising);
        double least = _evidence = 0;
        bool speaks = FailureModel.IsBuildingUp(_features);
        for (int h = 0; h < _probabilities.Length; h++)
        {
            SetMargins(_features, FailureModel.Horizons[h]);
            _evidence = Math.Max(_evidence, model.Probability(h, _features));
            double guess = Record.Guess(_state.IsSuspect, h);
            least = _probabilities[h] = Math.Max(least, speaks && _evidence >= Unremarkable ? Math.Max(guess, _evidence) : guess);
        }
    }

    private ForecastEvent Fail(in MinuteSigns minute)
    {
        bool isErrors = minute.Errors > _rule.ErrorLimit(Trend.NormalErrorShare) * minute.Requests;
        UnexplainedDoublings = isErrors || load.Explained == 0 ? null : Math.Max(0, Math.Log2(Trend.MeanMicros / Trend.NormalMeanMicros) - load.Explained);
        Record.Failed(_state.Since);
        Array.Fill(_probabilities, 1);
        if (!_alarm.IsRaised) return ForecastEvent.Failed;
        LeadMinutes = (_state.Since - _alarm.Raised) / 60e6;
        _leads[FulfilledAlarms++ % LeadsKept] = (float)LeadMinutes;
        _alarm.Clear();
        return ForecastEvent.Fulfilled;
    }

    /// <summary>Where the last failure was slowness under a crowd: doublings of the response time beyond what the crowd explains. Null for any other failure.</summary>
    public double? UnexplainedDoublings { get; private set; }

    /// <summary>Minutes from the last alarm that came true to its failure.</summary>
    public double LeadMinutes { get; private set; }

    private ForecastEvent Expire(long time)
    {
        if (!_alarm.HasExpired(time)) return ForecastEvent.None;
        _alarm.Clear();
        _falseAlarms++;
        return ForecastEvent.Expired;
    }

    private void ReviewSilence()
    {
        double excess = Record.ExcessLoss;
        if (excess > MaxExcessLoss) IsSilent = true;
        else if (excess < ForgivenLoss) IsSilent = false;
    }
}

/// <summary>What a minute changed.</summary>
internal enum ForecastEvent : byte
{
    None,

    /// <summary>An alarm begins.</summary>
    Raised,

    /// <summary>A failure began that an alarm stood for.</summary>
    Fulfilled,

    /// <summary>A failure began without one.</summary>
    Failed,

    /// <summary>An alarm ended without a failure.</summary>
    Expired,
}
