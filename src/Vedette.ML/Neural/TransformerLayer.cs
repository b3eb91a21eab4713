using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>One pre-norm encoder layer with a causal mask: attention and a feed-forward part, each added to the stream it reads.</summary>
/// <remarks>R. Xiong et al., "On Layer Normalization in the Transformer Architecture", ICML 2020, https://arxiv.org/abs/2002.04745.</remarks>
internal sealed class TransformerLayer(ParameterLayout layout, int width, int heads, int inner, Activation activation)
{
    public LayerNorm AttentionNorm { get; } = new(layout, width);

    public DenseLayer QueryKeyValue { get; } = new(layout, width, 3 * width);

    public DenseLayer Projection { get; } = new(layout, width, width);

    public LayerNorm FeedForwardNorm { get; } = new(layout, width);

    public DenseLayer Up { get; } = new(layout, width, inner);

    public DenseLayer Down { get; } = new(layout, inner, width);

    /// <param name="parameters">Receives the first weights.</param>
    /// <param name="random">Source of the weights.</param>
    /// <param name="depth">Number of layers: what each adds to the stream starts out smaller in a deeper network.</param>
    public void Initialize(float[] parameters, ref SeededRandom random, int depth)
    {
        AttentionNorm.Initialize(parameters);
        FeedForwardNorm.Initialize(parameters);
        QueryKeyValue.Initialize(parameters, ref random, gain: 1);
        Projection.Initialize(parameters, ref random, gain: 1.0 / (2 * depth));
        Up.Initialize(parameters, ref random, gain: 2);
        Down.Initialize(parameters, ref random, gain: 1.0 / (2 * depth));
    }

    public void Pack(float[] parameters)
    {
        foreach (DenseLayer part in Linears()) part.Pack(parameters);
    }

    public void PackForBackward(float[] parameters)
    {
        foreach (DenseLayer part in Linears()) part.PackForBackward(parameters);
    }

    /// <summary>Adds the layer's two parts to <paramref name="stream"/>, shape (rows, width).</summary>
    public void Forward(float[] parameters, SequenceBatch batch, Span<float> stream, State state, SequenceWorkspace workspace)
    {
        int rows = batch.Rows;
        state.Grow(rows, width, inner, heads * batch.SquaredLength);
        AttentionNorm.Forward(parameters, stream, rows, state.Unit1, state.Inverse1, state.Norm1);
        QueryKeyValue.Forward(parameters, state.Norm1, rows, state.Qkv);
        CausalAttention.Forward(state.Qkv, batch.Starts, width, heads, state.Weights, state.Mixed);
        Projection.Forward(parameters, state.Mixed, rows, state.Added);
        AddDropped(stream, state.Added.AsSpan(0, rows * width), state.Mask1, workspace);

        FeedForwardNorm.Forward(parameters, stream, rows, state.Unit2, state.Inverse2, state.Norm2);
        Up.Forward(parameters, state.Norm2, rows, state.Raw);
        Activations.Forward(activation, state.Raw.AsSpan(0, rows * inner), state.Active);
        Down.Forward(parameters, state.Active, rows, state.Added);
        AddDropped(stream, state.Added.AsSpan(0, rows * width), state.Mask2, workspace);
    }

    /// <summary>Turns the gradient after the layer into the gradient before it, and adds to the gradients of the weights.</summary>
    public void Backward(float[] parameters, SequenceBatch batch, Span<float> dStream, State state, float[] gradients, SequenceWorkspace workspace)
    {
        int rows = batch.Rows;
        float rate = workspace.DropoutRate;
        Span<float> dAdded = state.Added.AsSpan(0, rows * width), dInner = state.DInner.AsSpan(0, rows * inner);

        dStream.CopyTo(dAdded);
        Dropout.Backward(dAdded, rate, state.Mask2);
        Down.BackwardWeights(state.Active, dAdded, rows, gradients, workspace.Scratch);
        Down.BackwardInput(dAdded, rows, dInner);
        // The activations are not needed any more: their buffer serves as scratch.
        Activations.Backward(activation, state.Raw.AsSpan(0, rows * inner), dInner, state.Active);
        Up.BackwardWeights(state.Norm2, dInner, rows, gradients, workspace.Scratch);
        Up.BackwardInput(dInner, rows, state.DNorm);
        FeedForwardNorm.Backward(parameters, state.Unit2, state.Inverse2, state.DNorm, rows, gradients, dStream, state.Active);

        dStream.CopyTo(dAdded);
        Dropout.Backward(dAdded, rate, state.Mask1);
        Projection.BackwardWeights(state.Mixed, dAdded, rows, gradients, workspace.Scratch);
        Projection.BackwardInput(dAdded, rows, state.DNorm);
        CausalAttention.Backward(state.Qkv, batch.Starts, width, heads, state.Weights, state.DNorm, state.DQkv, state.Active);
        QueryKeyValue.BackwardWeights(state.Norm1, state.DQkv, rows, gradients, workspace.Scratch);
        QueryKeyValue.BackwardInput(state.DQkv, rows, state.DNorm);
        AttentionNorm.Backward(parameters, state.Unit1, state.Inverse1, state.DNorm, rows, gradients, dStream, state.Active);
    }

    private DenseLayer[] Linears() => [QueryKeyValue, Projection, Up, Down];

    private static void AddDropped(Span<float> stream, Span<float> added, Span<float> mask, SequenceWorkspace workspace)
    {
        Dropout.Forward(added, workspace.DropoutRate, ref workspace.Random, mask);
        TensorPrimitives.Add(stream, added, stream);
    }

    /// <summary>What a forward pass leaves for the backward pass, for one batch.</summary>
    internal sealed class State
    {
        public float[] Unit1 = [], Inverse1 = [], Norm1 = [], Qkv = [], Weights = [], Mixed = [], Mask1 = [];
        public float[] Unit2 = [], Inverse2 = [], Norm2 = [], Raw = [], Active = [], Mask2 = [];
        public float[] Added = [], DInner = [], DNorm = [], DQkv = [];

        public void Grow(int rows, int width, int inner, int weights)
        {
            Buffers.Grow(ref Unit1, rows * width);
            Buffers.Grow(ref Inverse1, rows);
            Buffers.Grow(ref Norm1, rows * width);
            Buffers.Grow(ref Qkv, rows * 3 * width);
            Buffers.Grow(ref Weights, weights);
            Buffers.Grow(ref Mixed, rows * width);
            Buffers.Grow(ref Mask1, rows * width);
            Buffers.Grow(ref Unit2, rows * width);
            Buffers.Grow(ref Inverse2, rows);
            Buffers.Grow(ref Norm2, rows * width);
            Buffers.Grow(ref Raw, rows * inner);
            // Also scratch for one row of the stream and for one row of attention weights, which a single window may need more of.
            Buffers.Grow(ref Active, Math.Max(rows * inner, Math.Max(width, rows)));
            Buffers.Grow(ref Mask2, rows * width);
            Buffers.Grow(ref Added, rows * width);
            Buffers.Grow(ref DInner, rows * inner);
            Buffers.Grow(ref DNorm, rows * width);
            Buffers.Grow(ref DQkv, rows * 3 * width);
        }
    }
}
