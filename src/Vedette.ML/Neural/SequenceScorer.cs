using System.Collections.Concurrent;

namespace Vedette.ML.Neural;

/// <summary>Scores sequences of any length with a network that sees one window at a time.</summary>
internal sealed class SequenceScorer(SequenceNetwork network, int window, float unknownSurprisal)
{
    // Bounded by the number of threads that ever score at once.
    private readonly ConcurrentQueue<Seat> _seats = new();

    public SequenceNetwork Network => network;

    public float UnknownSurprisal => unknownSurprisal;

    /// <summary>
    /// Good and Turing: the chance of something new is the share of tokens seen exactly once. Tokens outside the vocabulary count as such, and one more
    /// keeps the estimate above zero.
    /// </summary>
    public static float EstimateUnknown(TokenSequences sequences, int vocabulary)
    {
        int[] counts = new int[vocabulary];
        long singles = 1;
        for (int i = 0; i < sequences.Count; i++)
        {
            foreach (int token in sequences[i])
            {
                if ((uint)token < (uint)vocabulary) counts[token]++;
                else singles++;
            }
        }
        foreach (int count in counts) singles += count == 1 ? 1 : 0;
        return (float)-Math.Log((double)singles / (sequences.TokenCount + 2));
    }

    /// <summary>Scores in windows that overlap by half: each but the first scores its second half only.</summary>
    public void Surprisal(ReadOnlySpan<int> tokens, Span<float> surprisal)
    {
        if (tokens.Length != surprisal.Length)
            throw new ArgumentException($"{surprisal.Length} places are not one for each of {tokens.Length} tokens.", nameof(surprisal));
        Seat seat = Take();
        int stride = Math.Max(1, window / 2);
        int scored = 0;
        for (int start = 0; scored < tokens.Length; start += stride)
        {
            int end = Math.Min(tokens.Length, start + window);
            if (end <= scored) continue;
            seat.Batch.Clear();
            seat.Batch.Add(tokens, start, end);
            network.Surprisal(seat.Batch, seat.Workspace, scored - start, unknownSurprisal, surprisal[scored..]);
            scored = end;
        }
        _seats.Enqueue(seat);
    }

    public float SurprisalOfLast(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty) throw new ArgumentException("0 tokens are too few; at least 1 is needed.", nameof(tokens));
        Seat seat = Take();
        float surprisal = 0;
        seat.Batch.Clear();
        seat.Batch.Add(tokens, Math.Max(0, tokens.Length - window), tokens.Length);
        network.Surprisal(seat.Batch, seat.Workspace, seat.Batch.Rows - 1, unknownSurprisal, new Span<float>(ref surprisal));
        _seats.Enqueue(seat);
        return surprisal;
    }

    private Seat Take() => _seats.TryDequeue(out Seat? seat) ? seat : new Seat(network);

    private sealed class Seat(SequenceNetwork network)
    {
        public SequenceBatch Batch { get; } = new(network.Vocabulary);

        public SequenceWorkspace Workspace { get; } = network.CreateWorkspace();
    }
}
