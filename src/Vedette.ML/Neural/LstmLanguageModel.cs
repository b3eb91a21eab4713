using Vedette.ML.Files;

namespace Vedette.ML.Neural;

/// <summary>Long short-term memory that predicts the next token of a sequence: what it finds unlikely is unusual.</summary>
/// <remarks>
/// M. Du et al., "DeepLog", CCS 2017, https://doi.org/10.1145/3133956.3134015, describes the use on logs; see <see cref="LstmLayer"/> for the cell.
/// Trained by AdamW through windows that start from an empty memory.
/// </remarks>
public sealed class LstmLanguageModel : SequenceModel
{
    private const string Kind = "lstm_language_model/1";

    private readonly LstmOptions _options;

    private LstmLanguageModel(LstmOptions options, FittedNetwork fitted)
        : base(Kind, options, fitted) => _options = options;

    /// <summary>Learns from sequences.</summary>
    /// <param name="sequences">At least one token. A token outside the vocabulary is read as the unknown token and never predicted.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="cancellation">Stops between two steps of the optimiser.</param>
    /// <exception cref="ArgumentException">No token, or options out of range; all problems are named.</exception>
    public static LstmLanguageModel Fit(TokenSequences sequences, LstmOptions options, CancellationToken cancellation = default) =>
        new(options, Fit(sequences, options, Create, cancellation));

    /// <summary>Reads what <see cref="SequenceModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static LstmLanguageModel Load(Stream stream) => Read(
        stream, Kind, new LstmOptions(), (options, reader) => options with { HiddenDimension = reader.ReadInt32() }, Create,
        (options, fitted) => new LstmLanguageModel(options, fitted));

    private protected override void WriteShape(ModelWriter writer) => writer.Write(_options.HiddenDimension);

    private static LstmNetwork Create(LstmOptions options) => new(options);
}
