using System.Globalization;
using System.Text.Json;

namespace Vedette.Engine.Forecasting;

/// <summary>From signs to the probability of a failure within each horizon: three logistic regressions a horizon, for routes that become steadily slower, for those whose errors rise steadily, and for all others. Immutable.</summary>
/// <remarks>
/// What keeps growing is another population than what is only high, or has jumped: there the same signs mean a failure far more often, and one regression for all would follow the many that are only high.
/// The largest probability counts of those that apply, and no sign of trouble has a negative weight; only load, which explains a rise, may. So no sign ever makes a failure less probable.
/// The shipped weights were fitted by <c>bench/Vedette.ForecastBench train</c>; the file tells on what.
/// </remarks>
internal sealed class FailureModel
{
    public const int Version = 3;
    private const string ResourceName = "Vedette.Engine.Forecasting.Data.failure-model.json";

    /// <summary>From here on (a nat and a quarter) a rise is steady.</summary>
    private const double Steady = 0.5;

    /// <summary>To be told of takes more (two nats and a half): chance makes half as many of such rises.</summary>
    private const double SteadyEnough = 1.2;

    private readonly double[] _bias;
    private readonly double[] _weights;

    /// <param name="bias">Log-odds without any sign, row-major (part, horizon); parts as in <see cref="Parts"/>.</param>
    /// <param name="weights">Row-major (part, horizon, feature).</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public FailureModel(double[] bias, double[] weights)
    {
        int count = Parts.Count * Horizons.Length;
        if (bias.Length != count || weights.Length != count * ForecastFeatures.Count)
            throw new ArgumentException($"{bias.Length} biases and {weights.Length} weights are not those of {Parts.Count} parts, {Horizons.Length} horizons and {ForecastFeatures.Count} features.", nameof(weights));
        _bias = bias;
        _weights = weights;
    }

    /// <summary>Names of the regressions. The first applies to every route, and was fitted on those to which no other does.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["other", "steadily_slower", "steadily_failing"];

    /// <summary>Minutes ahead.</summary>
    public static ReadOnlySpan<int> Horizons => [5, 10, 15];

    /// <summary>The model that ships.</summary>
    /// <exception cref="InvalidDataException">The file is of another version or lacks something.</exception>
    public static FailureModel LoadEmbedded()
    {
        using Stream stream = typeof(FailureModel).Assembly.GetManifestResourceStream(ResourceName)!;
        return Load(stream);
    }

    /// <exception cref="InvalidDataException">The file is of another version or lacks something.</exception>
    public static FailureModel Load(Stream stream)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw new InvalidDataException($"The failure model is of version {root.GetProperty("version")}; this program reads {Version}.");
            var bias = new List<double>();
            var weights = new List<double>();
            foreach (string name in Parts)
            {
                foreach (int minutes in Horizons)
                {
                    JsonElement part = root.GetProperty(name).GetProperty(minutes.ToString(CultureInfo.InvariantCulture));
                    bias.Add(part.GetProperty("bias").GetDouble());
                    for (int f = 0; f < ForecastFeatures.Count; f++) weights.Add(part.GetProperty(((ForecastFeature)f).Name()).GetDouble());
                }
            }
            return new FailureModel([.. bias], [.. weights]);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The failure model cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Whether the regression number <paramref name="part"/> of <see cref="Parts"/> applies to a route with these signs.</summary>
    public static bool Applies(int part, ReadOnlySpan<double> features) => part switch
    {
        1 => features[(int)ForecastFeature.LatencySteadiness] >= Steady,
        2 => features[(int)ForecastFeature.ErrorSteadiness] >= Steady,
        _ => true,
    };

    /// <summary>Whether something rises steadily on a route with these signs: only then does a failure build up.</summary>
    public static bool IsBuildingUp(ReadOnlySpan<double> features) => features[(int)ForecastFeature.LatencySteadiness] >= SteadyEnough || features[(int)ForecastFeature.ErrorSteadiness] >= SteadyEnough;

    /// <summary>What a sign adds to the log-odds at a horizon.</summary>
    public double Contribution(int horizon, ForecastFeature feature, ReadOnlySpan<double> features)
    {
        (int part, _) = Largest(horizon, features);
        return _weights[Place(part, horizon) * ForecastFeatures.Count + (int)feature] * features[(int)feature];
    }

    /// <summary>Probability of a failure within horizon number <paramref name="horizon"/>, in (0, 1).</summary>
    /// <param name="horizon">Index into <see cref="Horizons"/>.</param>
    /// <param name="features">One value a <see cref="ForecastFeature"/>; the margins as of this horizon.</param>
    public double Probability(int horizon, ReadOnlySpan<double> features) => TrendFilter.Logistic(Largest(horizon, features).Logit);

    /// <summary>The regression that counts, and its log-odds.</summary>
    private (int Part, double Logit) Largest(int horizon, ReadOnlySpan<double> features)
    {
        (int Part, double Logit) largest = (0, Logit(0, horizon, features));
        for (int part = 1; part < Parts.Count; part++)
            if (Applies(part, features) && Logit(part, horizon, features) is var logit && logit > largest.Logit) largest = (part, logit);
        return largest;
    }

    private double Logit(int part, int horizon, ReadOnlySpan<double> features)
    {
        int place = Place(part, horizon);
        double logit = _bias[place];
        for (int f = 0; f < ForecastFeatures.Count; f++) logit += _weights[place * ForecastFeatures.Count + f] * features[f];
        return logit;
    }

    private static int Place(int part, int horizon) => part * Horizons.Length + horizon;
}
