namespace Vedette.ML.Neural;

/// <summary>Token embeddings and layers of long short-term memory.</summary>
internal sealed class LstmNetwork : SequenceNetwork
{
    private readonly int _hidden;

    public LstmNetwork(LstmOptions options) : base(options.Vocabulary, options.Dimension, options.HiddenDimension)
    {
        _hidden = options.HiddenDimension;
        Layers = new LstmLayer[options.Layers];
        for (int i = 0; i < Layers.Length; i++) Layers[i] = new LstmLayer(Layout, i == 0 ? options.Dimension : _hidden, _hidden);
    }

    public LstmLayer[] Layers { get; }

    public override void Initialize(ref SeededRandom random)
    {
        base.Initialize(ref random);
        // Without a norm layer in between, embeddings must arrive at a useful size.
        foreach (ref float weight in Embedding.Of(Parameters)) weight *= 10;
        foreach (LstmLayer layer in Layers) layer.Initialize(Parameters, ref random);
    }

    public override void Pack()
    {
        base.Pack();
        foreach (LstmLayer layer in Layers) layer.Pack(Parameters);
    }

    public override void PackForBackward()
    {
        base.PackForBackward();
        foreach (LstmLayer layer in Layers) layer.PackForBackward(Parameters);
    }

    public override SequenceWorkspace CreateWorkspace() => new Workspace(Layers.Length);

    protected override void Encode(SequenceBatch batch, SequenceWorkspace workspace)
    {
        var space = (Workspace)workspace;
        space.Order.Arrange(batch.Starts);
        int rows = batch.Rows;
        Buffers.Grow(ref space.Inputs[0], rows * Dimension);
        Buffers.Grow(ref space.Hidden, rows * _hidden);
        if (space.Tokens.Length < rows) space.Tokens = new int[2 * rows];
        for (int row = 0; row < rows; row++) space.Tokens[row] = batch.Inputs[space.Order.Source[row]];
        Embed(space.Tokens.AsSpan(0, rows), space.Inputs[0]);
        for (int i = 0; i < Layers.Length; i++)
        {
            int size = rows * InputWidth(i);
            Buffers.Grow(ref space.Masks[i], size);
            if (i > 0)
            {
                // A copy: the layer below needs its own outputs, undropped, for its gradients.
                Buffers.Grow(ref space.Inputs[i], size);
                space.States[i - 1].Outputs.AsSpan(0, size).CopyTo(space.Inputs[i]);
            }
            Dropout.Forward(space.Inputs[i].AsSpan(0, size), space.DropoutRate, ref space.Random, space.Masks[i]);
            Layers[i].Forward(Parameters, space.Inputs[i], space.Order.Steps, space.States[i]);
        }
        float[] outputs = space.States[^1].Outputs;
        for (int row = 0; row < rows; row++)
            outputs.AsSpan(row * _hidden, _hidden).CopyTo(space.Hidden.AsSpan(space.Order.Source[row] * _hidden));
    }

    protected override void EncodeBackward(SequenceBatch batch, SequenceWorkspace workspace, float[] gradients)
    {
        var space = (Workspace)workspace;
        int rows = batch.Rows, widest = Math.Max(_hidden, Dimension);
        Buffers.Grow(ref space.Upstream, rows * widest);
        Buffers.Grow(ref space.Downstream, rows * widest);
        for (int row = 0; row < rows; row++)
            space.HiddenGradient.AsSpan(space.Order.Source[row] * _hidden, _hidden).CopyTo(space.Upstream.AsSpan(row * _hidden));
        for (int i = Layers.Length - 1; i >= 0; i--)
        {
            Layers[i].Backward(space.Inputs[i], space.Order.Steps, space.States[i], space.Upstream, space.Downstream, gradients, space.Scratch);
            Dropout.Backward(space.Downstream.AsSpan(0, rows * InputWidth(i)), space.DropoutRate, space.Masks[i]);
            (space.Upstream, space.Downstream) = (space.Downstream, space.Upstream);
        }
        EmbedBackward(space.Tokens.AsSpan(0, rows), space.Upstream, gradients);
    }

    private int InputWidth(int layer) => layer == 0 ? Dimension : _hidden;

    private sealed class Workspace(int layers) : SequenceWorkspace
    {
        public int[] Tokens = [];
        public float[] Upstream = [], Downstream = [];

        public StepOrder Order { get; } = new();

        /// <summary>What each layer reads, after dropout.</summary>
        public float[][] Inputs { get; } = [.. Enumerable.Range(0, layers).Select(_ => Array.Empty<float>())];

        public float[][] Masks { get; } = [.. Enumerable.Range(0, layers).Select(_ => Array.Empty<float>())];

        public LstmLayer.State[] States { get; } = [.. Enumerable.Range(0, layers).Select(_ => new LstmLayer.State())];
    }
}
