namespace Vedette.Engine.Redaction;

/// <summary>Where masked text is put together. For one thread; what was made of one text is valid until the next.</summary>
public sealed class RedactionBuffer
{
    private byte[] _front = [];
    private byte[] _back = [];
    private int _length;

    /// <summary>Begins a text that is no longer than five times the one it is made of: a mask of three bytes, with quotation marks five, stands for one byte at least.</summary>
    internal void Begin(int sourceLength)
    {
        // The source may be what was made before, so it must stay where it is.
        (_front, _back) = (_back, _front);
        if (_front.Length < sourceLength * 5 + 16) _front = new byte[sourceLength * 5 + 16];
        _length = 0;
    }

    internal void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_front.AsSpan(_length));
        _length += text.Length;
    }

    internal ReadOnlySpan<byte> Text => _front.AsSpan(0, _length);
}
