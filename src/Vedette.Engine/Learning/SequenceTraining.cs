using Vedette.Engine.Behavior;
using Vedette.ML.Neural;

namespace Vedette.Engine.Learning;

/// <summary>Fits the networks that know in which order requests come.</summary>
internal static class SequenceTraining
{
    private const int MinSequences = 200;
    private const int MinTestSequences = 50;

    public static IEnumerable<SequenceModel> Fit(TrainingData data, Vocabulary vocabulary, TrainerOptions options, Action<string> progress, CancellationToken cancellation)
    {
        int[] routes = [.. data.Templates.Select(template => template is null ? -1 : vocabulary.IndexOf(template))];
        int kept = (int)(data.SequenceCount * (1 - options.HoldOut));
        TokenSequences training = Translate(data, routes, 0, kept), later = Translate(data, routes, kept, data.SequenceCount - kept);
        if (training.Count < MinSequences || Usable(later) < MinTestSequences) yield break;
        progress("LSTM");
        yield return SequenceModel.Of(ModelNames.Lstm, LstmLanguageModel.Fit(training, new LstmOptions
        {
            Vocabulary = vocabulary.TokenCount, Dimension = 32, HiddenDimension = 32, Layers = 1, Window = TokenRing.Capacity, Epochs = 4, Seed = options.Seed, MaxThreads = options.MaxThreads,
        }, cancellation), later);
        progress("Transformer");
        yield return SequenceModel.Of(ModelNames.Transformer, TransformerLanguageModel.Fit(training, new TransformerOptions
        {
            Vocabulary = vocabulary.TokenCount, Dimension = 32, InnerDimension = 64, Heads = 2, Layers = 1, Window = TokenRing.Capacity, Epochs = 4, Seed = options.Seed, MaxThreads = options.MaxThreads,
        }, cancellation), later);
    }

    private static TokenSequences Translate(TrainingData data, int[] routes, int start, int count)
    {
        var sequences = new TokenSequences();
        for (int i = start; i < start + count; i++)
        {
            int[] tokens = Array.ConvertAll(data.Sequences[i], raw =>
            {
                int route = RequestToken.RouteOf(raw);
                return Vocabulary.TokenOf(route < routes.Length ? routes[route] : -1, RequestToken.OutcomeOf(raw));
            });
            sequences.Add(tokens);
        }
        return sequences;
    }

    private static int Usable(TokenSequences sequences)
    {
        int usable = 0;
        for (int i = 0; i < sequences.Count; i++)
            if (sequences[i].Length >= SequenceModel.MinTokens) usable++;
        return usable;
    }
}
