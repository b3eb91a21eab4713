namespace Vedette.ML.Neural;

/// <summary>What stands between a dense layer and its activation.</summary>
public enum Normalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each column over the mini-batch.</summary>
    Batch,

    /// <summary>Each row over its values.</summary>
    Layer,
}

/// <summary>Shape and training of a <see cref="DenseNetwork"/>.</summary>
public sealed record DenseNetworkOptions
{
    /// <summary>Width of each hidden layer, first to last. Default 64 and 32.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [64, 32];

    /// <summary>Normalisation of the hidden layers. Default <see cref="Normalization.None"/>.</summary>
    public Normalization Normalization { get; init; }

    /// <summary>Share of the hidden values dropped while training, in [0, 1). Default 0.1.</summary>
    public float Dropout { get; init; } = 0.1f;

    /// <summary>Learning rate of Adam. Default 0.003.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>Decoupled weight decay (AdamW). Default 0.001.</summary>
    public float WeightDecay { get; init; } = 1e-3f;

    /// <summary>Most times every row is learnt from. Default 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows per step of the optimiser. Default 128.</summary>
    public int BatchRows { get; init; } = 128;

    /// <summary>Share of the rows kept aside to see when to stop, in [0, 0.9]; 0 trains through all epochs on all rows. Default 0.1.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Epochs without a better validation loss after which training stops; the best weights are kept. Default 8.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>How much a row of each class counts. Default <see cref="ClassWeighting.Uniform"/>.</summary>
    public ClassWeighting Weighting { get; init; }

    /// <summary>Seed of weights, order, dropout and validation rows. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal IEnumerable<string> Problems()
    {
        if (HiddenLayers.Count is < 1 or > 32) yield return $"HiddenLayers has {HiddenLayers.Count} layers; 1 to 32 are possible.";
        foreach (int width in HiddenLayers)
            if (width is < 1 or > 16_384) yield return $"HiddenLayers has a layer of {width}; a width must be 1 to 16384.";
        if (!Enum.IsDefined(Normalization)) yield return $"Normalization is {Normalization}; it must be None, Batch or Layer.";
        if (!(Dropout is >= 0 and < 1)) yield return $"Dropout is {Dropout}; it must be in [0, 1).";
        if (!(LearningRate is > 0 and <= 1)) yield return $"LearningRate is {LearningRate}; it must be in (0, 1].";
        if (!(WeightDecay is >= 0 and <= 1)) yield return $"WeightDecay is {WeightDecay}; it must be in [0, 1].";
        if (Epochs is < 1 or > 100_000) yield return $"Epochs is {Epochs}; it must be 1 to 100000.";
        if (BatchRows is < 1 or > 1_000_000) yield return $"BatchRows is {BatchRows}; it must be 1 to 1000000.";
        if (!(ValidationShare is >= 0 and <= 0.9)) yield return $"ValidationShare is {ValidationShare}; it must be in [0, 0.9].";
        if (Patience < 1) yield return $"Patience is {Patience}; it must be at least 1.";
        if (!Enum.IsDefined(Weighting)) yield return $"Weighting is {Weighting}; it must be Uniform or Balanced.";
    }
}
