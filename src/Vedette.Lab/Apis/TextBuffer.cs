using System.Globalization;

namespace Vedette.Lab.Apis;

/// <summary>A growing line of text that is reused from request to request.</summary>
internal sealed class TextBuffer
{
    private const string HexDigits = "0123456789ABCDEF";
    private char[] _text = new char[1024];
    private int _length;

    public void Append(char value)
    {
        if (_length == _text.Length) Array.Resize(ref _text, _length * 2);
        _text[_length++] = value;
    }

    public void Append(ReadOnlySpan<char> value)
    {
        while (_length + value.Length > _text.Length) Array.Resize(ref _text, _text.Length * 2);
        value.CopyTo(_text.AsSpan(_length));
        _length += value.Length;
    }

    public void Append(long value, ReadOnlySpan<char> format = default)
    {
        int written;
        while (!value.TryFormat(_text.AsSpan(_length), out written, format, CultureInfo.InvariantCulture)) Array.Resize(ref _text, _text.Length * 2);
        _length += written;
    }

    /// <summary>Appends the lowest <paramref name="digits"/> hexadecimal digits of a number, lower case.</summary>
    public void AppendHex(ulong value, int digits)
    {
        for (int i = digits - 1; i >= 0; i--) Append(char.ToLowerInvariant(HexDigits[(int)(value >> (i * 4)) & 15]));
    }

    /// <summary>The text so far; the buffer is empty afterwards.</summary>
    public string Take()
    {
        string text = _length == 0 ? "" : new string(_text, 0, _length);
        _length = 0;
        return text;
    }
}
