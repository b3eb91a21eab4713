namespace Vedette.ML.Neural;

/// <summary>Trains <see cref="DenseLayers"/> on shuffled mini-batches until the loss on rows kept aside stops falling.</summary>
internal sealed class DenseNetworkTrainer
{
    private const float MaxGradientNorm = 5;

    private readonly DenseLayers _layers;
    private readonly DenseNetworkOptions _options;
    private readonly float[] _rows;
    private readonly float[] _labels;
    private readonly DenseLayers.Workspace _space;
    private readonly float[] _gradients;
    private readonly Adam _adam;
    private readonly (float Negative, float Positive) _weights;
    private float[] _logits = [];

    /// <param name="layers">Receives the weights.</param>
    /// <param name="rows">Scaled rows.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="options">Checked options.</param>
    public DenseNetworkTrainer(DenseLayers layers, float[] rows, float[] labels, DenseNetworkOptions options)
    {
        (_layers, _rows, _labels, _options) = (layers, rows, labels, options);
        _space = layers.CreateWorkspace();
        _gradients = new float[layers.Parameters.Length];
        _adam = new Adam(_gradients.Length, options.WeightDecay, MaxGradientNorm);
        _weights = ClassWeights.Of(options.Weighting, labels);
    }

    /// <summary>Trains; returns the number of epochs that the kept weights have seen.</summary>
    public int Run(CancellationToken cancellation)
    {
        var random = new SeededRandom(_options.Seed);
        _layers.Initialize(ref random, LogOdds());
        (int[] training, int[] validation) = Split(ref random);
        if (validation.Length == 0)
        {
            for (int epoch = 0; epoch < _options.Epochs; epoch++) RunEpoch(training, ref random, cancellation);
            _layers.Pack();
            return _options.Epochs;
        }
        return RunUntilBest(training, validation, ref random, cancellation);
    }

    private int RunUntilBest(int[] training, int[] validation, ref SeededRandom random, CancellationToken cancellation)
    {
        float[] bestParameters = [], bestRunning = [];
        double bestLoss = double.PositiveInfinity;
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= _options.Epochs && epoch - bestEpoch <= _options.Patience; epoch++)
        {
            RunEpoch(training, ref random, cancellation);
            _layers.Pack();
            double loss = Loss(validation);
            if (!(loss < bestLoss) && epoch > 1) continue;
            (bestLoss, bestEpoch) = (loss, epoch);
            (bestParameters, bestRunning) = ([.. _layers.Parameters], [.. _layers.Running]);
        }
        _layers.Adopt(bestParameters, bestRunning);
        return bestEpoch;
    }

    /// <summary>Keeps aside the same share of both classes.</summary>
    private (int[] Training, int[] Validation) Split(ref SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, _labels.Length)];
        random.Shuffle<int>(order);
        var training = new List<int>();
        var validation = new List<int>();
        foreach (float label in (ReadOnlySpan<float>)[0, 1])
        {
            int[] members = [.. order.Where(row => _labels[row] == label)];
            int kept = (int)(_options.ValidationShare * members.Length);
            validation.AddRange(members.AsSpan(0, kept));
            training.AddRange(members.AsSpan(kept));
        }
        return ([.. training], [.. validation]);
    }

    private void RunEpoch(int[] training, ref SeededRandom random, CancellationToken cancellation)
    {
        random.Shuffle<int>(training);
        // Batches of nearly equal size: a last batch of one row would upset the batch's statistics.
        int batches = Math.Max(1, training.Length / _options.BatchRows);
        for (int batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = (int)((long)training.Length * batch / batches), end = (int)((long)training.Length * (batch + 1) / batches);
            Step(training.AsSpan(start, end - start), ref random);
        }
    }

    private void Step(ReadOnlySpan<int> batch, ref SeededRandom random)
    {
        _layers.Pack();
        _layers.PackForBackward();
        Gather(batch);
        Span<float> logits = _logits.AsSpan(0, batch.Length);
        _layers.Forward(_space, batch.Length, _options.Dropout, ref random, logits);
        for (int i = 0; i < batch.Length; i++)
        {
            float label = _labels[batch[i]];
            logits[i] = (Sigmoid(logits[i]) - label) * Weight(label) / batch.Length;
        }
        _gradients.AsSpan().Clear();
        _layers.Backward(_space, batch.Length, _options.Dropout, logits, _gradients);
        _adam.Step(_layers.Parameters, _gradients, _options.LearningRate);
    }

    private double Loss(ReadOnlySpan<int> rows)
    {
        double loss = 0;
        for (int start = 0; start < rows.Length; start += DenseNetwork.BlockRows)
        {
            ReadOnlySpan<int> block = rows.Slice(start, Math.Min(DenseNetwork.BlockRows, rows.Length - start));
            Gather(block);
            _layers.Predict(_space, block.Length, _logits);
            for (int i = 0; i < block.Length; i++)
            {
                float label = _labels[block[i]];
                double z = label == 1 ? -_logits[i] : _logits[i];
                loss += Weight(label) * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
            }
        }
        return loss;
    }

    private void Gather(ReadOnlySpan<int> rows)
    {
        Buffers.Grow(ref _space.Input, rows.Length * _layers.Inputs);
        Buffers.Grow(ref _logits, rows.Length);
        for (int i = 0; i < rows.Length; i++) _rows.AsSpan(rows[i] * _layers.Inputs, _layers.Inputs).CopyTo(_space.Input.AsSpan(i * _layers.Inputs));
    }

    private float LogOdds()
    {
        double positive = 0.5, total = 1;
        foreach (float label in _labels)
        {
            positive += label * Weight(label);
            total += Weight(label);
        }
        return (float)Math.Log(positive / (total - positive));
    }

    private float Weight(float label) => label == 1 ? _weights.Positive : _weights.Negative;

    private static float Sigmoid(float z) => 1 / (1 + MathF.Exp(-z));
}
