using System.Buffers;
using System.Text;

namespace Vedette.Lab.Output;

/// <summary>UTF-8 bytes on their way to a stream.</summary>
internal sealed class LineBuffer(Stream output)
{
    private static readonly SearchValues<char> NeedsEscape =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\', '\u007f', .. Enumerable.Range(128, 128).Select(i => (char)i)]);

    private byte[] _bytes = new byte[1 << 18];
    private int _length;

    public long Written { get; private set; }

    public void Append(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    public void Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    public void Append(ReadOnlySpan<char> value)
    {
        Reserve(value.Length * 3);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    public void Append(long value)
    {
        Reserve(20);
        value.TryFormat(_bytes.AsSpan(_length), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Appends a number with leading zeros.</summary>
    public void AppendPadded(int value, int digits)
    {
        Reserve(digits);
        for (int i = digits - 1; i >= 0; i--, value /= 10) _bytes[_length + i] = (byte)('0' + value % 10);
        _length += digits;
    }

    /// <summary>Appends a quoted log field's content as Apache escapes it: <c>\"</c>, <c>\\</c>, <c>\xhh</c>; nginx writes <c>\x22</c> and <c>\x5C</c>.</summary>
    public void AppendLogEscaped(string value, bool asNginx)
    {
        if (!value.AsSpan().ContainsAny(NeedsEscape) && Ascii.IsValid(value))
        {
            Append(value);
            return;
        }
        foreach (byte b in Encoding.UTF8.GetBytes(value))
        {
            if (!asNginx && b is (byte)'"' or (byte)'\\')
            {
                Append((byte)'\\');
                Append(b);
            }
            else if (b is < 32 or >= 127 or (byte)'"' or (byte)'\\')
            {
                Append("\\x"u8);
                AppendHex(b, asNginx ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8);
            }
            else
            {
                Append(b);
            }
        }
    }

    /// <summary>Appends the content of a JSON string.</summary>
    public void AppendJsonEscaped(string value)
    {
        int plain = value.AsSpan().IndexOfAny(NeedsEscape);
        if (plain < 0)
        {
            Append(value);
            return;
        }
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                Append((byte)'\\');
                Append((byte)c);
            }
            else if (c < 32 || c >= 127)
            {
                Append("\\u"u8);
                AppendHex((byte)(c >> 8), "0123456789abcdef"u8);
                AppendHex((byte)c, "0123456789abcdef"u8);
            }
            else
            {
                Append((byte)c);
            }
        }
    }

    public void Flush()
    {
        output.Write(_bytes, 0, _length);
        Written += _length;
        _length = 0;
    }

    private void AppendHex(byte value, ReadOnlySpan<byte> digits)
    {
        Append(digits[value >> 4]);
        Append(digits[value & 15]);
    }

    private void Reserve(int length)
    {
        if (_bytes.Length - _length >= length) return;
        Flush();
        if (_bytes.Length < length) _bytes = new byte[length];
    }
}
