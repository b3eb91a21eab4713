using System.Numerics.Tensors;

namespace Vedette.ML.Neural;

/// <summary>Trains a <see cref="SequenceNetwork"/> on shuffled windows.</summary>
/// <remarks>
/// A batch is divided into a fixed number of shards whose gradients are added in order: any number of threads gives the same weights.
/// </remarks>
internal sealed class SequenceTrainer
{
    private const int Shards = 4;
    private const float MaxGradientNorm = 1;
    private const double WarmupShare = 0.05;

    private readonly SequenceNetwork _network;
    private readonly SequenceOptions _options;
    private readonly TokenSequences _sequences;
    private readonly Shard[] _shards;
    private readonly Adam _adam;
    private readonly List<Window> _windows = [];

    private SequenceTrainer(SequenceNetwork network, TokenSequences sequences, SequenceOptions options)
    {
        _network = network;
        _options = options;
        _sequences = sequences;
        _shards = [.. Enumerable.Range(0, Math.Min(Shards, options.BatchWindows)).Select(_ => new Shard(network))];
        _adam = new Adam(network.ParameterCount, options.WeightDecay, MaxGradientNorm);
    }

    /// <summary>Draws first weights and trains. Returns the mean loss per token of the last epoch, in nats.</summary>
    public static double Train(SequenceNetwork network, TokenSequences sequences, SequenceOptions options, CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed);
        network.Initialize(ref random);
        return new SequenceTrainer(network, sequences, options).Run(ref random, cancellation);
    }

    private double Run(ref SeededRandom random, CancellationToken cancellation)
    {
        double loss = 0;
        long step = 0, steps = 0;
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            CutWindows(ref random);
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_windows));
            // A random phase can cut one window more than the first epoch had; the rate then simply stays at its floor.
            if (epoch == 0) steps = (long)_options.Epochs * ((_windows.Count + _options.BatchWindows - 1) / _options.BatchWindows);
            loss = 0;
            for (int start = 0; start < _windows.Count; start += _options.BatchWindows, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                loss += Step(start, Math.Min(_options.BatchWindows, _windows.Count - start), step, Rate(step, steps));
            }
        }
        _network.Pack();
        return loss / _sequences.TokenCount;
    }

    /// <summary>Cuts each sequence into windows. A long one starts with a shorter window of random length, so that the cuts fall elsewhere every epoch.</summary>
    private void CutWindows(ref SeededRandom random)
    {
        _windows.Clear();
        for (int sequence = 0; sequence < _sequences.Count; sequence++)
        {
            int length = _sequences[sequence].Length;
            int end = length <= _options.Window ? length : 1 + random.Next(_options.Window);
            for (int start = 0; start < length; start = end, end = Math.Min(length, end + _options.Window))
                _windows.Add(new Window(sequence, start, end));
        }
    }

    private double Step(int start, int count, long step, float rate)
    {
        _network.Pack();
        _network.PackForBackward();
        int tokens = 0;
        for (int i = 0; i < count; i++) tokens += _windows[start + i].End - _windows[start + i].Start;
        Workers.For(_shards.Length, _options.MaxThreads, index =>
        {
            int from = start + count * index / _shards.Length, to = start + count * (index + 1) / _shards.Length;
            RunShard(_shards[index], from, to, SeededRandom.Fork(_options.Seed + (ulong)step, index), 1f / tokens);
        });
        double loss = 0;
        float[] sum = _shards[0].Gradients;
        foreach (Shard shard in _shards)
        {
            loss += shard.Loss;
            if (shard != _shards[0]) TensorPrimitives.Add(sum, shard.Gradients, sum);
        }
        _adam.Step(_network.Parameters, sum, rate);
        return loss;
    }

    private void RunShard(Shard shard, int from, int to, SeededRandom random, float scale)
    {
        shard.Gradients.AsSpan().Clear();
        shard.Loss = 0;
        if (from == to) return;
        shard.Batch.Clear();
        for (int i = from; i < to; i++)
        {
            Window window = _windows[i];
            foreach (ref int input in shard.Batch.Add(_sequences[window.Sequence], window.Start, window.End))
                if (random.NextSingle() < _options.UnknownRate) input = _network.UnknownInput;
        }
        shard.Workspace.Random = random;
        shard.Workspace.DropoutRate = _options.Dropout;
        shard.Loss = _network.LossAndGradients(shard.Batch, shard.Workspace, scale, shard.Gradients);
    }

    private float Rate(long step, long steps)
    {
        double warmup = Math.Max(1, WarmupShare * steps);
        double share = step < warmup ? (step + 1) / warmup : Math.Max(0.01, (steps - step) / (steps - warmup + 1));
        return (float)(_options.LearningRate * Math.Min(1, share));
    }

    private readonly record struct Window(int Sequence, int Start, int End);

    private sealed class Shard(SequenceNetwork network)
    {
        public SequenceBatch Batch { get; } = new(network.Vocabulary);

        public SequenceWorkspace Workspace { get; } = network.CreateWorkspace();

        public float[] Gradients { get; } = new float[network.ParameterCount];

        public double Loss { get; set; }
    }
}
