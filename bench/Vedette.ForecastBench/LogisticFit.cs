using Vedette.Engine.Forecasting;

namespace Vedette.ForecastBench;

/// <summary>Fits one horizon of the model: weighted logistic regression with an L2 penalty, weights of signs of trouble not below zero.</summary>
/// <remarks>Projected gradient descent with momentum (FISTA; A. Beck, M. Teboulle, SIAM J. Imaging Sciences 2(1), 2009): the problem is convex, so the answer does not depend on the path.</remarks>
internal static class LogisticFit
{
    private const int Steps = 3000;

    public static (double Bias, double[] Weights) Fit(IReadOnlyList<TrainingRow> rows, int horizon, double penalty)
    {
        int n = ForecastFeatures.Count;
        double[] x = new double[rows.Count * n];
        double total = 0, step = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(horizon, x.AsSpan(i * n, n));
            total += rows[i].Weight;
            double squares = 1;
            for (int f = 0; f < n; f++) squares += x[i * n + f] * x[i * n + f];
            step += rows[i].Weight * squares;
        }
        // A quarter of the trace bounds the curvature.
        double rate = 1 / (0.25 * step / total + penalty);
        double[] w = new double[n + 1], previous = new double[n + 1], ahead = new double[n + 1], gradient = new double[n + 1];
        w[n] = previous[n] = -5;
        double momentum = 1;
        for (int s = 0; s < Steps; s++)
        {
            double next = (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int f = 0; f <= n; f++) ahead[f] = w[f] + (momentum - 1) / next * (w[f] - previous[f]);
            momentum = next;
            Gradient(rows, horizon, x, ahead, gradient);
            w.CopyTo(previous, 0);
            for (int f = 0; f <= n; f++)
            {
                double slope = gradient[f] / total + (f < n ? penalty * ahead[f] : 0);
                w[f] = ahead[f] - rate * slope;
                if (f < n && f != (int)ForecastFeature.LoadRise) w[f] = Math.Max(0, w[f]);
            }
        }
        return (w[n], w[..n]);
    }

    private static void Gradient(IReadOnlyList<TrainingRow> rows, int horizon, double[] x, double[] w, double[] gradient)
    {
        int n = w.Length - 1;
        Array.Clear(gradient);
        for (int i = 0; i < rows.Count; i++)
        {
            double logit = w[n];
            for (int f = 0; f < n; f++) logit += w[f] * x[i * n + f];
            double error = rows[i].Weight * (1 / (1 + Math.Exp(-logit)) - (rows[i].IsPositive(horizon) ? 1 : 0));
            for (int f = 0; f < n; f++) gradient[f] += error * x[i * n + f];
            gradient[n] += error;
        }
    }
}
