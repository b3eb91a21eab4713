using Vedette.Engine.Forecasting;

namespace Vedette.ForecastBench;

/// <summary>Fits one horizon of the model: weighted logistic regression with an L2 penalty, weights of signs of trouble not below zero.</summary>
/// <remarks>
/// Newton's method; each step minimizes its quadratic within the bounds by coordinate descent (J. Friedman, T. Hastie, R. Tibshirani, Journal of Statistical Software 33(1), 2010) and is
/// halved until the loss falls. The problem is convex, so the answer does not depend on the path.
/// </remarks>
internal sealed class LogisticFit
{
    private const int Steps = 40;
    private const int Sweeps = 400;
    private const double Enough = 1e-9;

    private readonly int _n = ForecastFeatures.Count;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _weight;
    private readonly double _penalty;
    private readonly double _total;

    private LogisticFit(IReadOnlyList<TrainingRow> rows, int horizon, double penalty)
    {
        _penalty = penalty;
        _x = new double[rows.Count * (_n + 1)];
        _y = [.. rows.Select(row => row.IsPositive(horizon) ? 1.0 : 0.0)];
        _weight = [.. rows.Select(static row => row.Weight)];
        _total = _weight.Sum();
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(horizon, _x.AsSpan(i * (_n + 1), _n));
            _x[i * (_n + 1) + _n] = 1;
        }
    }

    public static (double Bias, double[] Weights) Fit(IReadOnlyList<TrainingRow> rows, int horizon, double penalty)
    {
        var fit = new LogisticFit(rows, horizon, penalty);
        double[] w = fit.Run();
        return (w[^1], w[..^1]);
    }

    private double[] Run()
    {
        double[] w = new double[_n + 1];
        w[_n] = -4;
        double[] gradient = new double[_n + 1], curvature = new double[(_n + 1) * (_n + 1)];
        double loss = Loss(w, gradient, curvature);
        for (int s = 0; s < Steps; s++)
        {
            double[] step = Minimize(w, gradient, curvature);
            double before = loss, length = 1;
            double[] next;
            do
            {
                next = [.. w.Zip(step, (value, by) => value + length * by)];
                loss = Loss(next, gradient, curvature);
                length /= 2;
            }
            while (loss > before && length > 1e-6);
            w = next;
            if (before - loss < Enough) break;
        }
        return w;
    }

    /// <summary>The step that minimizes the quadratic at <paramref name="w"/> within the bounds.</summary>
    private double[] Minimize(double[] w, double[] gradient, double[] curvature)
    {
        double[] step = new double[_n + 1];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int f = 0; f <= _n; f++)
            {
                double slope = gradient[f];
                for (int g = 0; g <= _n; g++) slope += curvature[f * (_n + 1) + g] * step[g];
                double moved = step[f] - slope / Math.Max(curvature[f * (_n + 1) + f], 1e-12);
                bool mayBeNegative = f == _n || f == (int)ForecastFeature.LoadRise;
                step[f] = mayBeNegative ? moved : Math.Max(moved, -w[f]);
            }
        }
        return step;
    }

    private double Loss(double[] w, double[] gradient, double[] curvature)
    {
        int m = _n + 1;
        Array.Clear(gradient);
        Array.Clear(curvature);
        double loss = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            ReadOnlySpan<double> row = _x.AsSpan(i * m, m);
            double logit = 0;
            for (int f = 0; f < m; f++) logit += w[f] * row[f];
            double p = TrendFilter.Logistic(logit);
            double share = _weight[i] / _total;
            loss += share * (Math.Log(1 + Math.Exp(-Math.Abs(logit))) + Math.Max(logit, 0) - _y[i] * logit);
            for (int f = 0; f < m; f++)
            {
                if (row[f] == 0) continue;
                gradient[f] += share * (p - _y[i]) * row[f];
                for (int g = 0; g < m; g++) curvature[f * m + g] += share * p * (1 - p) * row[f] * row[g];
            }
        }
        for (int f = 0; f < _n; f++)
        {
            loss += _penalty / 2 * w[f] * w[f];
            gradient[f] += _penalty * w[f];
            curvature[f * m + f] += _penalty;
        }
        return loss;
    }
}
