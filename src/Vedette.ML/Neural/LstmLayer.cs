using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>One layer of long short-term memory over several windows at once; gates in the order input, forget, cell, output.</summary>
/// <remarks>
/// S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory", Neural Computation 9(8), 1997, with the forget gate of F. Gers et al., 2000.
/// Rows are ordered by step, and within a step by falling length of the window, so that each step's rows continue the first rows of the one before.
/// </remarks>
internal sealed class LstmLayer(ParameterLayout layout, int inputs, int hidden)
{
    private readonly PackedMatrix _recurrent = new();
    private readonly PackedMatrix _recurrentBackward = new();

    /// <summary>From the input to the four gates, with their bias.</summary>
    public DenseLayer Input { get; } = new(layout, inputs, 4 * hidden);

    /// <summary>From the previous output to the four gates.</summary>
    public Slice Recurrent { get; } = layout.Add(hidden, 4 * hidden);

    public void Initialize(float[] parameters, ref SeededRandom random)
    {
        Input.Initialize(parameters, ref random, gain: 1);
        float bound = (float)Math.Sqrt(3.0 / hidden);
        foreach (ref float weight in Recurrent.Of(parameters)) weight = (2 * random.NextSingle() - 1) * bound;
        // An open forget gate lets gradients through from the start (R. Jozefowicz et al., ICML 2015).
        Input.Bias.Of(parameters).Slice(hidden, hidden).Fill(1);
    }

    public void Pack(float[] parameters)
    {
        Input.Pack(parameters);
        _recurrent.Pack(Recurrent.Of(parameters), hidden, 4 * hidden);
    }

    public void PackForBackward(float[] parameters)
    {
        Input.PackForBackward(parameters);
        _recurrentBackward.PackTransposed(Recurrent.Of(parameters), 4 * hidden, hidden);
    }

    /// <param name="parameters">All weights.</param>
    /// <param name="x">Shape (rows, inputs).</param>
    /// <param name="steps">First row of each step, and the end of the last.</param>
    /// <param name="state">Receives gates, cells and outputs.</param>
    public void Forward(float[] parameters, ReadOnlySpan<float> x, ReadOnlySpan<int> steps, State state)
    {
        int rows = steps[^1];
        state.Grow(rows, hidden);
        Input.Forward(parameters, x, rows, state.Gates);
        for (int step = 0; step + 1 < steps.Length; step++)
        {
            int start = steps[step], count = steps[step + 1] - start;
            int previous = step == 0 ? -1 : steps[step - 1];
            if (step > 0)
            {
                Gemm.AddProduct(state.Outputs.AsSpan(previous * hidden, count * hidden), count, _recurrent,
                    state.Gates.AsSpan(start * 4 * hidden, count * 4 * hidden));
            }
            for (int i = 0; i < count; i++) Cell(state, start + i, step == 0 ? -1 : previous + i);
        }
    }

