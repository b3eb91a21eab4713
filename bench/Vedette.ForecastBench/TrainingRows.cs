using Vedette.Engine.Forecasting;

namespace Vedette.ForecastBench;

/// <summary>Replays minutes through the forecasts of a service and keeps the features of each with what came after.</summary>
internal static class TrainingRows
{
    private const long Minute = 60_000_000;

    /// <summary>One in this many minutes without a sign and without a failure is kept, with as much weight.</summary>
    private const int CalmKept = 10;

    /// <summary>Trends look back this long: until then a disturbance that is over still shows.</summary>
    private const long AfterwardsMicros = 15 * Minute;

    /// <summary>The rows of a log over which these disturbances were laid.</summary>
    public static List<TrainingRow> Of(MinuteLog log, IReadOnlyList<Disturbance> disturbances, int seed)
    {
        // A model that expects nothing: what is learnt must not depend on what was learnt before.
        double[] bias = new double[FailureModel.Parts.Count * FailureModel.Horizons.Length];
        Array.Fill(bias, -10);
        var service = new ServiceForecaster(new FailureModel(bias, new double[bias.Length * ForecastFeatures.Count]), new ForecastOptions());
        var replays = log.Templates.ConvertAll(static _ => new RouteReplay());
        foreach ((long time, RouteSigns[] routes, MinuteSigns all) in log.Minutes)
        {
            service.Observe(time, routes, all);
            foreach (int route in service.Observed) replays[route].Keep(service.Of(route), time);
        }
        var random = new Random(seed + 1);
        var rows = new List<TrainingRow>();
        for (int route = 0; route < replays.Count; route++)
        {
            foreach ((long time, double[] features) in replays[route].Minutes)
            {
                int labels = replays[route].LabelsAt(time);
                bool isCalm = labels == 0 && !HasSign(features);
                if (isCalm && random.Next(CalmKept) != 0) continue;
                rows.Add(new TrainingRow(features, labels, (isCalm ? CalmKept : 1) * ShareOf(log.Templates[route], time, disturbances, replays.Count - 1)));
            }
        }
        return rows;
    }

    /// <summary>A disturbance that many routes show is more than one lesson and less than many: what hits all of a hundred routes would otherwise count as much as a hundred that hit one.</summary>
    private static double ShareOf(string route, long time, IReadOnlyList<Disturbance> disturbances, int allRoutes)
    {
        foreach (Disturbance disturbance in disturbances)
        {
            if (time < disturbance.Start || time >= disturbance.End + AfterwardsMicros || (route.Length > 0 && disturbance.Routes?.Contains(route) == false)) continue;
            return 1 / Math.Sqrt(route.Length == 0 ? 1 : disturbance.Routes?.Count ?? allRoutes);
        }
        return 1;
    }

    private static bool HasSign(double[] features)
    {
        for (int f = 0; f < features.Length; f++)
            if (features[f] > 0) return true;
        return false;
    }

    /// <summary>What one route showed, and when it failed.</summary>
    private sealed class RouteReplay
    {
        private readonly List<long> _failures = [];
        private bool _wasFailing;

        public List<(long Time, double[] Features)> Minutes { get; } = [];

        public int LabelsAt(long time)
        {
            int labels = 0;
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
                if (_failures.Exists(f => f >= time - Minute && f < time + FailureModel.Horizons[h] * Minute)) labels |= 1 << h;
            return labels;
        }

        public void Keep(RouteForecaster forecaster, long time)
        {
            if (forecaster.IsFailing && !_wasFailing) _failures.Add(forecaster.FailingSince);
            _wasFailing = forecaster.IsFailing;
            // What is beyond a limit already is no forecast, whether or not there were requests enough to judge it.
            if (forecaster.IsFailing || !forecaster.IsReady || !forecaster.IsJudged || forecaster.Trend.Latest.Requests < 10 || forecaster.Trend.IsBeyond(forecaster.Rule)) return;
            const int own = ForecastFeatures.OfHorizon;
            var features = new double[ForecastFeatures.Count + own * (FailureModel.Horizons.Length - 1)];
            Span<double> row = stackalloc double[ForecastFeatures.Count];
            forecaster.Features.CopyTo(row);
            for (int h = 0; h < FailureModel.Horizons.Length; h++)
            {
                forecaster.SetMargins(row, FailureModel.Horizons[h]);
                row[..own].CopyTo(features.AsSpan(own * h));
            }
            row[own..].CopyTo(features.AsSpan(own * FailureModel.Horizons.Length));
            Minutes.Add((time, features));
        }
    }
}

/// <summary>One minute of one route.</summary>
/// <param name="Features">Those of each horizon, then the other features.</param>
/// <param name="Labels">A bit a horizon: whether a failure began within it.</param>
/// <param name="Weight">Minutes it stands for.</param>
internal sealed record TrainingRow(double[] Features, int Labels, double Weight)
{
    /// <summary>The features as the model reads them for a horizon.</summary>
    public void CopyTo(int horizon, Span<double> features)
    {
        const int own = ForecastFeatures.OfHorizon;
        Features.AsSpan(own * horizon, own).CopyTo(features);
        Features.AsSpan(own * FailureModel.Horizons.Length).CopyTo(features[own..]);
    }

    /// <summary>Whether that part of the model learns from it: the first from what no other does.</summary>
    public bool IsOf(int part)
    {
        Span<double> features = stackalloc double[ForecastFeatures.Count];
        CopyTo(0, features);
        if (part > 0) return FailureModel.Applies(part, features);
        for (int other = 1; other < FailureModel.Parts.Count; other++)
            if (FailureModel.Applies(other, features)) return false;
        return true;
    }

    public bool IsPositive(int horizon) => (Labels >> horizon & 1) != 0;
}
