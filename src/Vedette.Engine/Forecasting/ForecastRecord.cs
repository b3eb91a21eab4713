namespace Vedette.Engine.Forecasting;

/// <summary>Every prediction of one route, judged when its time has passed, against a naive guess.</summary>
/// <remarks>
/// Brier's score (G. W. Brier, Monthly Weather Review 78(1), 1950), a day's half-life. The naive guess is the share of earlier minutes that a failure followed, counted apart
/// for minutes that were bad themselves (persistence) and that were not (base rate). Memory is fixed: predictions wait in a ring.
/// </remarks>
internal sealed class ForecastRecord
{
    public const int Bins = 10;

    /// <summary>A failure is known up to ten minutes after it began: a prediction is judged that much later than its horizon.</summary>
    private const long KnowingMicros = 10 * MinuteMicros;
    private const int Waiting = 32;
    private const long MinuteMicros = 60_000_000;

    /// <summary>A day of minutes counts half after the next.</summary>
    private const double Keep = 0.99952;

    /// <summary>Less than a day of predictions is filled up with perfect ones, so that a young route is not silenced by its first.</summary>
    private const double FullWeight = 1440;

    private readonly Prediction[] _waiting = new Prediction[Waiting];
    private readonly long[] _predictions = new long[Bins];
    private readonly double[] _predicted = new double[Bins];
    private readonly long[] _happened = new long[Bins];

    /// <summary>Failures followed, and minutes: by (was bad, horizon).</summary>
    private readonly double[] _rateHits = new double[2 * 3];
    private readonly double[] _rateCounts = new double[2];
    private double _weight;
    private double _loss;
    private double _naiveLoss;
    private int _first;
    private int _count;

    /// <summary>Predictions judged.</summary>
    public long Judged { get; private set; }

    public double Brier => _loss / Math.Max(1, _weight);

    public double NaiveBrier => _naiveLoss / Math.Max(1, _weight);

    /// <summary>How much worse than the naive guess, as a mean over a full day.</summary>
    public double ExcessLoss => (_loss - _naiveLoss) / Math.Max(FullWeight, _weight);

    /// <summary>The naive guess for a horizon.</summary>
    public double Guess(bool isBad, int horizon) => (_rateHits[(isBad ? 3 : 0) + horizon] + 0.02) / (_rateCounts[isBad ? 1 : 0] + 20);

    /// <summary>Notes a prediction made at <paramref name="time"/>.</summary>
    public void Add(long time, bool wasBad, ReadOnlySpan<double> probabilities)
    {
        Judge(time);
        if (_count == Waiting) return;
        ref Prediction prediction = ref _waiting[(_first + _count++) % Waiting];
        prediction = new Prediction { Time = time, WasBad = wasBad };
        for (int h = 0; h < FailureModel.Horizons.Length; h++)
        {
            prediction.Probabilities[h] = probabilities[h];
            prediction.Naive[h] = Guess(wasBad, h);
        }
    }

    /// <summary>A failure began: what was predicted for this time came true.</summary>
    public void Failed(long since)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Prediction prediction = ref _waiting[(_first + i) % Waiting];
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
                if (since >= prediction.Time - MinuteMicros && since < prediction.Time + FailureModel.Horizons[h] * MinuteMicros) prediction.CameTrue |= 1 << h;
        }
    }

    /// <summary>Judges what can be judged at <paramref name="time"/>.</summary>
    public void Judge(long time)
    {
        long last = FailureModel.Horizons[^1] * MinuteMicros + KnowingMicros;
        while (_count > 0 && time - _waiting[_first].Time >= last)
        {
            Judge(_waiting[_first]);
            _first = (_first + 1) % Waiting;
            _count--;
        }
    }

    public CalibrationBin[] Calibration()
    {
        var bins = new CalibrationBin[Bins];
        for (int i = 0; i < Bins; i++)
            bins[i] = new CalibrationBin(i / (double)Bins, (i + 1) / (double)Bins, _predictions[i], _predictions[i] == 0 ? 0 : _predicted[i] / _predictions[i], _happened[i]);
        return bins;
    }

    private void Judge(in Prediction prediction)
    {
        int row = prediction.WasBad ? 1 : 0;
        double loss = 0, naiveLoss = 0;
        for (int h = 0; h < FailureModel.Horizons.Length; h++)
        {
            double outcome = prediction.CameTrue >> h & 1;
            double p = prediction.Probabilities[h];
            loss += (p - outcome) * (p - outcome);
            naiveLoss += (prediction.Naive[h] - outcome) * (prediction.Naive[h] - outcome);
            int bin = Math.Min(Bins - 1, (int)(p * Bins));
            _predictions[bin]++;
            _predicted[bin] += p;
            _happened[bin] += (long)outcome;
            _rateHits[row * 3 + h] = Keep * _rateHits[row * 3 + h] + outcome;
        }
        _rateCounts[row] = Keep * _rateCounts[row] + 1;
        _weight = Keep * _weight + 1;
        _loss = Keep * _loss + loss / FailureModel.Horizons.Length;
        _naiveLoss = Keep * _naiveLoss + naiveLoss / FailureModel.Horizons.Length;
        Judged += FailureModel.Horizons.Length;
    }

    private struct Prediction
    {
        public long Time;
        public PerHorizon Probabilities;
        public PerHorizon Naive;

        /// <summary>A bit a horizon.</summary>
        public int CameTrue;
        public bool WasBad;
    }

    [System.Runtime.CompilerServices.InlineArray(3)]
    private struct PerHorizon
    {
        private double _first;
    }
}
