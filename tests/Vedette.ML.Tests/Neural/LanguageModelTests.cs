using Vedette.Engine.Tests;
using Vedette.ML.Neural;

namespace Vedette.ML.Tests.Neural;

/// <summary>What both language models promise.</summary>
public class LanguageModelTests
{
    private const int Vocabulary = 12;

    public static TheoryData<string> Kinds => ["transformer", "lstm"];

    [Theory, MemberData(nameof(Kinds))]
    public void LearnsASequenceThatNeedsMoreThanTheLastToken(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(300, 1), epochs: 12);
        float[] usual = Score(model, [0, 1, 2, 0, 1, 3, 0, 1, 2]), broken = Score(model, [0, 1, 2, 0, 1, 2, 0, 1, 2]);

        Assert.True(usual.Skip(3).Max() < 0.5, $"A usual step has {usual.Skip(3).Max()} nats.");
        Assert.True(broken[5] > 2, $"The broken step has {broken[5]} nats.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void SameSeedGivesTheSameModelOnAnyNumberOfThreads(string kind)
    {
        TokenSequences sequences = Cycles(80, 2);
        int[] tokens = [0, 1, 2, 0, 7, 3];

        float[] one = Score(Fit(kind, sequences, epochs: 2, threads: 1), tokens);
        float[] four = Score(Fit(kind, sequences, epochs: 2, threads: 4), tokens);
        float[] otherSeed = Score(Fit(kind, sequences, epochs: 2, seed: 9), tokens);

        Assert.Equal(one, four);
        Assert.NotEqual(one, otherSeed);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void SavedModelScoresAsBefore(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(40, 3), epochs: 1);
        using var file = new MemoryStream();
        model.Save(file);
        byte[] bytes = file.ToArray();

        ISequenceModel loaded = Load(kind, bytes);

        int[] tokens = [.. Enumerable.Range(0, 30).Select(i => i % Vocabulary)];
        Assert.Equal(Score(model, tokens), Score(loaded, tokens));
        Assert.Equal((model.Vocabulary, model.Window, model.UnknownSurprisal), (loaded.Vocabulary, loaded.Window, loaded.UnknownSurprisal));
        bytes[bytes.Length / 2] ^= 1;
        Assert.Throws<InvalidDataException>(() => Load(kind, bytes));
        Assert.Throws<InvalidDataException>(() => Load(kind == "lstm" ? "transformer" : "lstm", file.ToArray()));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void UnknownTokensCostTheGoodTuringSurprisalAndDisturbNothingElse(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(300, 4), epochs: 6);

        // One past the vocabulary is the unknown input's own number, two past that of the beginning: neither may have a meaning to callers.
        float[] first = Score(model, [0, 1, Vocabulary, 0, 1, 3]);
        foreach (int unknown in (int[])[Vocabulary + 1, int.MaxValue, -1, int.MinValue]) Assert.Equal(first, Score(model, [0, 1, unknown, 0, 1, 3]));

        Assert.Equal(model.UnknownSurprisal, first[2]);
        Assert.All(first, value => Assert.True(float.IsFinite(value) && value >= 0));
        Assert.True(model.UnknownSurprisal > 5, "Nothing new in thousands of tokens makes the unknown surprising.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void FutureTokensDoNotChangeEarlierSurprisal(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(40, 5), epochs: 1);

        float[] a = Score(model, [0, 1, 2, 3, 4, 5]), b = Score(model, [0, 1, 2, 9, 9, 9]);

        Assert.Equal(a[..3], b[..3]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void LastTokenAloneScoresAsWithinItsSequence(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(40, 6), epochs: 1);
        int[] tokens = [3, 1, 4, 1, 5, 9, 2, 6];

        for (int length = 1; length <= tokens.Length; length++)
            Assert.Equal(Score(model, tokens[..length])[^1], model.SurprisalOfLast(tokens.AsSpan(0, length)), 1e-5f);
        Assert.Throws<ArgumentException>(() => model.SurprisalOfLast([]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void LongSequencesAreScoredThroughout(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(300, 7), epochs: 8);
        int[] tokens = [.. Enumerable.Range(0, 120).Select(i => new[] { 0, 1, 2, 0, 1, 3 }[i % 6])];
        tokens[100] = 8;

        float[] surprisal = Score(model, tokens);

        Assert.Equal(100, Array.IndexOf(surprisal, surprisal.Max()));
        Assert.True(surprisal.Skip(6).Take(90).Average() < 0.3);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ScoresFromManyThreadsAtOnceAreTheSame(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(40, 8), epochs: 1);
        int[] tokens = [0, 1, 2, 0, 1, 3, 4];
        float[] expected = Score(model, tokens);

        Parallel.For(0, 64, _ => Assert.Equal(expected, Score(model, tokens)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ScoringAllocatesNothingOnceWarm(string kind)
    {
        ISequenceModel model = Fit(kind, Cycles(20, 9), epochs: 1);
        int[] tokens = [0, 1, 2, 0, 1, 3, 4];
        float[] surprisal = new float[tokens.Length];
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 100; i++) model.Surprisal(tokens, surprisal); }));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void EmptyTrainingAndWrongLengthsAreRefused(string kind)
    {
        Assert.Throws<ArgumentException>(() => Fit(kind, new TokenSequences(), epochs: 1));
        ISequenceModel model = Fit(kind, Cycles(2, 1), epochs: 1);

        Assert.Throws<ArgumentException>(() => model.Surprisal(new int[3], new float[2]));
        model.Surprisal([], []);
    }

    [Fact]
    public void AllProblemsOfTheOptionsAreReportedTogether()
    {
        var options = new TransformerOptions { Vocabulary = 0, Dimension = 10, Heads = 3, Dropout = float.NaN, Epochs = 0 };

        string message = Assert.Throws<ArgumentException>(() => TransformerLanguageModel.Fit(Cycles(1, 1), options)).Message;

        Assert.All(["Vocabulary is 0", "Heads is 3", "Dropout is NaN", "Epochs is 0"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => LstmLanguageModel.Fit(Cycles(1, 1), new LstmOptions { HiddenDimension = 4096, Vocabulary = 1_000_000 }));
    }

    [Fact]
    public void CancellationStopsTraining()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => LstmLanguageModel.Fit(Cycles(5, 1), new LstmOptions { Vocabulary = Vocabulary }, source.Token));
    }

    /// <summary>0 1 2 0 1 3 over and over from a random place, with a little noise: what follows 1 depends on four steps before.</summary>
    private static TokenSequences Cycles(int count, ulong seed)
    {
        int[] cycle = [0, 1, 2, 0, 1, 3];
        var random = new SeededRandom(seed);
        var sequences = new TokenSequences();
        for (int i = 0; i < count; i++)
        {
            int[] tokens = new int[6 + random.Next(20)];
            int phase = random.Next(6);
            for (int step = 0; step < tokens.Length; step++)
                tokens[step] = random.Next(200) == 0 ? random.Next(Vocabulary) : cycle[(phase + step) % 6];
            sequences.Add(tokens);
        }
        return sequences;
    }

    private static ISequenceModel Fit(string kind, TokenSequences sequences, int epochs, int threads = 0, ulong seed = 1) => kind == "lstm"
        ? LstmLanguageModel.Fit(sequences, new LstmOptions
        {
            Vocabulary = Vocabulary, Dimension = 16, HiddenDimension = 24, Layers = 1, Window = 16, Epochs = epochs, MaxThreads = threads,
            LearningRate = 0.01f, BatchWindows = 16, Seed = seed, Dropout = 0.05f,
        })
        : TransformerLanguageModel.Fit(sequences, new TransformerOptions
        {
            Vocabulary = Vocabulary, Dimension = 16, Heads = 2, InnerDimension = 32, Layers = 2, Window = 16, Epochs = epochs, MaxThreads = threads,
            LearningRate = 0.01f, BatchWindows = 16, Seed = seed, Dropout = 0.05f,
        });

    private static ISequenceModel Load(string kind, byte[] file) =>
        kind == "lstm" ? LstmLanguageModel.Load(new MemoryStream(file)) : TransformerLanguageModel.Load(new MemoryStream(file));

    private static float[] Score(ISequenceModel model, int[] tokens)
    {
        float[] surprisal = new float[tokens.Length];
        model.Surprisal(tokens, surprisal);
        return surprisal;
    }
}
