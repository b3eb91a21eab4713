using Vedette.ML.Files;

namespace Vedette.ML.Neural;

/// <summary>Transformer that predicts the next token of a sequence: what it finds unlikely is unusual.</summary>
/// <remarks>
/// A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, https://arxiv.org/abs/1706.03762: an encoder with a causal mask, in the pre-norm form,
/// with learnt positions. Trained by AdamW.
/// </remarks>
public sealed class TransformerLanguageModel : SequenceModel
{
    private const string Kind = "transformer_language_model/1";

    private readonly TransformerOptions _options;

    private TransformerLanguageModel(TransformerOptions options, FittedNetwork fitted)
        : base(Kind, options, fitted) => _options = options;

    /// <summary>Learns from sequences.</summary>
    /// <param name="sequences">At least one token. A token outside the vocabulary is read as the unknown token and never predicted.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="cancellation">Stops between two steps of the optimiser.</param>
    /// <exception cref="ArgumentException">No token, or options out of range; all problems are named.</exception>
    public static TransformerLanguageModel Fit(TokenSequences sequences, TransformerOptions options, CancellationToken cancellation = default) =>
        new(options, Fit(sequences, options, Create, cancellation));

    /// <summary>Reads what <see cref="SequenceModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static TransformerLanguageModel Load(Stream stream) => Read(
        stream, Kind, new TransformerOptions(), ReadShape, Create, (options, fitted) => new TransformerLanguageModel(options, fitted));

    private protected override void WriteShape(ModelWriter writer)
    {
        writer.Write(_options.Heads);
        writer.Write(_options.InnerDimension);
        writer.Write((int)_options.Activation);
    }

    private static TransformerOptions ReadShape(TransformerOptions options, ModelReader reader) => options with
    {
        Heads = reader.ReadInt32(),
        InnerDimension = reader.ReadInt32(),
        Activation = (Activation)reader.ReadInt32(),
    };

    private static TransformerNetwork Create(TransformerOptions options) => new(options);
}
