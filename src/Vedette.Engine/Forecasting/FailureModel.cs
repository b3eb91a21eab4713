using System.Text.Json;

namespace Vedette.Engine.Forecasting;

/// <summary>From signs to the probability of a failure within each horizon: one logistic regression a horizon. Immutable.</summary>
/// <remarks>
/// No sign of trouble has a negative weight; only load, which explains a rise, may. The later horizon is never less probable than the earlier one.
/// The shipped weights were fitted by <c>bench/Vedette.ForecastBench train</c>; the file tells on what.
/// </remarks>
internal sealed class FailureModel
{
    public const int Version = 1;
    private const string ResourceName = "Vedette.Engine.Forecasting.Data.failure-model.json";

    private readonly double[] _bias;
    private readonly double[] _weights;

    /// <param name="bias">Log-odds without any sign, one a horizon.</param>
    /// <param name="weights">Row-major (horizon, feature).</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public FailureModel(double[] bias, double[] weights)
    {
        if (bias.Length != Horizons.Length || weights.Length != Horizons.Length * ForecastFeatures.Count)
            throw new ArgumentException($"{bias.Length} biases and {weights.Length} weights are not those of {Horizons.Length} horizons and {ForecastFeatures.Count} features.", nameof(weights));
        _bias = bias;
        _weights = weights;
    }

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
            var bias = new double[Horizons.Length];
            var weights = new double[Horizons.Length * ForecastFeatures.Count];
            for (int h = 0; h < Horizons.Length; h++)
            {
                JsonElement part = root.GetProperty("horizons").GetProperty(Horizons[h].ToString(System.Globalization.CultureInfo.InvariantCulture));
                bias[h] = part.GetProperty("bias").GetDouble();
                for (int f = 0; f < ForecastFeatures.Count; f++) weights[h * ForecastFeatures.Count + f] = part.GetProperty(((ForecastFeature)f).Name()).GetDouble();
            }
            return new FailureModel(bias, weights);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The failure model cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>What a sign adds to the log-odds at a horizon.</summary>
    public double Contribution(int horizon, ForecastFeature feature, ReadOnlySpan<double> features) => _weights[horizon * ForecastFeatures.Count + (int)feature] * features[(int)feature];

    /// <summary>Probability of a failure within horizon number <paramref name="horizon"/>, in (0, 1).</summary>
    /// <param name="horizon">Index into <see cref="Horizons"/>.</param>
    /// <param name="features">One value a <see cref="ForecastFeature"/>; the margins as of this horizon.</param>
    public double Probability(int horizon, ReadOnlySpan<double> features)
    {
        double logit = _bias[horizon];
        for (int f = 0; f < ForecastFeatures.Count; f++) logit += _weights[horizon * ForecastFeatures.Count + f] * features[f];
        return TrendFilter.Logistic(logit);
    }
}
