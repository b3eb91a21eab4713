using Vedette.ML.Files;

namespace Vedette.ML.Neural;

/// <summary>Dense layers with normalisation, ReLU and dropout, ending in one number per row.</summary>
internal sealed class DenseLayers
{
    private readonly Layer[] _hidden;
    private readonly DenseLayer _last;
    private readonly ParameterLayout _layout = new();
    private readonly ParameterLayout _averages = new();

    public DenseLayers(int inputs, IReadOnlyList<int> hidden, Normalization normalization)
    {
        Inputs = inputs;
        _hidden = new Layer[hidden.Count];
        for (int i = 0; i < _hidden.Length; i++) _hidden[i] = new Layer(_layout, _averages, i == 0 ? inputs : hidden[i - 1], hidden[i], normalization);
        _last = new DenseLayer(_layout, hidden[^1], 1);
        Parameters = new float[_layout.Count];
        Running = new float[_averages.Count];
    }

    public int Inputs { get; }

    public float[] Parameters { get; private set; }

    /// <summary>Running averages of the batch normalisations.</summary>
    public float[] Running { get; private set; }

    /// <param name="random">Source of the weights.</param>
    /// <param name="logOdds">Where the output starts: the logarithm of the base rate's odds.</param>
    public void Initialize(ref SeededRandom random, float logOdds)
    {
        foreach (Layer layer in _hidden)
        {
            layer.Linear.Initialize(Parameters, ref random, gain: 1);
            layer.BatchNorm?.Initialize(Parameters, Running);
            layer.LayerNorm?.Initialize(Parameters);
        }
        _last.Initialize(Parameters, ref random, gain: 1);
        _last.Bias.Of(Parameters)[0] = logOdds;
    }

    public void Adopt(float[] parameters, float[] running)
    {
        if (parameters.Length != _layout.Count || running.Length != _averages.Count)
            throw new InvalidDataException($"The model file holds {parameters.Length} and {running.Length} values where {_layout.Count} and {_averages.Count} are needed.");
        Parameters = parameters;
        Running = running;
        Pack();
    }

    public void Pack()
    {
        foreach (Layer layer in _hidden) layer.Linear.Pack(Parameters);
        _last.Pack(Parameters);
    }

    public void PackForBackward()
    {
        foreach (Layer layer in _hidden) layer.Linear.PackForBackward(Parameters);
        _last.PackForBackward(Parameters);
    }

    public Workspace CreateWorkspace() => new(_hidden.Length);

    /// <summary>Writes one logit per row of <see cref="Workspace.Input"/>.</summary>
    public void Predict(Workspace space, int rows, Span<float> logits)
    {
        float[] input = space.Input;
        for (int i = 0; i < _hidden.Length; i++)
        {
            LayerState state = space.States[i];
            Layer layer = _hidden[i];
            state.Grow(rows, layer.Linear.Outputs);
            layer.Linear.Forward(Parameters, input, rows, state.Raw);
            layer.BatchNorm?.Predict(Parameters, Running, state.Raw, rows, state.Raw);
            layer.LayerNorm?.Forward(Parameters, state.Raw, rows, state.Unit, state.Inverse, state.Raw);
            Activations.Forward(Activation.Relu, state.Raw.AsSpan(0, rows * layer.Linear.Outputs), state.Output);
            input = state.Output;
        }
        _last.Forward(Parameters, input, rows, logits);
    }

    /// <summary>As <see cref="Predict"/>, with dropout and the batch's own statistics.</summary>
    public void Forward(Workspace space, int rows, float dropout, ref SeededRandom random, Span<float> logits)
    {
        float[] input = space.Input;
        for (int i = 0; i < _hidden.Length; i++)
        {
            LayerState state = space.States[i];
            Layer layer = _hidden[i];
            Span<float> output = state.Grow(rows, layer.Linear.Outputs);
            layer.Linear.Forward(Parameters, input, rows, state.Raw);
            layer.BatchNorm?.Forward(Parameters, Running, state.Raw, rows, state.Unit, state.Inverse, state.Raw);
            layer.LayerNorm?.Forward(Parameters, state.Raw, rows, state.Unit, state.Inverse, state.Raw);
            Activations.Forward(Activation.Relu, state.Raw.AsSpan(0, output.Length), output);
            Dropout.Forward(output, dropout, ref random, state.Mask);
            input = state.Output;
        }
        _last.Forward(Parameters, input, rows, logits);
    }

