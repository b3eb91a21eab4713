using Vedette.ML.Clustering;
using Vedette.ML.Linear;
using Vedette.ML.Neural;

namespace Vedette.ML.Bench;

/// <summary>Networks, linear models and clustering on one thread. <c>bench/peers_neural.py</c> does the same work in PyTorch and scikit-learn.</summary>
internal static class NeuralBenchmarks
{
    private const int Vocabulary = 2000;
    private const int Length = 20;

    public static void Run()
    {
        Products();
        LanguageModels();
        HeldOut();
        Tables();
    }

    private static void Products()
    {
        const int m = 640, k = 64, n = 2000, repetitions = 100;
        float[] a = new float[m * k], b = new float[k * n], c = new float[m * n];
        Array.Fill(a, 0.5f);
        Array.Fill(b, 0.25f);
        var packed = new PackedMatrix();
        packed.Pack(b, k, n);
        const double operations = 2e-9 * m * k * n;
        Measurement.Report("matrix product 640x64x2000", repetitions * operations / Measurement.CpuSeconds(() =>
        {
            for (int i = 0; i < repetitions; i++) Gemm.Multiply(a, m, packed, c);
        }), "GFLOP/s");
        Measurement.Report("matrix product 640x64x2000, plain twin",
            operations / Measurement.CpuSeconds(() => Gemm.MultiplyReference(a, k, 1, m, b, k, n, c, add: false)), "GFLOP/s");
    }

    private static void LanguageModels()
    {
        TokenSequences sequences = MakeSequences(1600, Vocabulary, 5);
        var transformer = new TransformerOptions { Vocabulary = Vocabulary, Epochs = 1, MaxThreads = 1 };
        var lstm = new LstmOptions { Vocabulary = Vocabulary, Epochs = 1, MaxThreads = 1 };
        ISequenceModel model = TransformerLanguageModel.Fit(sequences, transformer);
        Measurement.Report("transformer: fit",
            sequences.TokenCount / Measurement.CpuSeconds(() => TransformerLanguageModel.Fit(sequences, transformer)), "tokens/s");
        ReportScoring("transformer", model, sequences);
        model = LstmLanguageModel.Fit(sequences, lstm);
        Measurement.Report("lstm: fit", sequences.TokenCount / Measurement.CpuSeconds(() => LstmLanguageModel.Fit(sequences, lstm)), "tokens/s");
        ReportScoring("lstm", model, sequences);
    }

    private static void ReportScoring(string name, ISequenceModel model, TokenSequences sequences)
    {
        const int repetitions = 1000;
        float[] surprisal = new float[Length];
        Measurement.Report($"{name}: score one sequence of 20", 1e3 / repetitions * Measurement.CpuSeconds(() =>
        {
            for (int i = 0; i < repetitions; i++) model.Surprisal(sequences[i], surprisal);
        }), "ms");
        Measurement.Report($"{name}: score the last of 20", 1e3 / repetitions * Measurement.CpuSeconds(() =>
        {
            for (int i = 0; i < repetitions; i++) model.SurprisalOfLast(sequences[i]);
        }), "ms");
    }

    /// <summary>What the same training reaches on sequences not seen; none can be below (ln 200 + 19·ln 5)/20 = 1.794.</summary>
    private static void HeldOut()
    {
        TokenSequences training = MakeSequences(4000, 200, 6), held = MakeSequences(500, 200, 7);
        var transformer = new TransformerOptions { Vocabulary = 200, Dimension = 32, InnerDimension = 128, Epochs = 5, UnknownRate = 0, MaxThreads = 1 };
        var lstm = new LstmOptions { Vocabulary = 200, Dimension = 32, HiddenDimension = 32, Epochs = 5, UnknownRate = 0, MaxThreads = 1 };
        Measurement.Report("transformer: held-out surprisal after 5 epochs", Mean(TransformerLanguageModel.Fit(training, transformer), held), "nats");
        Measurement.Report("lstm: held-out surprisal after 5 epochs", Mean(LstmLanguageModel.Fit(training, lstm), held), "nats");
    }

    private static double Mean(ISequenceModel model, TokenSequences sequences)
    {
        double sum = 0;
        float[] surprisal = new float[Length];
        for (int i = 0; i < sequences.Count; i++)
        {
            model.Surprisal(sequences[i], surprisal);
            sum += surprisal.Sum();
        }
        return sum / sequences.TokenCount;
    }

    private static void Tables()
    {
        var data = SyntheticRows.Make();
        Measurement.Classifier("dense network 64-32, 5 epochs", data, (rows, labels) => DenseNetwork.Fit(
            rows, labels, SyntheticRows.Features, new DenseNetworkOptions { Epochs = 5, ValidationShare = 0, Dropout = 0, LearningRate = 1e-3f }));
        Measurement.Classifier("logistic regression", data, (rows, labels) =>
            LogisticRegression.Fit(rows, labels, SyntheticRows.Features, new LogisticRegressionOptions { L2 = 1e-3 }));
        var means = new KMeansOptions { Clusters = 8, Restarts = 1, MaxIterations = 20, Tolerance = 0, MaxThreads = 1 };
        Measurement.Report("k-means of 100k rows, 8 clusters, 20 rounds",
            Measurement.CpuSeconds(() => KMeans.Fit(data.Values, SyntheticRows.Features, means), 1), "s");
        float[] three = new float[20_000 * 3];
        for (int row = 0; row < 20_000; row++) data.Values.AsSpan(row * SyntheticRows.Features, 3).CopyTo(three.AsSpan(3 * row));
        Measurement.Report("dbscan of 20k rows, 3 columns", Measurement.CpuSeconds(() => Dbscan.Fit(three, 3, new DbscanOptions { Radius = 0.2f }), 1), "s");
    }

    /// <summary>Each token has five equally likely successors. The generator is a plain linear congruence, which the peers' script repeats.</summary>
    private static TokenSequences MakeSequences(int count, int vocabulary, ulong seed)
    {
        ulong state = seed;
        int Next(int bound)
        {
            state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
            return (int)((state >> 33) % (ulong)bound);
        }
        var sequences = new TokenSequences();
        int[] tokens = new int[Length];
        for (int i = 0; i < count; i++)
        {
            tokens[0] = Next(vocabulary);
            for (int step = 1; step < Length; step++) tokens[step] = (tokens[step - 1] * 31 + Next(5) * 7) % vocabulary;
            sequences.Add(tokens);
        }
        return sequences;
    }
}
