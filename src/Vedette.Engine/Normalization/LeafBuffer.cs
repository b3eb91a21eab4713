namespace Vedette.Engine.Normalization;

/// <summary>The leaves of one request over one bounded text. Reused from request to request; what does not fit is counted.</summary>
internal sealed class LeafBuffer
{
    public const int TextCapacity = 64 * 1024;
    public const int LeafCapacity = 256;
    public const int MaxDepth = 5;

    private readonly byte[] _text = new byte[TextCapacity];
    private readonly Leaf[] _leaves = new Leaf[LeafCapacity];

    public int TextLength { get; private set; }

    public int Count { get; private set; }

    /// <summary>Values that were cut or left out for want of room or depth.</summary>
    public int Truncated { get; set; }

    public ReadOnlySpan<Leaf> Leaves => _leaves.AsSpan(0, Count);

    /// <summary>Room behind the text.</summary>
    public Span<byte> Free => _text.AsSpan(TextLength);

    public ReadOnlySpan<byte> Text(int start, int length) => _text.AsSpan(start, length);

    public ReadOnlySpan<byte> Text(in Leaf leaf) => _text.AsSpan(leaf.Start, leaf.Length);

    public Span<byte> Writable(in Leaf leaf) => _text.AsSpan(leaf.Start, leaf.Length);

    public ReadOnlySpan<byte> Name(in Leaf leaf) => _text.AsSpan(leaf.NameStart, leaf.NameLength);

    /// <summary>Takes the first <paramref name="length"/> bytes of <see cref="Free"/> as text and returns their position.</summary>
    public int Commit(int length)
    {
        int start = TextLength;
        TextLength += length;
        return start;
    }

    /// <summary>Copies as much as fits; a cut is counted.</summary>
    public (int Start, int Length) Copy(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, Free.Length);
        if (length < bytes.Length) Truncated++;
        bytes[..length].CopyTo(Free);
        return (Commit(length), length);
    }

    /// <summary>False, and counted, if there is no room for one more.</summary>
    public bool Add(in Leaf leaf)
    {
        if (Count == LeafCapacity)
        {
            Truncated++;
            return false;
        }
        _leaves[Count++] = leaf;
        return true;
    }

    public void Clear() => TextLength = Count = Truncated = 0;
}