    /// <summary>Adds to the gradients, given those of the logits. Follows a <see cref="Forward"/> of the same rows.</summary>
    public void Backward(Workspace space, int rows, float dropout, ReadOnlySpan<float> dLogits, float[] gradients)
    {
        LayerState top = space.States[^1];
        _last.BackwardWeights(top.Output, dLogits, rows, gradients, space.Scratch);
        _last.BackwardInput(dLogits, rows, top.Gradient);
        for (int i = _hidden.Length - 1; i >= 0; i--)
        {
            LayerState state = space.States[i];
            Layer layer = _hidden[i];
            int size = rows * layer.Linear.Outputs;
            Span<float> gradient = state.Gradient.AsSpan(0, size);
            Dropout.Backward(gradient, dropout, state.Mask);
            Activations.Backward(Activation.Relu, state.Raw.AsSpan(0, size), gradient, []);
            layer.BatchNorm?.Backward(Parameters, state.Unit, state.Inverse, gradient, rows, gradients);
            if (layer.LayerNorm is { } norm)
            {
                // The raw values are not needed any more: their buffer collects the gradient before the norm.
                state.Raw.AsSpan(0, size).Clear();
                norm.Backward(Parameters, state.Unit, state.Inverse, gradient, rows, gradients, state.Raw, state.Mask);
                gradient = state.Raw.AsSpan(0, size);
            }
            layer.Linear.BackwardWeights(i == 0 ? space.Input : space.States[i - 1].Output, gradient, rows, gradients, space.Scratch);
            if (i > 0) layer.Linear.BackwardInput(gradient, rows, space.States[i - 1].Gradient);
        }
    }

    public void Write(ModelWriter writer)
    {
        writer.Write<int>(_hidden.Select(layer => layer.Linear.Outputs).ToArray());
        writer.Write(_hidden[0].BatchNorm is not null ? (int)Normalization.Batch : _hidden[0].LayerNorm is not null ? (int)Normalization.Layer : 0);
        writer.Write<float>(Parameters);
        writer.Write<float>(Running);
    }

    public static DenseLayers Read(ModelReader reader, int inputs)
    {
        var options = new DenseNetworkOptions
        {
            HiddenLayers = reader.ReadArray<int>(),
            Normalization = (Normalization)reader.ReadInt32(),
        };
        if (options.Problems().FirstOrDefault() is { } problem) throw new InvalidDataException($"The model file is implausible: {problem}");
        float[] parameters = reader.ReadArray<float>();
        // Checked before the network's arrays are made: a few numbers in a file must not claim gigabytes.
        long expected = 0;
        for (int i = 0; i < options.HiddenLayers.Count; i++) expected += (long)(i == 0 ? inputs : options.HiddenLayers[i - 1]) * options.HiddenLayers[i];
        if (expected > parameters.Length) throw new InvalidDataException($"The model file holds {parameters.Length} values where over {expected} are needed.");
        var layers = new DenseLayers(inputs, options.HiddenLayers, options.Normalization);
        layers.Adopt(parameters, reader.ReadArray<float>());
        return layers;
    }

    private sealed class Layer(ParameterLayout layout, ParameterLayout averages, int inputs, int outputs, Normalization normalization)
    {
        public DenseLayer Linear { get; } = new(layout, inputs, outputs);

        public BatchNorm? BatchNorm { get; } = normalization == Normalization.Batch ? new BatchNorm(layout, averages, outputs) : null;

        public LayerNorm? LayerNorm { get; } = normalization == Normalization.Layer ? new LayerNorm(layout, outputs) : null;
    }

    /// <summary>One thread's buffers.</summary>
    internal sealed class Workspace(int layers)
    {
        public float[] Input = [];

        public PackedMatrix Scratch { get; } = new();

        public LayerState[] States { get; } = [.. Enumerable.Range(0, layers).Select(_ => new LayerState())];
    }

    /// <summary>What a forward pass leaves for the backward pass.</summary>
    internal sealed class LayerState
    {
        public float[] Raw = [], Unit = [], Inverse = [], Output = [], Mask = [], Gradient = [];

        /// <summary>Makes room and returns the place of the outputs.</summary>
        public Span<float> Grow(int rows, int width)
        {
            int size = rows * width;
            Buffers.Grow(ref Raw, size);
            Buffers.Grow(ref Unit, size);
            Buffers.Grow(ref Inverse, Math.Max(rows, width));
            Buffers.Grow(ref Output, size);
            Buffers.Grow(ref Mask, size);
            Buffers.Grow(ref Gradient, size);
            return Output.AsSpan(0, size);
        }
    }
}
