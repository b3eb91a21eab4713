using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Sources;

/// <summary>Cuts a stream of bytes into whole lines. Lines end with LF or CR LF; the last one may lack its end.</summary>
/// <remarks>
/// Memory is bounded by block and line limit: of a longer line only the first <see cref="KeptOfLongLine"/> bytes are kept, as a failure. NUL bytes
/// in front of a line (left where a file was truncated while it was written) are dropped.
/// </remarks>
public sealed class LineReader
{
    /// <summary>How much of a line that is too long is kept for display.</summary>
    public const int KeptOfLongLine = 512;

    /// <summary>Default of the longest line that is read, in bytes.</summary>
    public const int DefaultMaxLineLength = 1 << 20;

    /// <summary>Default of the bytes read into one batch.</summary>
    public const int DefaultBlockLength = 1 << 20;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private const int MaxFieldsLength = 16 * 1024;

    private readonly Stream _stream;
    private readonly ushort _source;
    private readonly int _maxLineLength;
    private readonly int _blockLength;
    private byte[] _carry = [];
    private int _carried;
    private byte[] _fields = [];
    private long _line;
    private bool _isSkipping;
    private bool _hasEnded;

    /// <param name="stream">Read to its end; stays open.</param>
    /// <param name="source">Index given to every line.</param>
    /// <param name="maxLineLength">Longest line, in bytes.</param>
    /// <param name="blockLength">Bytes read into one batch; a batch also holds the start of a line cut by the block before.</param>
    public LineReader(Stream stream, ushort source = 0, int maxLineLength = DefaultMaxLineLength, int blockLength = DefaultBlockLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockLength, 1);
        _stream = stream;
        _source = source;
        _maxLineLength = maxLineLength;
        _blockLength = blockLength;
    }

    /// <summary>
    /// True to hand on the lines of one read at once instead of filling the block, and to keep an unfinished line at the stream's end for
    /// later: for a file that is still written to.
    /// </summary>
    public bool IsLive { get; init; }

    /// <summary>Bytes read so far that made no whole line yet.</summary>
    public int PendingBytes => _carried;

    /// <summary>Adds lines to <paramref name="batch"/>, which must be empty.</summary>
    /// <returns>False if the stream gave nothing more; true even if the bytes read made no whole line yet.</returns>
    public bool Read(EventBatch batch)
    {
        if (_hasEnded) return false;
        if (_fields.Length > 0) batch.FieldsDirective = batch.Append(_fields);
        int start = batch.TextLength;
        batch.Append(_carry.AsSpan(0, _carried));
        int scanned = batch.TextLength;
        _carried = 0;
        int read = Fill(batch);
        int rest = AddLines(batch, start, scanned);
        if (read < _blockLength && !IsLive)
        {
            _hasEnded = true;
            if (rest < batch.TextLength || _isSkipping) AddLine(batch, rest, batch.TextLength);
            return batch.LineCount > 0 || batch.Failures.Count > 0 || read > 0;
        }
        Carry(batch, rest);
        return read > 0;
    }

    /// <summary>Hands on an unfinished line, for a live stream that will not be continued.</summary>
    public bool Flush(EventBatch batch)
    {
        if (_carried == 0 && !_isSkipping) return false;
        if (_fields.Length > 0) batch.FieldsDirective = batch.Append(_fields);
        Utf8Slice text = batch.Append(_carry.AsSpan(0, _carried));
        _carried = 0;
        AddLine(batch, text.Offset, text.End);
        return batch.LineCount > 0;
    }

    private int Fill(EventBatch batch)
    {
        int total = 0;
        while (total < _blockLength)
        {
            int read = _stream.Read(batch.Reserve(_blockLength - total)[..(_blockLength - total)]);
            if (read == 0) break;
            batch.Commit(read);
            total += read;
            if (IsLive) break;
        }
        return total;
    }

    /// <summary>Adds the lines of the text from <paramref name="start"/> on, knowing that none ends before <paramref name="scanned"/>; returns where the unfinished one starts.</summary>
    private int AddLines(EventBatch batch, int start, int scanned)
    {
        ReadOnlySpan<byte> text = batch.Text;
        int end = text.Length;
        while (true)
        {
            int found = text[scanned..end].IndexOf((byte)'\n');
            if (found < 0) return start;
            AddLine(batch, start, scanned + found);
            start = scanned = scanned + found + 1;
        }
    }

    private void AddLine(EventBatch batch, int start, int end)
    {
        _line++;
        if (_isSkipping)
        {
            _isSkipping = false;
            return;
        }
        ReadOnlySpan<byte> text = batch.Text[start..end];
        if (text.Length > 0 && text[^1] == (byte)'\r') text = text[..^1];
        if (_line == 1 && text.StartsWith(ByteOrderMark))
        {
            start += ByteOrderMark.Length;
            text = text[ByteOrderMark.Length..];
        }
        if (text.Length > 0 && text[0] == 0)
        {
            int nuls = text.IndexOfAnyExcept((byte)0);
            if (nuls < 0) nuls = text.Length;
            start += nuls;
            text = text[nuls..];
        }
        if (text.Length > _maxLineLength)
        {
            batch.Failures.Add(new ParseFailure(_line, _source, ParseError.TooLong, _maxLineLength, new Utf8Slice(start, Math.Min(text.Length, KeptOfLongLine))));
            return;
        }
        if (text.Length <= MaxFieldsLength && W3CDirective.IsFields(text)) _fields = text.ToArray();
        batch.AddLine(new Utf8Slice(start, text.Length), _line, _source);
    }

    /// <summary>Keeps the unfinished line for the next batch, or notes that it is too long and that its rest is to be dropped.</summary>
    private void Carry(EventBatch batch, int rest)
    {
        ReadOnlySpan<byte> text = batch.Text[rest..];
        if (_isSkipping) return;
        int nuls = text.IndexOfAnyExcept((byte)0);
        text = nuls < 0 ? default : text[nuls..];
        if (text.Length > _maxLineLength)
        {
            _isSkipping = true;
            int start = batch.TextLength - text.Length;
            batch.Failures.Add(new ParseFailure(_line + 1, _source, ParseError.TooLong, _maxLineLength, new Utf8Slice(start, Math.Min(text.Length, KeptOfLongLine))));
            return;
        }
        if (_carry.Length < text.Length) _carry = new byte[Math.Max(text.Length, 4096)];
        text.CopyTo(_carry);
        _carried = text.Length;
    }
}
