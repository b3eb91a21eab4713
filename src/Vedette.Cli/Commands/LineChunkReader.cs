namespace Vedette.Cli.Commands;

/// <summary>Reads a stream in chunks of whole lines. Empty lines are lines; a last line needs no line feed.</summary>
internal sealed class LineChunkReader(Stream stream, int maxLines, int maxBytes)
{
    private readonly List<(int Start, int Length)> _lines = [];
    private byte[] _buffer = new byte[1 << 16];
    private int _used;
    private int _next;
    private bool _atEnd;

    public int LineCount => _lines.Count;

    /// <summary>Line <paramref name="index"/> of the chunk without its line end; valid until the next chunk.</summary>
    public ReadOnlyMemory<byte> this[int index] => _buffer.AsMemory(_lines[index].Start, _lines[index].Length);

    /// <summary>Reads the next chunk; false at the end.</summary>
    public bool ReadChunk()
    {
        _lines.Clear();
        _buffer.AsSpan(_next, _used - _next).CopyTo(_buffer);
        _used -= _next;
        _next = 0;
        int searched = 0;
        while (_lines.Count < maxLines)
        {
            int feed = _buffer.AsSpan(searched, _used - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                AddLine(searched + feed, searched + feed + 1);
                searched = _next;
                continue;
            }
            searched = _used;
            if (_atEnd || _lines.Count > 0 && _used >= maxBytes) break;
            Fill();
        }
        if (_atEnd && _lines.Count < maxLines && _next < _used && searched == _used) AddLine(_used, _used);
        return _lines.Count > 0;
    }

    private void AddLine(int end, int next)
    {
        int length = end - _next;
        if (length > 0 && _buffer[end - 1] == '\r') length--;
        _lines.Add((_next, length));
        _next = next;
    }

    private void Fill()
    {
        if (_used == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = stream.Read(_buffer, _used, _buffer.Length - _used);
        _atEnd = read == 0;
        _used += read;
    }
}
