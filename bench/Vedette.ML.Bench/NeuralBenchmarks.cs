using Vedette.ML.Neural;

namespace Vedette.ML.Bench;

/// <summary>Networks on one thread: 2,000 kinds of request, 2 layers of 64, windows of 20.</summary>
internal static class NeuralBenchmarks
{
    private const int Vocabulary = 2000;
    private const int Length = 20;

    public static void Run()
    {
        TokenSequences sequences = MakeSequences(1600);
        var transformer = new TransformerOptions { Vocabulary = Vocabulary, Epochs = 1, MaxThreads = 1 };
        var lstm = new LstmOptions { Vocabulary = Vocabulary, Epochs = 1, MaxThreads = 1 };
        ISequenceModel model = TransformerLanguageModel.Fit(sequences, transformer);
        Measurement.Report("transformer fit", sequences.TokenCount / Measurement.CpuSeconds(() => TransformerLanguageModel.Fit(sequences, transformer)), "tokens/s");
        ReportScoring("transformer", model, sequences);
        model = LstmLanguageModel.Fit(sequences, lstm);
        Measurement.Report("lstm fit", sequences.TokenCount / Measurement.CpuSeconds(() => LstmLanguageModel.Fit(sequences, lstm)), "tokens/s");
        ReportScoring("lstm", model, sequences);
    }

    private static void ReportScoring(string name, ISequenceModel model, TokenSequences sequences)
    {
        const int repetitions = 1000;
        float[] surprisal = new float[Length];
        Measurement.Report($"{name} score, one sequence of 20", 1e3 / repetitions * Measurement.CpuSeconds(() =>
        {
            for (int i = 0; i < repetitions; i++) model.Surprisal(sequences[i], surprisal);
        }), "ms");
        Measurement.Report($"{name} score, last of 20", 1e3 / repetitions * Measurement.CpuSeconds(() =>
        {
            for (int i = 0; i < repetitions; i++) model.SurprisalOfLast(sequences[i]);
        }), "ms");
    }

    /// <summary>Each token follows one of five of the one before it.</summary>
    private static TokenSequences MakeSequences(int count)
    {
        var random = new SeededRandom(5);
        var sequences = new TokenSequences();
        int[] tokens = new int[Length];
        for (int i = 0; i < count; i++)
        {
            tokens[0] = random.Next(Vocabulary);
            for (int step = 1; step < Length; step++) tokens[step] = (tokens[step - 1] * 31 + random.Next(5) * 7) % Vocabulary;
            sequences.Add(tokens);
        }
        return sequences;
    }
}
