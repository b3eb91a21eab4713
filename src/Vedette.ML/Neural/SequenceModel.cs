using Vedette.ML.Files;

namespace Vedette.ML.Neural;

/// <summary>A network that predicts the next token of a sequence: what the two language models have in common.</summary>
/// <remarks>Immutable once fitted; scoring is thread-safe. Fit is O(epochs · tokens · parameters).</remarks>
public abstract class SequenceModel : ISequenceModel
{
    private readonly string _kind;
    private readonly SequenceOptions _options;
    private readonly SequenceScorer _scorer;

    private protected SequenceModel(string kind, SequenceOptions options, FittedNetwork fitted)
    {
        (_kind, _options) = (kind, options);
        _scorer = new SequenceScorer(fitted.Network, options.Window, fitted.UnknownSurprisal);
        TrainingLoss = fitted.TrainingLoss;
    }

    public int Vocabulary => _options.Vocabulary;

    public int Window => _options.Window;

    public float UnknownSurprisal => _scorer.UnknownSurprisal;

    /// <summary>Mean surprisal per training token over the last epoch, dropout included, in nats.</summary>
    public double TrainingLoss { get; }

    /// <summary>Number of weights.</summary>
    public int ParameterCount => _scorer.Network.ParameterCount;

    public void Surprisal(ReadOnlySpan<int> tokens, Span<float> surprisal) => _scorer.Surprisal(tokens, surprisal);

    public float SurprisalOfLast(ReadOnlySpan<int> tokens) => _scorer.SurprisalOfLast(tokens);

    public void Save(Stream stream) => ModelFile.Write(stream, _kind, writer =>
    {
        writer.Write(_options.Vocabulary);
        writer.Write(_options.Dimension);
        writer.Write(_options.Layers);
        writer.Write(_options.Window);
        WriteShape(writer);
        writer.Write(UnknownSurprisal);
        writer.Write(TrainingLoss);
        writer.Write<float>(_scorer.Network.Parameters);
    });

    /// <summary>Writes the options that only this kind of network has.</summary>
    private protected abstract void WriteShape(ModelWriter writer);

    /// <summary>Trains a network; options and sequences are checked before it is made.</summary>
    private protected static FittedNetwork Fit<TOptions>(
        TokenSequences sequences, TOptions options, Func<TOptions, SequenceNetwork> create, CancellationToken cancellation)
        where TOptions : SequenceOptions
    {
        Options.Check(options.Problems());
        if (sequences.TokenCount == 0) throw new ArgumentException("0 tokens are too few; at least 1 is needed.", nameof(sequences));
        var network = create(options);
        double loss = SequenceTrainer.Train(network, sequences, options, cancellation);
        return new FittedNetwork(network, SequenceScorer.EstimateUnknown(sequences, options.Vocabulary), loss);
    }

    /// <summary>Reads what <see cref="Save"/> wrote: the shape by <paramref name="readShape"/>, which is given what all shapes have in common, then the weights.</summary>
    private protected static TModel Read<TModel, TOptions>(
        Stream stream, string kind, TOptions empty, Func<TOptions, ModelReader, TOptions> readShape,
        Func<TOptions, SequenceNetwork> create, Func<TOptions, FittedNetwork, TModel> finish)
        where TOptions : SequenceOptions
        where TModel : SequenceModel => ModelFile.Read(stream, kind, reader =>
    {
        var common = empty with
        {
            Vocabulary = reader.ReadInt32(), Dimension = reader.ReadInt32(), Layers = reader.ReadInt32(), Window = reader.ReadInt32(),
        };
        var options = readShape(common, reader);
        if (options.Problems().FirstOrDefault() is { } problem) throw new InvalidDataException($"The model file is implausible: {problem}");
        float unknown = reader.ReadSingle();
        double loss = reader.ReadDouble();
        float[] parameters = reader.ReadArray<float>();
        var network = create(options);
        if (parameters.Length != network.ParameterCount)
            throw new InvalidDataException($"The model file holds {parameters.Length} values where {network.ParameterCount} are needed.");
        network.Parameters = parameters;
        network.Pack();
        return finish(options, new FittedNetwork(network, unknown, loss));
    });

    /// <summary>A trained network, what an unknown token surprises it, and the loss of its last epoch.</summary>
    private protected readonly record struct FittedNetwork(SequenceNetwork Network, float UnknownSurprisal, double TrainingLoss);
}
