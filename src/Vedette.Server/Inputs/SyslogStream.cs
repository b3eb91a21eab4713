using Vedette.Engine.Events;

namespace Vedette.Server.Inputs;

/// <summary>Cuts a TCP stream into syslog messages (RFC 6587): each begins with its length in digits and a blank, or ends with a line feed.</summary>
internal sealed class SyslogStream(Stream stream)
{
    private const int MaxMessage = 64 * 1024;
    private const int MaxLengthDigits = 6;

    private readonly byte[] _buffer = new byte[2 * MaxMessage];
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>Empties the batch and fills it with what has come; waits until there is at least one message. False at the end.</summary>
    /// <exception cref="InvalidDataException">A message is longer than 64 KiB: the sender does not speak syslog.</exception>
    public async ValueTask<bool> ReadAsync(EventBatch lines, int most, CancellationToken cancellationToken)
    {
        lines.Clear();
        while (true)
        {
            while (lines.LineCount < most && TryTake(out ReadOnlyMemory<byte> message))
                if (!message.IsEmpty) lines.AddLine(lines.Append(message.Span), lines.LineCount + 1);
            if (lines.LineCount > 0) return true;
            if (_hasEnded) return false;
            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end > MaxMessage) throw new InvalidDataException($"A syslog message is longer than {MaxMessage} bytes.");
        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _hasEnded = read == 0;
        _end += read;
    }

    private bool TryTake(out ReadOnlyMemory<byte> message)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        message = default;
        if (TryReadLength(rest, out int header, out int length))
        {
            if (length > MaxMessage) throw new InvalidDataException($"A syslog message of {length} bytes is announced; {MaxMessage} are read.");
            if (rest.Length < header + length && !_hasEnded) return false;
            length = Math.Min(length, rest.Length - header);
            message = _buffer.AsMemory(_start + header, length).TrimEnd("\r\n"u8);
            _start += header + length;
            return true;
        }
        int newline = rest.IndexOf((byte)'\n');
        if (newline < 0 && !(_hasEnded && rest.Length > 0)) return false;
        message = _buffer.AsMemory(_start, newline < 0 ? rest.Length : newline).TrimEnd("\r"u8);
        _start += newline < 0 ? rest.Length : newline + 1;
        return true;
    }

    /// <summary>Digits, a blank, and the priority's bracket: nothing else begins like this.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> text, out int header, out int length)
    {
        header = length = 0;
        while (header < text.Length && header < MaxLengthDigits && (uint)(text[header] - '0') <= 9) length = length * 10 + text[header++] - '0';
        if (header == 0 || header + 1 >= text.Length || text[header] != (byte)' ' || text[header + 1] != (byte)'<') return false;
        header++;
        return true;
    }
}
