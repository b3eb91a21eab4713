using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Finds all literals in one pass.</summary>
/// <remarks>
/// A. Aho, M. Corasick, "Efficient String Matching", CACM 18(6), 1975, with the failure links resolved into one transition table over classes of bytes:
/// one table access per byte, whatever the number of literals. Immutable and thread-safe.
/// </remarks>
internal sealed class LiteralMatcher
{
    private readonly byte[] _classOf = new byte[256];
    private readonly int _classCount;
    private readonly ushort[] _next;
    private readonly Literal[][] _ends;

    public LiteralMatcher(IReadOnlyList<Literal> literals)
    {
        _classCount = 1;
        foreach (var literal in literals)
            foreach (byte b in literal.Bytes)
                if (_classOf[b] == 0) _classOf[b] = (byte)_classCount++;
        for (int b = 'A'; b <= 'Z'; b++) _classOf[b] = _classOf[b | 0x20];
        int capacity = literals.Sum(literal => literal.Bytes.Length) + 1;
        if (capacity > ushort.MaxValue) throw new ArgumentException($"{capacity} bytes of literals are too many for the table.", nameof(literals));
        _next = new ushort[capacity * _classCount];
        var ends = new List<Literal>[capacity];
        int states = Insert(literals, ends);
        Resolve(states, ends);
        _ends = Array.ConvertAll(ends, list => list?.ToArray() ?? []);
    }

    /// <summary>Marks the rules whose literals occur in the leaf. O(length).</summary>
    public void Match(in LeafView leaf)
    {
        int state = 0;
        var text = leaf.Text;
        for (int i = 0; i < text.Length; i++)
        {
            state = _next[state * _classCount + _classOf[text[i]]];
            if (_ends[state].Length > 0) MarkEnds(leaf, state, i + 1);
        }
    }

    private void MarkEnds(in LeafView leaf, int state, int end)
    {
        foreach (var literal in _ends[state])
            if (Counts(leaf, literal, end)) leaf.Mark(literal.Rule, end - literal.Bytes.Length, literal.Bytes.Length);
    }

    private static bool Counts(in LeafView leaf, Literal literal, int end)
    {
        var scope = literal.Scope;
        if (scope == LiteralScope.Anywhere) return true;
        int start = end - literal.Bytes.Length;
        var text = leaf.Text;
        if ((scope & LiteralScope.WordStart) != 0 && Bytes.IsWord(Bytes.At(text, start - 1))) return false;
        if ((scope & LiteralScope.WordEnd) != 0 && Bytes.IsWord(Bytes.At(text, end))) return false;
        if ((scope & LiteralScope.Call) != 0 && Bytes.At(text, Bytes.SkipBlank(text, end)) != '(') return false;
        if ((scope & LiteralScope.Begin) != 0 && Bytes.SkipSpace(text, 0) != start) return false;
        if ((scope & LiteralScope.End) != 0 && end != text.Length) return false;
        if ((scope & LiteralScope.Segment) != 0 && start != 0 && text[start - 1] != '/') return false;
        if ((scope & LiteralScope.Path) != 0 && leaf.Part != RequestPart.Path) return false;
        if ((scope & LiteralScope.Value) != 0 && leaf.Part == RequestPart.Path) return false;
        if ((scope & LiteralScope.Agent) != 0 && leaf.Part != RequestPart.UserAgent) return false;
        return (scope & LiteralScope.Name) == 0 || leaf.IsName;
    }

    private int Insert(IReadOnlyList<Literal> literals, List<Literal>[] ends)
    {
        int states = 1;
        foreach (var literal in literals)
        {
            int state = 0;
            foreach (byte b in literal.Bytes)
            {
                ref ushort next = ref _next[state * _classCount + _classOf[b]];
                if (next == 0) next = (ushort)states++;
                state = next;
            }
            (ends[state] ??= []).Add(literal);
        }
        return states;
    }

    /// <summary>Breadth first: a missing transition is that of the longest proper suffix, whose own are already complete.</summary>
    private void Resolve(int states, List<Literal>[] ends)
    {
        int[] fail = new int[states];
        var queue = new Queue<int>();
        for (int c = 0; c < _classCount; c++)
            if (_next[c] != 0) queue.Enqueue(_next[c]);
        while (queue.TryDequeue(out int state))
        {
            if (ends[fail[state]] is { } inherited) (ends[state] ??= []).AddRange(inherited);
            for (int c = 0; c < _classCount; c++)
            {
                ref ushort next = ref _next[state * _classCount + c];
                ushort fallback = _next[fail[state] * _classCount + c];
                if (next == 0)
                {
                    next = fallback;
                    continue;
                }
                fail[next] = fallback;
                queue.Enqueue(next);
            }
        }
    }
}
