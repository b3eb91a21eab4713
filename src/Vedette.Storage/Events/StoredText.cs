using System.Text;

namespace Vedette.Storage.Events;

/// <summary>Text out of traffic as databases take it: valid UTF-8 without NUL.</summary>
internal static class StoredText
{
    /// <summary>The text, with U+FFFD in place of bytes that are no UTF-8 and of NUL.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
    }

    /// <summary>True if the bytes can be stored as they are.</summary>
    public static bool IsStorable(ReadOnlySpan<byte> bytes) => !bytes.Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>At most so many bytes, not cut in the middle of a character.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        int length = maxLength;
        while (length > maxLength - 4 && (text[length] & 0xC0) == 0x80) length--;
        return text[..length];
    }
}
