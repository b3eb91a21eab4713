using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Token and position embeddings, pre-norm encoder layers, a last norm.</summary>
internal sealed class TransformerNetwork : SequenceNetwork
{
    public TransformerNetwork(TransformerOptions options) : base(options.Vocabulary, options.Dimension, options.Dimension)
    {
        Positions = Layout.Add(options.Window, options.Dimension);
        Layers = new TransformerLayer[options.Layers];
        for (int i = 0; i < Layers.Length; i++)
            Layers[i] = new TransformerLayer(Layout, options.Dimension, options.Heads, options.InnerDimension, options.Activation);
        LastNorm = new LayerNorm(Layout, options.Dimension);
    }

    /// <summary>One embedding per place in the window.</summary>
    public Slice Positions { get; }

    public TransformerLayer[] Layers { get; }

    public LayerNorm LastNorm { get; }

    public override void Initialize(ref SeededRandom random)
    {
        base.Initialize(ref random);
        foreach (ref float weight in Positions.Of(Parameters)) weight = 0.02f * (float)random.NextGaussian();
        foreach (TransformerLayer layer in Layers) layer.Initialize(Parameters, ref random, Layers.Length);
        LastNorm.Initialize(Parameters);
    }

    public override void Pack()
    {
        base.Pack();
        foreach (TransformerLayer layer in Layers) layer.Pack(Parameters);
    }

    public override void PackForBackward()
    {
        base.PackForBackward();
        foreach (TransformerLayer layer in Layers) layer.PackForBackward(Parameters);
    }

    public override SequenceWorkspace CreateWorkspace() => new Workspace(Layers.Length);

    protected override void Encode(SequenceBatch batch, SequenceWorkspace workspace)
    {
        var space = (Workspace)workspace;
        int size = batch.Rows * Dimension;
        Buffers.Grow(ref space.Stream, size);
        Buffers.Grow(ref space.Mask, size);
        Buffers.Grow(ref space.Unit, size);
        Buffers.Grow(ref space.Inverse, batch.Rows);
        Buffers.Grow(ref space.Hidden, size);
        Span<float> stream = space.Stream.AsSpan(0, size);
        Embed(batch.Inputs, stream);
        foreach ((int start, int length) in Windows(batch)) AddTo(stream.Slice(start, length), Positions.Of(Parameters)[..length]);
        Dropout.Forward(stream, space.DropoutRate, ref space.Random, space.Mask);
        for (int i = 0; i < Layers.Length; i++) Layers[i].Forward(Parameters, batch, stream, space.Layers[i], space);
        LastNorm.Forward(Parameters, stream, batch.Rows, space.Unit, space.Inverse, space.Hidden);
    }

    protected override void EncodeBackward(SequenceBatch batch, SequenceWorkspace workspace, float[] gradients)
    {
        var space = (Workspace)workspace;
        Span<float> dStream = space.Stream.AsSpan(0, batch.Rows * Dimension);
        dStream.Clear();
        LastNorm.Backward(Parameters, space.Unit, space.Inverse, space.HiddenGradient, batch.Rows, gradients, dStream, space.Hidden);
        for (int i = Layers.Length - 1; i >= 0; i--) Layers[i].Backward(Parameters, batch, dStream, space.Layers[i], gradients, space);
        Dropout.Backward(dStream, space.DropoutRate, space.Mask);
        foreach ((int start, int length) in Windows(batch)) AddTo(Positions.Of(gradients)[..length], dStream.Slice(start, length));
        EmbedBackward(batch.Inputs, dStream, gradients);
    }

    private static void AddTo(Span<float> target, ReadOnlySpan<float> values) => TensorPrimitives.Add(target, values, target);

    /// <summary>Where each window's values begin in the stream, and how many there are.</summary>
    private WindowEnumerator Windows(SequenceBatch batch) => new(batch, Dimension);

    private struct WindowEnumerator(SequenceBatch batch, int width)
    {
        private int _window = -1;

        public readonly (int Start, int Length) Current =>
            (batch.Starts[_window] * width, (batch.Starts[_window + 1] - batch.Starts[_window]) * width);

        public readonly WindowEnumerator GetEnumerator() => this;

        public bool MoveNext() => ++_window < batch.Count;
    }

    private sealed class Workspace(int layers) : SequenceWorkspace
    {
        public float[] Stream = [], Mask = [], Unit = [], Inverse = [];

        public TransformerLayer.State[] Layers { get; } = [.. Enumerable.Range(0, layers).Select(_ => new TransformerLayer.State())];
    }
}
