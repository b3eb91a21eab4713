using Vedette.ML.Files;

namespace Vedette.ML.Neural;

/// <summary>Transformer that predicts the next token of a sequence: what it finds unlikely is unusual.</summary>
/// <remarks>
/// A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, https://arxiv.org/abs/1706.03762: an encoder with a causal mask, in the pre-norm form,
/// with learnt positions. Trained by AdamW. Fit is O(epochs · tokens · parameters).
/// </remarks>
public sealed class TransformerLanguageModel : ISequenceModel
{
    private const string Kind = "transformer_language_model/1";

    private readonly TransformerOptions _options;
    private readonly SequenceScorer _scorer;

    private TransformerLanguageModel(TransformerOptions options, TransformerNetwork network, float unknownSurprisal, double trainingLoss)
    {
        _options = options;
        _scorer = new SequenceScorer(network, options.Window, unknownSurprisal);
        TrainingLoss = trainingLoss;
    }

    public int Vocabulary => _options.Vocabulary;

    public int Window => _options.Window;

    public float UnknownSurprisal => _scorer.UnknownSurprisal;

    /// <summary>Mean surprisal per training token over the last epoch, dropout included, in nats.</summary>
    public double TrainingLoss { get; }

    /// <summary>Number of weights.</summary>
    public int ParameterCount => _scorer.Network.ParameterCount;

    /// <summary>Learns from sequences.</summary>
    /// <param name="sequences">At least one token. A token outside the vocabulary is read as the unknown token and never predicted.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="cancellation">Stops between two steps of the optimiser.</param>
    /// <exception cref="ArgumentException">No token, or options out of range; all problems are named.</exception>
    public static TransformerLanguageModel Fit(TokenSequences sequences, TransformerOptions options, CancellationToken cancellation = default)
    {
        Options.Check(options.Problems());
        if (sequences.TokenCount == 0) throw new ArgumentException("0 tokens are too few; at least 1 is needed.", nameof(sequences));
        var network = new TransformerNetwork(options);
        double loss = SequenceTrainer.Train(network, sequences, options, cancellation);
        return new TransformerLanguageModel(options, network, SequenceScorer.EstimateUnknown(sequences, options.Vocabulary), loss);
    }

    public void Surprisal(ReadOnlySpan<int> tokens, Span<float> surprisal) => _scorer.Surprisal(tokens, surprisal);

    public float SurprisalOfLast(ReadOnlySpan<int> tokens) => _scorer.SurprisalOfLast(tokens);

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(_options.Vocabulary);
        writer.Write(_options.Dimension);
        writer.Write(_options.Layers);
        writer.Write(_options.Window);
        writer.Write(_options.Heads);
        writer.Write(_options.InnerDimension);
        writer.Write((int)_options.Activation);
        writer.Write(UnknownSurprisal);
        writer.Write(TrainingLoss);
        writer.Write<float>(_scorer.Network.Parameters);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static TransformerLanguageModel Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        var options = new TransformerOptions
        {
            Vocabulary = reader.ReadInt32(),
            Dimension = reader.ReadInt32(),
            Layers = reader.ReadInt32(),
            Window = reader.ReadInt32(),
            Heads = reader.ReadInt32(),
            InnerDimension = reader.ReadInt32(),
            Activation = (Activation)reader.ReadInt32(),
        };
        if (options.Problems().FirstOrDefault() is { } problem) throw new InvalidDataException($"The model file is implausible: {problem}");
        float unknown = reader.ReadSingle();
        double loss = reader.ReadDouble();
        float[] parameters = reader.ReadArray<float>();
        var network = new TransformerNetwork(options);
        SequenceNetworkFile.Adopt(network, parameters);
        return new TransformerLanguageModel(options, network, unknown, loss);
    });
}