    /// <summary>Adds to the gradients of the weights, and sets the gradient with respect to x.</summary>
    /// <param name="x">What <see cref="Forward"/> was given.</param>
    /// <param name="steps">What <see cref="Forward"/> was given.</param>
    /// <param name="state">What <see cref="Forward"/> left.</param>
    /// <param name="dOutputs">Gradient of the outputs; is overwritten.</param>
    /// <param name="dx">Receives the gradient of x.</param>
    /// <param name="gradients">Receives the gradients of the weights.</param>
    /// <param name="scratch">Any packed matrix to reuse.</param>
    public void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<int> steps, State state, Span<float> dOutputs, Span<float> dx,
        float[] gradients, PackedMatrix scratch)
    {
        int rows = steps[^1];
        Span<float> dCells = state.DCells.AsSpan(0, rows * hidden);
        dCells.Clear();
        for (int step = steps.Length - 2; step >= 0; step--)
        {
            int start = steps[step], count = steps[step + 1] - start;
            int previous = step == 0 ? -1 : steps[step - 1];
            for (int i = 0; i < count; i++) CellBackward(state, start + i, step == 0 ? -1 : previous + i, dOutputs);
            if (step > 0)
            {
                Gemm.AddProduct(state.DGates.AsSpan(start * 4 * hidden, count * 4 * hidden), count, _recurrentBackward,
                    dOutputs.Slice(previous * hidden, count * hidden));
            }
        }
        Input.BackwardWeights(x, state.DGates, rows, gradients, scratch);
        Input.BackwardInput(state.DGates, rows, dx);
        BackwardRecurrent(steps, state, gradients, scratch);
    }

    private void BackwardRecurrent(ReadOnlySpan<int> steps, State state, float[] gradients, PackedMatrix scratch)
    {
        int first = steps[1], later = steps[^1] - first;
        if (later == 0) return;
        // Line up each row's previous output with its gates; the cells' buffer is free by now.
        Span<float> before = state.DCells.AsSpan(0, later * hidden);
        for (int step = 1; step + 1 < steps.Length; step++)
        {
            int count = steps[step + 1] - steps[step];
            state.Outputs.AsSpan(steps[step - 1] * hidden, count * hidden).CopyTo(before[((steps[step] - first) * hidden)..]);
        }
        scratch.Pack(state.DGates.AsSpan(first * 4 * hidden, later * 4 * hidden), later, 4 * hidden);
        Gemm.AddTransposed(before, hidden, scratch, Recurrent.Of(gradients));
    }

    private void Cell(State state, int row, int previous)
    {
        Span<float> gates = state.Gates.AsSpan(row * 4 * hidden, 4 * hidden);
        Span<float> i = gates[..hidden], f = gates.Slice(hidden, hidden), g = gates.Slice(2 * hidden, hidden), o = gates[(3 * hidden)..];
        TensorPrimitives.Sigmoid(gates[..(2 * hidden)], gates);
        TensorPrimitives.Tanh(g, g);
        TensorPrimitives.Sigmoid(o, o);
        Span<float> cell = state.Cells.AsSpan(row * hidden, hidden), bent = state.Bent.AsSpan(row * hidden, hidden);
        TensorPrimitives.Multiply(i, g, cell);
        if (previous >= 0) TensorPrimitives.MultiplyAdd(f, state.Cells.AsSpan(previous * hidden, hidden), cell, cell);
        TensorPrimitives.Tanh(cell, bent);
        TensorPrimitives.Multiply(o, bent, state.Outputs.AsSpan(row * hidden, hidden));
    }

    private void CellBackward(State state, int row, int previous, ReadOnlySpan<float> dOutputs)
    {
        ReadOnlySpan<float> gates = state.Gates.AsSpan(row * 4 * hidden, 4 * hidden);
        ReadOnlySpan<float> bent = state.Bent.AsSpan(row * hidden, hidden), dOutput = dOutputs.Slice(row * hidden, hidden);
        ReadOnlySpan<float> before = previous < 0 ? [] : state.Cells.AsSpan(previous * hidden, hidden);
        Span<float> dGates = state.DGates.AsSpan(row * 4 * hidden, 4 * hidden), dCell = state.DCells.AsSpan(row * hidden, hidden);
        Span<float> dBefore = previous < 0 ? [] : state.DCells.AsSpan(previous * hidden, hidden);
        for (int u = 0; u < hidden; u++)
        {
            float i = gates[u], f = gates[hidden + u], g = gates[2 * hidden + u], o = gates[3 * hidden + u];
            float dc = dCell[u] + dOutput[u] * o * (1 - bent[u] * bent[u]);
            float c = previous < 0 ? 0 : before[u];
            dGates[u] = dc * g * i * (1 - i);
            dGates[hidden + u] = dc * c * f * (1 - f);
            dGates[2 * hidden + u] = dc * i * (1 - g * g);
            dGates[3 * hidden + u] = dOutput[u] * bent[u] * o * (1 - o);
            if (previous >= 0) dBefore[u] = dc * f;
        }
    }

    /// <summary>What a forward pass leaves for the backward pass, for one batch.</summary>
    internal sealed class State
    {
        public float[] Gates = [], Cells = [], Bent = [], Outputs = [], DGates = [], DCells = [];

        public void Grow(int rows, int hidden)
        {
            Buffers.Grow(ref Gates, rows * 4 * hidden);
            Buffers.Grow(ref Cells, rows * hidden);
            Buffers.Grow(ref Bent, rows * hidden);
            Buffers.Grow(ref Outputs, rows * hidden);
            Buffers.Grow(ref DGates, rows * 4 * hidden);
            Buffers.Grow(ref DCells, rows * hidden);
        }
    }
}
