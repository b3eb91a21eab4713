using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Finds which of many words occur in a text, in one pass, case ignored (Aho-Corasick). Immutable and thread-safe.</summary>
/// <remarks>
/// A blank in a word stands for one byte that is no letter or digit, or for an end of the text. The table has one row of next states per state over 37 classes of bytes.
/// </remarks>
internal sealed class WordMatcher
{
    private const int ClassCount = 37;
    private const int Boundary = 0;

    private static readonly byte[] Classes = BuildClasses();

    private readonly ushort[] _next;
    private readonly ushort[] _best;

    /// <param name="words">In order of precedence. Letters, digits, and blanks for boundaries.</param>
    public WordMatcher(IReadOnlyList<string> words)
    {
        int capacity = words.Sum(word => word.Length) + 1;
        if (capacity > ushort.MaxValue) throw new ArgumentException($"{capacity} letters are more than {ushort.MaxValue}.", nameof(words));
        var next = new ushort[capacity * ClassCount];
        _best = new ushort[capacity];
        Array.Fill(_best, ushort.MaxValue);
        ushort states = 1;
        for (int i = 0; i < words.Count; i++)
        {
            int state = 0;
            foreach (byte b in Encoding.ASCII.GetBytes(words[i]))
            {
                ref ushort child = ref next[state * ClassCount + Classes[b]];
                if (child == 0) child = states++;
                state = child;
            }
            _best[state] = Math.Min(_best[state], (ushort)i);
        }
        Connect(next, states);
        _next = next;
    }

    /// <summary>Index of the word listed first among those in <paramref name="text"/>, or -1.</summary>
    public int FindFirstListed(ReadOnlySpan<byte> text)
    {
        ushort best = ushort.MaxValue;
        int state = _next[Boundary];
        foreach (byte b in text)
        {
            state = _next[state * ClassCount + Classes[b]];
            best = Math.Min(best, _best[state]);
        }
        best = Math.Min(best, _best[_next[state * ClassCount + Boundary]]);
        return best == ushort.MaxValue ? -1 : best;
    }

    /// <summary>Turns the trie into an automaton: a missing transition leads where the longest proper suffix leads.</summary>
    private void Connect(ushort[] next, int states)
    {
        var fail = new ushort[states];
        var queue = new Queue<ushort>();
        for (int c = 0; c < ClassCount; c++)
            if (next[c] != 0) queue.Enqueue(next[c]);
        while (queue.TryDequeue(out ushort state))
        {
            _best[state] = Math.Min(_best[state], _best[fail[state]]);
            for (int c = 0; c < ClassCount; c++)
            {
                ref ushort child = ref next[state * ClassCount + c];
                ushort fallback = next[fail[state] * ClassCount + c];
                if (child == 0)
                {
                    child = fallback;
                    continue;
                }
                fail[child] = fallback;
                queue.Enqueue(child);
            }
        }
    }

    // Class 0 is everything but letters and digits.
    private static byte[] BuildClasses()
    {
        var classes = new byte[256];
        for (int i = 0; i < 26; i++) classes['a' + i] = classes['A' + i] = (byte)(i + 1);
        for (int i = 0; i < 10; i++) classes['0' + i] = (byte)(i + 27);
        return classes;
    }
}
