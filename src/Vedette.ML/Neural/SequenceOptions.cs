namespace Vedette.ML.Neural;

/// <summary>What the two language models have in common: the vocabulary, the window and how they are trained.</summary>
public abstract record SequenceOptions
{
    private const long MaxWeights = 100_000_000;

    /// <summary>Number of known tokens, 0 to Vocabulary - 1. Default 2000.</summary>
    public int Vocabulary { get; init; } = 2000;

    /// <summary>Length of the vector that stands for a token. Default 64.</summary>
    public int Dimension { get; init; } = 64;

    /// <summary>Number of layers. Default 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Tokens a training window holds, and the most a step can look back. Default 20.</summary>
    public int Window { get; init; } = 20;

    /// <summary>Share of the values dropped while training, in [0, 1). Default 0.1.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>Highest learning rate; it rises over the first twentieth of the steps and falls in a line to nothing. Default 0.003.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>Decoupled weight decay. Default 0.01.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    /// <summary>Times every token is learnt from. Default 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Windows per step of the optimiser. Default 32.</summary>
    public int BatchWindows { get; init; } = 32;

    /// <summary>Share of the training inputs replaced by the unknown token, so that a model knows how to go on after one. Default 0.005.</summary>
    public float UnknownRate { get; init; } = 0.005f;

    /// <summary>Seed of weights, order and dropout. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most threads used to fit; 0, the default, for one per processor. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    internal virtual IEnumerable<string> Problems()
    {
        if (Vocabulary is < 1 or > 1_000_000) yield return $"Vocabulary is {Vocabulary}; it must be 1 to 1000000.";
        if (Dimension is < 1 or > 4096) yield return $"Dimension is {Dimension}; it must be 1 to 4096.";
        if (Layers is < 1 or > 64) yield return $"Layers is {Layers}; it must be 1 to 64.";
        if (Window is < 1 or > 4096) yield return $"Window is {Window}; it must be 1 to 4096.";
        if (!(Dropout is >= 0 and < 1)) yield return $"Dropout is {Dropout}; it must be in [0, 1).";
        if (!(LearningRate is > 0 and <= 1)) yield return $"LearningRate is {LearningRate}; it must be in (0, 1].";
        if (!(WeightDecay is >= 0 and <= 1)) yield return $"WeightDecay is {WeightDecay}; it must be in [0, 1].";
        if (Epochs is < 1 or > 10_000) yield return $"Epochs is {Epochs}; it must be 1 to 10000.";
        if (BatchWindows is < 1 or > 65_536) yield return $"BatchWindows is {BatchWindows}; it must be 1 to 65536.";
        if (!(UnknownRate is >= 0 and < 1)) yield return $"UnknownRate is {UnknownRate}; it must be in [0, 1).";
        if (MaxThreads < 0) yield return $"MaxThreads is {MaxThreads}; it must not be negative.";
        long tables = (2L * Vocabulary + Window) * Width, layers = (long)Layers * Width * Width * 12;
        if (tables + layers > MaxWeights) yield return $"The network would have about {tables + layers} weights; at most {MaxWeights} are possible.";
    }

    /// <summary>The greatest width inside the network; bounds the number of weights.</summary>
    private protected abstract int Width { get; }
}

/// <summary>Shape and training of a <see cref="TransformerLanguageModel"/>.</summary>
public sealed record TransformerOptions : SequenceOptions
{
    /// <summary>Attention heads; divides <see cref="SequenceOptions.Dimension"/>. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width of the feed-forward part. Default 256.</summary>
    public int InnerDimension { get; init; } = 256;

    /// <summary>Activation of the feed-forward part. Default <see cref="Activation.Relu"/>.</summary>
    public Activation Activation { get; init; }

    private protected override int Width => Math.Max(Dimension, (InnerDimension + 3) / 4);

    internal override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems()) yield return problem;
        if (Heads < 1 || Dimension % Heads != 0) yield return $"Heads is {Heads}; it must divide Dimension, {Dimension}.";
        if (InnerDimension is < 1 or > 65_536) yield return $"InnerDimension is {InnerDimension}; it must be 1 to 65536.";
        if (!Enum.IsDefined(Activation)) yield return $"Activation is {Activation}; it must be Relu or Gelu.";
    }
}

/// <summary>Shape and training of a <see cref="LstmLanguageModel"/>.</summary>
public sealed record LstmOptions : SequenceOptions
{
    /// <summary>Number of memory cells per layer. Default 64.</summary>
    public int HiddenDimension { get; init; } = 64;

    private protected override int Width => Math.Max(Dimension, HiddenDimension);

    internal override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems()) yield return problem;
        if (HiddenDimension is < 1 or > 4096) yield return $"HiddenDimension is {HiddenDimension}; it must be 1 to 4096.";
    }
}
