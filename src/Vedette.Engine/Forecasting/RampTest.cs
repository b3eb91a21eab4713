namespace Vedette.Engine.Forecasting;

/// <summary>Tells what grows from what has jumped: whether the last minutes are better explained by a level that rises from some minute on, or by one that changed once.</summary>
/// <remarks>
/// The change-point models of D. V. Hinkley (Biometrika 57(1), 1970, and two-phase regression, JASA 66, 1971), fitted by maximum likelihood. Both have one point of change and one size, so their
/// likelihoods compare as they are; a step may begin within a minute, for a nat. The answers are logarithms of the likelihood ratio (nats), divided by the dispersion that the better model leaves, at least 1: traffic that is rougher than chance
/// needs more of it. Above 0 a rise explains more, below 0 a step does; near 0 it is not clear, as in the first minutes of either. What is high all the time is a step before the first minute.
/// </remarks>
internal static class RampTest
{
    private const int MinKnown = 4;
    private const int Iterations = 6;
    private const double Tiny = 1e-9;

    /// <summary>By so many nats chance alone makes the best of all rises better than no change.</summary>
    private const double Chance = 4;

    /// <summary>What a step gives up for being allowed to begin within a minute, nats.</summary>
    private const double PartialCost = 1;

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
            if (from > 0 && precisions[from - 1] > 0) step = Math.Max(step, ExplainedByPartialStep(p, py, total, sum, precisions[from - 1], values[from - 1]) - 2 * PartialCost);
            ramp = Math.Max(ramp, Explained(pi - start * p, pii - 2 * start * pi + (double)start * start * p, piy - start * py, total, sum));
        }
        double left = squares - sum * sum / total - Math.Max(step, ramp);
        return Clear(step / 2, ramp / 2, left / Math.Max(1, known - MinKnown + 1));
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
            var stepped = FitErrors(errors, requests, normalShare, from, Change.Step);
            var partial = FitErrors(errors, requests, normalShare, from, Change.PartialStep);
            var ramped = FitErrors(errors, requests, normalShare, from, Change.Ramp);
            partial.Loss += PartialCost;
            if (stepped.Loss < step.Loss) step = stepped;
            if (partial.Loss < step.Loss) step = partial;
            if (ramped.Loss < ramp.Loss) ramp = ramped;
        }
        // No change is a step after the last minute.
        double none = FitErrors(errors, requests, normalShare, errors.Length, Change.Step).Loss;
        return Clear(none - step.Loss, none - ramp.Loss, (step.Loss < ramp.Loss ? step : ramp).Squares / Math.Max(1, errors.Length - 2));
    }

    /// <summary>What a rise explains beyond a step, and beyond what chance lets it explain where nothing changes; nats, after <paramref name="dispersion"/>.</summary>
    private static double Clear(double step, double ramp, double dispersion)
    {
        dispersion = Math.Max(1, dispersion);
        return Math.Min((ramp - step) / dispersion, ramp / dispersion - Chance);
    }

    /// <summary>Weighted squares that a change explains beyond a constant; a fall explains nothing.</summary>
    private static double Explained(double shape, double shapeSquares, double shapeValues, double total, double sum)
    {
        double covariance = shapeValues - shape * sum / total, spread = shapeSquares - shape * shape / total;
        return spread > Tiny && covariance > 0 ? covariance * covariance / spread : 0;
    }

    /// <summary>The same for a step within a minute, whose value may then be any between before and after.</summary>
    private static double ExplainedByPartialStep(double after, double afterValues, double total, double sum, double precision, double value)
    {
        double rest = total - precision, restSum = sum - precision * value, before = rest - after;
        if (before <= 0 || value > afterValues / after || value < (restSum - afterValues) / before) return 0;
        double own = precision * rest / total * (value - restSum / rest) * (value - restSum / rest);
        return own + Explained(after, after, afterValues, rest, restSum);
    }

    /// <summary>Fits the size of a change that begins with minute <paramref name="from"/>; its negative log-likelihood and Pearson's sum of squares.</summary>
    private static (double Loss, double Squares) FitErrors(ReadOnlySpan<double> errors, ReadOnlySpan<double> requests, double normalShare, int from, Change change)
    {
        double reach = 0, size = 0;
        for (int i = from; i < errors.Length; i++)
        {
            reach += requests[i] * Shape(i, from, change);
            size += errors[i];
        }
        size = reach > 0 ? size / reach : 0;
        // Expectation-maximization over which errors are due to the change: it cannot leave the allowed range, and few rounds are enough to compare.
        for (int round = 0; round < Iterations && size > Tiny; round++)
        {
            double due = 0;
            for (int i = from; i < errors.Length; i++)
            {
                double shape = Shape(i, from, change);
                due += errors[i] * shape / (normalShare + size * shape);
            }
            size *= due / reach;
        }
        double loss = 0, squares = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            if (requests[i] <= 0) continue;
            double mean = requests[i] * (normalShare + size * Shape(i, from, change));
            if (change == Change.PartialStep && i == from - 1) mean = Math.Clamp(errors[i], mean, requests[i] * (normalShare + size));
            loss += mean - errors[i] * Math.Log(mean);
            squares += (errors[i] - mean) * (errors[i] - mean) / Math.Max(mean, 0.5);
        }
        return (loss, squares);
    }

    private static double Shape(int minute, int from, Change change) => minute < from ? 0 : change == Change.Ramp ? minute - from + 1 : 1;

    private enum Change
    {
        Step,

        /// <summary>A step within the minute before.</summary>
        PartialStep,
        Ramp,
    }
}
