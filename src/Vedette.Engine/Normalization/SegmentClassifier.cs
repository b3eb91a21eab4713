namespace Vedette.Engine.Normalization;

/// <summary>Tells an identifier from a word by its characters. Linear in the segment, no state.</summary>
/// <remarks>
/// Words end in at most two digits in practice (<c>v2</c>, <c>oauth2</c>, <c>mp3</c>, <c>base64</c>); what carries more digits, or mixes hex digits over
/// eight characters, or is long and of mixed case with digits, names an object. Words that look like none of these but are many are found
/// by <see cref="RouteTable"/> from the traffic.
/// </remarks>
internal static class SegmentClassifier
{
    private const int MinHashLength = 8;
    private const int MinTokenLength = 20;

    private static readonly ulong[] ByteCounts = MakeByteCounts();

    public static SegmentKind Classify(ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty) return SegmentKind.Literal;
        // Eight-bit counters side by side in one word; longer segments are judged by their beginning.
        if (segment.Length > 255) segment = segment[..255];
        ulong counts = 0;
        foreach (byte b in segment) counts += ByteCounts[b];
        int digits = (int)(counts & 0xFF), hexLetters = (int)(counts >> 8 & 0xFF), otherLetters = (int)(counts >> 16 & 0xFF);
        int upper = (int)(counts >> 24 & 0xFF), dashes = (int)(counts >> 32 & 0xFF), other = (int)(counts >> 40 & 0xFF);
        int length = segment.Length;
        if (digits == length) return SegmentKind.Number;
        if (other > 0) return ClassifyWithPunctuation(segment, digits);
        if (digits == 0) return length >= MinTokenLength && dashes == 0 && IsMixedCase(upper, hexLetters + otherLetters, length) ? SegmentKind.Identifier : SegmentKind.Literal;
        if (IsDate(segment)) return SegmentKind.Date;
        if (otherLetters == 0 && hexLetters + digits >= MinHashLength && digits * 8 >= length) return SegmentKind.Identifier;
        if (length >= MinTokenLength && digits >= 3 && dashes <= length / 8) return SegmentKind.Identifier;
        int trailingDigits = length - 1 - segment.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        // Several words and a number: the title of one article.
        if (dashes >= 3 && trailingDigits >= 1) return SegmentKind.Identifier;
        if (digits >= 3 && (trailingDigits >= 3 || digits * 3 >= length) && dashes <= 2) return SegmentKind.Identifier;
        return SegmentKind.Literal;
    }

    /// <summary>True for endings of files that browsers fetch along with a page, and of the pieces of films and sounds that players fetch by themselves.</summary>
    public static bool HasAssetExtension(ReadOnlySpan<byte> segment)
    {
        int dot = segment.LastIndexOf((byte)'.');
        if (dot < 0 || segment.Length - dot is < 3 or > 7) return false;
        Span<byte> extension = stackalloc byte[6];
        int length = segment.Length - dot - 1;
        for (int i = 0; i < length; i++) extension[i] = (byte)(segment[dot + 1 + i] | 0x20);
        ReadOnlySpan<byte> e = extension[..length];
        return length switch
        {
            2 => e.SequenceEqual("js"u8) || e.SequenceEqual("ts"u8),
            3 => e.SequenceEqual("css"u8) || e.SequenceEqual("png"u8) || e.SequenceEqual("jpg"u8) || e.SequenceEqual("gif"u8) || e.SequenceEqual("svg"u8)
                || e.SequenceEqual("ico"u8) || e.SequenceEqual("ttf"u8) || e.SequenceEqual("map"u8) || e.SequenceEqual("mp3"u8) || e.SequenceEqual("mp4"u8)
                || e.SequenceEqual("otf"u8) || e.SequenceEqual("eot"u8) || e.SequenceEqual("mjs"u8) || e.SequenceEqual("bmp"u8)
                || e.SequenceEqual("m4s"u8) || e.SequenceEqual("m4a"u8) || e.SequenceEqual("m4v"u8) || e.SequenceEqual("aac"u8),
            4 => e.SequenceEqual("woff"u8) || e.SequenceEqual("jpeg"u8) || e.SequenceEqual("webp"u8) || e.SequenceEqual("avif"u8) || e.SequenceEqual("webm"u8),
            5 => e.SequenceEqual("woff2"u8),
            _ => false,
        };
    }

    private static SegmentKind ClassifyWithPunctuation(ReadOnlySpan<byte> segment, int digits)
    {
        if (HasAssetExtension(segment)) return SegmentKind.Asset;
        int at = segment.IndexOf((byte)'@');
        if (at > 0 && segment[at..].Contains((byte)'.')) return SegmentKind.Identifier;
        if (IsDate(segment)) return SegmentKind.Date;
        int dot = segment.LastIndexOf((byte)'.');
        bool decimalNumber = dot > 0 && digits == segment.Length - 1;
        if (decimalNumber) return SegmentKind.Number;
        // One dot may part an id from its format: 1842.json.
        if (dot > 0 && segment.Length - dot <= 5 && segment.IndexOf((byte)'.') == dot)
            return Classify(segment[..dot]) is var stem && stem != SegmentKind.Literal ? SegmentKind.Identifier : SegmentKind.Literal;
        return digits >= 6 && digits * 2 >= segment.Length ? SegmentKind.Identifier : SegmentKind.Literal;
    }

    private static bool IsMixedCase(int upper, int letters, int length) => letters == length && upper * 5 >= length && upper * 5 <= length * 4;

    private static bool IsDate(ReadOnlySpan<byte> s) =>
        s.Length >= 10 && (s[0] is (byte)'1' or (byte)'2') && IsDigits(s[1..4]) && s[4] == (byte)'-' && IsDigits(s[5..7]) && s[7] == (byte)'-' && IsDigits(s[8..10])
        && (s.Length == 10 || s[10] is (byte)'T' or (byte)' ' or (byte)'_');

    private static bool IsDigits(ReadOnlySpan<byte> s) => !s.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>For each byte a one in the counters it adds to: digits, hex letters, other letters, capitals, dashes, the rest.</summary>
    private static ulong[] MakeByteCounts()
    {
        var counts = new ulong[256];
        for (int b = 0; b < counts.Length; b++)
        {
            uint letter = (uint)(b | 0x20) - 'a';
            counts[b] = (uint)(b - '0') <= 9 ? 1UL
                : letter <= 5 ? 1UL << 8
                : letter <= 25 ? 1UL << 16
                : b is '-' or '_' ? 1UL << 32
                : 1UL << 40;
            if ((uint)(b - 'A') <= 25) counts[b] += 1UL << 24;
        }
        return counts;
    }
}
