using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Vedette.ML.Files;
using Vedette.ML.Preprocessing;

namespace Vedette.ML.Neural;

/// <summary>Multi-layer perceptron for two classes: dense layers with ReLU, dropout and normalisation.</summary>
/// <remarks>
/// Trained by Adam with decoupled weight decay and early stopping on one thread. Scales its columns itself: a missing value (NaN) counts as the column's
/// mean, and values beyond 10 standard deviations count as 10. Fit is O(epochs · rows · weights). Immutable once fitted; predicting is thread-safe.
/// </remarks>
public sealed class DenseNetwork : IBinaryClassifier
{
    internal const int BlockRows = 256;

    private const string Kind = "dense_network/1";
    private const float Limit = 10;

    private readonly StandardScaler _scaler;
    private readonly DenseLayers _layers;
    private readonly ConcurrentQueue<DenseLayers.Workspace> _spaces = new();

    private DenseNetwork(StandardScaler scaler, DenseLayers layers, int epochs)
    {
        (_scaler, _layers, Epochs) = (scaler, layers, epochs);
    }

    public int FeatureCount => _layers.Inputs;

    /// <summary>Epochs that the kept weights have seen.</summary>
    public int Epochs { get; }

    /// <summary>Learns from labelled rows.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="options">Shape and training.</param>
    /// <param name="cancellation">Stops between two steps of the optimiser.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a label is neither 0 nor 1, or options out of range; all problems are named.</exception>
    public static DenseNetwork Fit(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, DenseNetworkOptions options, CancellationToken cancellation = default)
    {
        Options.Check(options.Problems());
        int count = Shape.RowCount(rows, featureCount);
        Shape.CheckBinaryLabels(labels, count);
        var scaler = StandardScaler.Fit(rows, featureCount);
        float[] scaled = new float[rows.Length];
        Scale(scaler, rows, scaled);
        var layers = new DenseLayers(featureCount, options.HiddenLayers, options.Normalization);
        int epochs = new DenseNetworkTrainer(layers, scaled, labels.ToArray(), options).Run(cancellation);
        return new DenseNetwork(scaler, layers, epochs);
    }

    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        Shape.CheckResults(rows, FeatureCount, probabilities);
        if (!_spaces.TryDequeue(out DenseLayers.Workspace? space)) space = _layers.CreateWorkspace();
        Buffers.Grow(ref space.Input, Math.Min(BlockRows, probabilities.Length) * FeatureCount);
        for (int start = 0; start < probabilities.Length; start += BlockRows)
        {
            Span<float> block = probabilities.Slice(start, Math.Min(BlockRows, probabilities.Length - start));
            int size = block.Length * FeatureCount;
            Scale(_scaler, rows.Slice(start * FeatureCount, size), space.Input.AsSpan(0, size));
            _layers.Predict(space, block.Length, block);
            TensorPrimitives.Sigmoid(block, block);
        }
        _spaces.Enqueue(space);
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(Epochs);
        _scaler.Write(writer);
        _layers.Write(writer);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static DenseNetwork Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        int epochs = reader.ReadInt32(0, int.MaxValue);
        var scaler = StandardScaler.Read(reader);
        return new DenseNetwork(scaler, DenseLayers.Read(reader, scaler.FeatureCount), epochs);
    });

    private static void Scale(StandardScaler scaler, ReadOnlySpan<float> rows, Span<float> scaled)
    {
        scaler.Transform(rows, scaled);
        foreach (ref float value in scaled) value = float.IsNaN(value) ? 0 : Math.Clamp(value, -Limit, Limit);
    }
}
