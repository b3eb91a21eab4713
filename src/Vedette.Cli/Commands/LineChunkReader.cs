namespace Vedette.Cli.Commands;

/// <summary>Reads a stream in chunks of whole lines. Empty lines are lines; a last line needs no line feed.</summary>
internal sealed class LineChunkReader(Stream stream, int maxLines, int maxBytes, int maxLine = LineChunkReader.MaxLineBytes)
{
    /// <summary>Longer lines are dropped and marked: no input may take all memory.</summary>
    public const int MaxLineBytes = 64 << 20;

    private readonly List<(int Start, int Length)> _lines = [];
    private readonly HashSet<int> _tooLong = [];
    private byte[] _buffer = new byte[1 << 16];
    private int _used;
    private int _next;
    private bool _atEnd;

    public int LineCount => _lines.Count;

    /// <summary>Line <paramref name="index"/> of the chunk without its line end; valid until the next chunk.</summary>
    public ReadOnlyMemory<byte> this[int index] => _buffer.AsMemory(_lines[index].Start, _lines[index].Length);

    /// <summary>True if the line had more than <see cref="MaxLineBytes"/> and nothing of it was kept.</summary>
    public bool IsTooLong(int index) => _tooLong.Contains(index);

    /// <summary>Reads the next chunk; false at the end.</summary>
    public bool ReadChunk()
    {
        _lines.Clear();
        _tooLong.Clear();
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
            if (_used - _next > maxLine)
            {
                SkipLine();
                searched = _next;
                continue;
            }
            Fill();
        }
        if (_atEnd && _lines.Count < maxLines && _next < _used && searched == _used) AddLine(_used, _used);
        return _lines.Count > 0;
    }

    /// <summary>Drops what was read of the line and reads on to its end.</summary>
    private void SkipLine()
    {
        _tooLong.Add(_lines.Count);
        _lines.Add((_next, 0));
        int feed = -1;
        while (feed < 0 && !_atEnd)
        {
            _used = _next;
            Fill();
            feed = _buffer.AsSpan(_next, _used - _next).IndexOf((byte)'\n');
        }
        _next = feed < 0 ? _used : _next + feed + 1;
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
