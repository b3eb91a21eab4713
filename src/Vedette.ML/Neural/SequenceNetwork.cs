using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>What the two language models share: token embedding below, softmax over the vocabulary above, all weights in one array.</summary>
/// <remarks>
/// Inputs have two tokens more than outputs: <see cref="UnknownInput"/> and <see cref="BeginInput"/>. After any change of the parameters call
/// <see cref="Pack"/>; encoding is thread-safe with one workspace per thread.
/// </remarks>
internal abstract class SequenceNetwork
{
    // Logits of this many rows fit the second-level cache together with the weights' panels.
    private const int HeadRows = 64;

    protected SequenceNetwork(int vocabulary, int dimension, int hidden)
    {
        Vocabulary = vocabulary;
        Dimension = dimension;
        Embedding = Layout.Add(vocabulary + 2, dimension);
        Head = new DenseLayer(Layout, hidden, vocabulary);
    }

    public int Vocabulary { get; }

    public int Dimension { get; }

    /// <summary>The input that stands for any token outside the vocabulary.</summary>
    public int UnknownInput => Vocabulary;

    /// <summary>The input before a sequence's first token.</summary>
    public int BeginInput => Vocabulary + 1;

    public Slice Embedding { get; }

    public DenseLayer Head { get; }

    public float[] Parameters { get; set; } = [];

    /// <summary>Number of parameters the network has.</summary>
    public int ParameterCount => Layout.Count;

    protected ParameterLayout Layout { get; } = new();

    public virtual void Initialize(ref SeededRandom random)
    {
        Parameters = new float[Layout.Count];
        foreach (ref float weight in Embedding.Of(Parameters)) weight = 0.02f * (float)random.NextGaussian();
        Head.Initialize(Parameters, ref random, gain: 1);
    }

    public virtual void Pack() => Head.Pack(Parameters);

    public virtual void PackForBackward() => Head.PackForBackward(Parameters);

    public abstract SequenceWorkspace CreateWorkspace();

    /// <summary>Fills <see cref="SequenceWorkspace.Hidden"/> with one row per row of the batch.</summary>
    protected abstract void Encode(SequenceBatch batch, SequenceWorkspace workspace);

    /// <summary>Adds to the gradients, given <see cref="SequenceWorkspace.HiddenGradient"/>. Follows an <see cref="Encode"/> of the same batch.</summary>
    protected abstract void EncodeBackward(SequenceBatch batch, SequenceWorkspace workspace, float[] gradients);

    /// <summary>−ln p of each target from row <paramref name="firstRow"/> on; a target outside the vocabulary gets <paramref name="unknown"/>.</summary>
    public void Surprisal(SequenceBatch batch, SequenceWorkspace workspace, int firstRow, float unknown, Span<float> surprisal)
    {
        workspace.DropoutRate = 0;
        Encode(batch, workspace);
        for (int row = firstRow; row < batch.Rows; row += HeadRows)
        {
            int rows = Math.Min(HeadRows, batch.Rows - row);
            Span<float> logits = Logits(workspace, row, rows);
            for (int i = 0; i < rows; i++)
            {
                int target = batch.Targets[row + i];
                Span<float> values = logits.Slice(i * Vocabulary, Vocabulary);
                surprisal[row + i - firstRow] = (uint)target < (uint)Vocabulary ? SoftmaxCrossEntropy.Loss(values, target) : unknown;
            }
        }
    }

    /// <summary>Adds to the gradients of <paramref name="scale"/> times the summed loss, and returns the summed loss. Unknown targets are left out.</summary>
    public double LossAndGradients(SequenceBatch batch, SequenceWorkspace workspace, float scale, float[] gradients)
    {
        Encode(batch, workspace);
        int width = Head.Inputs;
        Buffers.Grow(ref workspace.HiddenGradient, batch.Rows * width);
        double loss = 0;
        for (int row = 0; row < batch.Rows; row += HeadRows)
        {
            int rows = Math.Min(HeadRows, batch.Rows - row);
            Span<float> logits = Logits(workspace, row, rows);
            for (int i = 0; i < rows; i++)
            {
                Span<float> values = logits.Slice(i * Vocabulary, Vocabulary);
                int target = batch.Targets[row + i];
                if ((uint)target < (uint)Vocabulary) loss += SoftmaxCrossEntropy.LossAndGradient(values, target, scale);
                else values.Clear();
            }
            Head.BackwardWeights(workspace.Hidden.AsSpan(row * width, rows * width), logits, rows, gradients, workspace.Scratch);
            Head.BackwardInput(logits, rows, workspace.HiddenGradient.AsSpan(row * width, rows * width));
        }
        EncodeBackward(batch, workspace, gradients);
        return loss;
    }

    /// <summary>Writes the embedding of each input to <paramref name="rows"/>.</summary>
    protected void Embed(ReadOnlySpan<int> inputs, Span<float> rows)
    {
        ReadOnlySpan<float> table = Embedding.Of(Parameters);
        for (int row = 0; row < inputs.Length; row++) table.Slice(inputs[row] * Dimension, Dimension).CopyTo(rows[(row * Dimension)..]);
    }

    /// <summary>Adds each row's gradient to its token's embedding.</summary>
    protected void EmbedBackward(ReadOnlySpan<int> inputs, ReadOnlySpan<float> dRows, float[] gradients)
    {
        Span<float> table = Embedding.Of(gradients);
        for (int row = 0; row < inputs.Length; row++)
        {
            Span<float> target = table.Slice(inputs[row] * Dimension, Dimension);
            TensorPrimitives.Add(target, dRows.Slice(row * Dimension, Dimension), target);
        }
    }

    private Span<float> Logits(SequenceWorkspace workspace, int row, int rows)
    {
        Buffers.Grow(ref workspace.Logits, Math.Min(HeadRows, rows) * Vocabulary);
        Head.Forward(Parameters, workspace.Hidden.AsSpan(row * Head.Inputs, rows * Head.Inputs), rows, workspace.Logits);
        return workspace.Logits;
    }
}

/// <summary>One thread's buffers; they grow to the largest batch seen and are kept.</summary>
internal class SequenceWorkspace
{
    public float[] Hidden = [];
    public float[] HiddenGradient = [];
    public float[] Logits = [];
    public SeededRandom Random;

    /// <summary>0 while scoring.</summary>
    public float DropoutRate { get; set; }

    public PackedMatrix Scratch { get; } = new();
}

/// <summary>Buffers that only grow.</summary>
internal static class Buffers
{
    public static void Grow(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = GC.AllocateUninitializedArray<float>(Math.Max(length, buffer.Length + buffer.Length / 2));
    }
}
