using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>What kind of value it is, told from its bytes alone.</summary>
internal enum ParameterKind : byte
{
    Empty,
    Number,
    Word,
    Token,
    Text,
    Markup,

    /// <summary>Number of kinds; not one itself.</summary>
    Count,
}

/// <summary>Characters a value holds that most values do not; one bit each.</summary>
[Flags]
internal enum ParameterClasses : byte
{
    None = 0,
    Space = 1,
    Apostrophe = 2,
    Quote = 4,
    Angle = 8,
    Parenthesis = 16,
    Brace = 32,
    Separator = 64,
    Operator = 128,
}

/// <summary>Kind, characters and length of one value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Classes">Which unusual characters it holds.</param>
/// <param name="LengthBucket">Binary logarithm of its length, from 0 to 7: 128 bytes and more are 7.</param>
internal readonly record struct ParameterShape(ParameterKind Kind, ParameterClasses Classes, byte LengthBucket)
{
    public const int LengthBuckets = 8;

    private const ulong NameSeed = 40;
    private const byte Digit = 1;
    private const byte Plain = 2;
    private const byte Other = 4;

    /// <summary>By byte: what it is in the low half, its class in the high half.</summary>
    private static readonly ushort[] Table = MakeTable();

    /// <summary>Fingerprint of a parameter's name.</summary>
    public static ulong NameKey(ReadOnlySpan<byte> name) => Fingerprint.Of(name, NameSeed);

    /// <summary>Reads a value as sent: an escape counts as the character it stands for, a plus sign as a space. O(length).</summary>
    public static ParameterShape ReadEncoded(ReadOnlySpan<byte> value)
    {
        uint seen = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value[i];
            if (b == '+') b = (byte)' ';
            else if (b == '%' && i + 2 < value.Length && DecodingPercent.HexNumber(value.Slice(i + 1, 2)) is >= 0 and var decoded)
            {
                b = (byte)decoded;
                i += 2;
            }
            seen |= Table[b];
        }
        return Of(seen, value.Length);
    }

    /// <summary>Reads a decoded value.</summary>
    public static ParameterShape Read(ReadOnlySpan<byte> value)
    {
        uint seen = 0;
        foreach (byte b in value) seen |= Table[b];
        return Of(seen, value.Length);
    }

    private static ParameterShape Of(uint seen, int length)
    {
        var classes = (ParameterClasses)(seen >> 8);
        var kind = length == 0 ? ParameterKind.Empty
            : (classes & ParameterClasses.Angle) != 0 ? ParameterKind.Markup
            : (seen & 0xFF) == Digit ? ParameterKind.Number
            : (seen & 0xFF & ~(Digit | Plain)) == 0 ? ParameterKind.Word
            : (classes & ParameterClasses.Space) == 0 ? ParameterKind.Token : ParameterKind.Text;
        return new ParameterShape(kind, classes, (byte)Math.Min(LengthBuckets - 1, System.Numerics.BitOperations.Log2((uint)length | 1)));
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (int b = 0; b < 256; b++)
        {
            int kind = char.IsAsciiDigit((char)b) || b == '.' ? Digit : char.IsAsciiLetter((char)b) || b is '_' or '-' || b >= 0x80 ? Plain : Other;
            var unusual = (char)b switch
            {
                ' ' or '\t' or '\n' or '\r' => ParameterClasses.Space,
                '\'' => ParameterClasses.Apostrophe,
                '"' => ParameterClasses.Quote,
                '<' or '>' => ParameterClasses.Angle,
                '(' or ')' => ParameterClasses.Parenthesis,
                '{' or '}' or '[' or ']' or '$' => ParameterClasses.Brace,
                ';' or '|' or '&' or '`' or '\\' => ParameterClasses.Separator,
                '=' or '*' or '#' or '!' or '^' => ParameterClasses.Operator,
                _ => ParameterClasses.None,
            };
            table[b] = (ushort)(kind | (int)unusual << 8);
        }
        return table;
    }
}
