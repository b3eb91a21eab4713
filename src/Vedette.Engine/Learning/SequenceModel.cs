using Vedette.ML.Files;
using Vedette.ML.Neural;

namespace Vedette.Engine.Learning;

/// <summary>A network that knows in which order requests come, with the surprise of ordinary sequences. Immutable, thread-safe.</summary>
internal sealed class SequenceModel
{
    /// <summary>Shorter sequences say nothing.</summary>
    public const int MinTokens = 5;

    /// <summary>The first steps have too little before them to be judged by.</summary>
    private const int Lead = 2;

    private readonly ISequenceModel _network;
    private readonly double[] _nullScores;

    private SequenceModel(string name, ISequenceModel network, double[] nullScores) => (Name, _network, _nullScores) = (name, network, nullScores);

    public string Name { get; }

    public ISequenceModel Network => _network;

    /// <summary>Scores of ordinary sequences.</summary>
    public ReadOnlySpan<double> NullScores => _nullScores;

    /// <param name="name">Transformer or LSTM.</param>
    /// <param name="network">The fitted network.</param>
    /// <param name="ordinary">Sequences it has not learnt from.</param>
    public static SequenceModel Of(string name, ISequenceModel network, TokenSequences ordinary)
    {
        var model = new SequenceModel(name, network, []);
        var scores = new List<double>();
        for (int i = 0; i < ordinary.Count; i++)
            if (ordinary[i].Length >= MinTokens) scores.Add(model.Score(ordinary[i]));
        return new SequenceModel(name, network, [.. scores]);
    }

    /// <summary>Mean surprise of the steps after the first two, in nats.</summary>
    /// <param name="tokens">At least <see cref="MinTokens"/>.</param>
    public double Score(ReadOnlySpan<int> tokens)
    {
        Span<float> surprisal = stackalloc float[64];
        surprisal = tokens.Length <= surprisal.Length ? surprisal[..tokens.Length] : new float[tokens.Length];
        _network.Surprisal(tokens, surprisal);
        return System.Numerics.Tensors.TensorPrimitives.Sum<float>(surprisal[Lead..]) / (tokens.Length - Lead);
    }

    public void Write(ModelWriter writer)
    {
        writer.Write(Name);
        writer.Write<double>(_nullScores);
        writer.WriteNested(_network.Save);
    }

    public static SequenceModel Read(ModelReader reader, int tokenCount)
    {
        string name = reader.ReadString();
        double[] nullScores = reader.ReadArray<double>();
        ISequenceModel network = name switch
        {
            ModelNames.Transformer => reader.ReadNested(TransformerLanguageModel.Load),
            ModelNames.Lstm => reader.ReadNested(LstmLanguageModel.Load),
            _ => throw new InvalidDataException($"The model file holds a sequence model '{name}' that this program does not know."),
        };
        if (network.Vocabulary != tokenCount || nullScores.Length < 10) throw new InvalidDataException($"The model file's {name} does not fit its vocabulary.");
        return new SequenceModel(name, network, nullScores);
    }
}
