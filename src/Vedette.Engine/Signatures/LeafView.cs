using System.Numerics;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>What the analysers see of one leaf.</summary>
internal readonly ref struct LeafView
{
    /// <summary>The text with ASCII letters in lower case; positions are those of the leaf.</summary>
    public required ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The parameter's name in lower case; empty if it has none.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    public required Leaf Leaf { get; init; }

    /// <summary>The ASCII characters that occur in <see cref="Text"/>.</summary>
    public required AsciiSet Present { get; init; }

    public required RuleHits Hits { get; init; }

    public RequestPart Part => Leaf.Part;

    public bool IsName => (Leaf.Encodings & LeafEncodings.IsName) != 0;

    public void Mark(Rule rule, int start, int length) => Hits.Mark(rule, start, length);
}

/// <summary>A set of ASCII characters.</summary>
internal struct AsciiSet
{
    private ulong _low, _high;

    public void Add(byte b)
    {
        if (b < 64) _low |= 1UL << b;
        else if (b < 128) _high |= 1UL << b;
    }

    public static AsciiSet Of(ReadOnlySpan<byte> characters)
    {
        var set = default(AsciiSet);
        foreach (byte b in characters) set.Add(b);
        return set;
    }

    /// <summary>How many characters both sets hold.</summary>
    public readonly int CommonWith(AsciiSet other) => BitOperations.PopCount(_low & other._low) + BitOperations.PopCount(_high & other._high);

    public readonly bool Has(char c) => ((c < 64 ? _low : _high) >> c & 1) != 0;

    /// <summary>Writes <paramref name="source"/> in lower case and collects its characters.</summary>
    public static AsciiSet Lower(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var set = default(AsciiSet);
        for (int i = 0; i < source.Length; i++)
        {
            byte b = source[i];
            if ((uint)(b - 'A') <= 'Z' - 'A') b |= 0x20;
            set.Add(b);
            target[i] = b;
        }
        return set;
    }
}

/// <summary>Byte classes shared by the analysers.</summary>
internal static class Bytes
{
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0B or 0x0C or 0xA0;

    public static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    /// <summary>A letter of lower-cased text.</summary>
    public static bool IsLetter(byte b) => (uint)(b - 'a') <= 25;

    public static bool IsWord(byte b) => IsLetter(b) || IsDigit(b) || b == '_';

    /// <summary>The first position at or after <paramref name="at"/> that is no space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsSpace(text[at])) at++;
        return at;
    }

    /// <summary>The first position at or after <paramref name="at"/> that belongs neither to white space nor to a comment of program text.</summary>
    public static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            at = SkipSpace(text, at);
            var rest = text[Math.Min(at, text.Length)..];
            int end = rest.StartsWith("/*"u8) ? rest.IndexOf("*/"u8) + 1 : rest.StartsWith("//"u8) || rest.StartsWith("#"u8) ? rest.IndexOf((byte)'\n') : 0;
            if (end <= 0) return at;
            at += end + 1;
        }
    }

    /// <summary>The first position at or after <paramref name="at"/> that belongs to no word.</summary>
    public static int SkipWord(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsWord(text[at])) at++;
        return at;
    }

    /// <summary>The byte at <paramref name="at"/>, or 0 outside the text.</summary>
    public static byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;
}
