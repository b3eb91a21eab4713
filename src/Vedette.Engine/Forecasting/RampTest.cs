namespace Vedette.Engine.Forecasting;

/// <summary>Tells what grows from what has jumped: whether the last minutes are better explained by a level that rises from some minute on, or by one that changed once.</summary>
/// <remarks>
/// The change-point models of D. V. Hinkley (Biometrika 57(1), 1970, and two-phase regression, JASA 66, 1971), fitted by maximum likelihood. Both have one point of change and one size, so their
/// likelihoods compare as they are. The answers are logarithms of the likelihood ratio (nats), divided by the dispersion that the better model leaves, at least 1: traffic that is rougher than chance
/// needs more of it. Above 0 a rise explains more, below 0 a step does; near 0 it is not clear, as in the first minutes of either. What is high all the time is a step before the first minute.
/// </remarks>
internal static class RampTest
{
    private const int MinKnown = 4;
    private const int Iterations = 6;
    private const double Tiny = 1e-9;

    /// <summary>For levels, such as the logarithm of a response time. Linear in their number.</summary>
    /// <param name="values">Oldest first.</param>
    /// <param name="precisions">One over the variance of each; 0 where nothing is known.</param>
    public static double OfLevels(ReadOnlySpan<double> values, ReadOnlySpan<double> precisions)
    {
        double total = 0, sum = 0, squares = 0;
        int known = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (precisions[i] > 0) known++;
            total += precisions[i];
            sum += precisions[i] * values[i];
            squares += precisions[i] * values[i] * values[i];
        }
        if (known < MinKnown) return 0;
        double step = 0, ramp = 0, p = 0, pi = 0, pii = 0, py = 0, piy = 0;
        for (int from = values.Length - 1; from >= 0; from--)
        {
            double precision = precisions[from], value = values[from];
            p += precision;
            pi += precision * from;
            pii += precision * from * from;
            py += precision * value;
            piy += precision * from * value;
            int start = from - 1;
            step = Math.Max(step, Explained(p, p, py, total, sum));
            ramp = Math.Max(ramp, Explained(pi - start * p, pii - 2 * start * pi + (double)start * start * p, piy - start * py, total, sum));
        }
        double left = squares - sum * sum / total - Math.Max(step, ramp);
        return (ramp - step) / 2 / Math.Max(1, left / Math.Max(1, known - MinKnown + 1));
    }

    /// <summary>For counts of errors, by the Poisson likelihood. Quadratic in their number.</summary>
    /// <param name="errors">Oldest first.</param>
    /// <param name="requests">Requests of each minute.</param>
    /// <param name="normalShare">Share of errors without any change; above 0.</param>
    public static double OfErrors(ReadOnlySpan<double> errors, ReadOnlySpan<double> requests, double normalShare)
    {
        (double Loss, double Squares) step = (double.PositiveInfinity, 0), ramp = step;
        for (int from = 0; from < errors.Length; from++)
        {
            var stepped = FitErrors(errors, requests, normalShare, from, isRamp: false);
            var ramped = FitErrors(errors, requests, normalShare, from, isRamp: true);
            if (stepped.Loss < step.Loss) step = stepped;
            if (ramped.Loss < ramp.Loss) ramp = ramped;
        }
        double dispersion = (step.Loss < ramp.Loss ? step : ramp).Squares / Math.Max(1, errors.Length - 2);
        return (step.Loss - ramp.Loss) / Math.Max(1, dispersion);
    }

    /// <summary>Weighted squares that a change explains beyond a constant; a fall explains nothing.</summary>
    private static double Explained(double shape, double shapeSquares, double shapeValues, double total, double sum)
    {
        double covariance = shapeValues - shape * sum / total, spread = shapeSquares - shape * shape / total;
        return spread > Tiny && covariance > 0 ? covariance * covariance / spread : 0;
    }

    /// <summary>Fits the size of a change that begins with minute <paramref name="from"/>; its negative log-likelihood and Pearson's sum of squares.</summary>
    private static (double Loss, double Squares) FitErrors(ReadOnlySpan<double> errors, ReadOnlySpan<double> requests, double normalShare, int from, bool isRamp)
    {
        double reach = 0, size = 0;
        for (int i = from; i < errors.Length; i++)
        {
            reach += requests[i] * Shape(i, from, isRamp);
            size += errors[i];
        }
        size = reach > 0 ? size / reach : 0;
        // Expectation-maximization over which errors are due to the change: it cannot leave the allowed range, and few rounds are enough to compare.
        for (int round = 0; round < Iterations && size > Tiny; round++)
        {
            double due = 0;
            for (int i = from; i < errors.Length; i++)
            {
                double shape = Shape(i, from, isRamp);
                due += errors[i] * shape / (normalShare + size * shape);
            }
            size *= due / reach;
        }
        double loss = 0, squares = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            if (requests[i] <= 0) continue;
            double mean = requests[i] * (normalShare + size * Shape(i, from, isRamp));
            loss += mean - errors[i] * Math.Log(mean);
            squares += (errors[i] - mean) * (errors[i] - mean) / Math.Max(mean, 0.5);
        }
        return (loss, squares);
    }

    private static double Shape(int minute, int from, bool isRamp) => minute < from ? 0 : isRamp ? minute - from + 1 : 1;
}
