using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vedette.Engine.Signatures;

/// <summary>Tells quickly whether any of many literals occurs in a text, in any case and whatever its scope.</summary>
/// <remarks>
/// Of every literal the three neighbouring bytes that ordinary text holds least often are entered into a bitmap of hashed triples (a q-gram filter, S. Wu, U. Manber, "A Fast
/// Algorithm for Multi-Pattern Searching", TR 94-17, University of Arizona). A text none of whose triples is entered holds no literal; where one is, the few literals entered
/// under it are compared in place. Unlike an automaton's, the lookups do not wait for one another and touch 16 KiB. Case is ignored by setting bit 5 of every byte.
/// Immutable and thread-safe.
/// </remarks>
internal sealed class LiteralScreen
{
    private const int BitCount = 1 << 17;
    private const int HashShift = 32 - 17;
    private const uint Multiplier = 0x9E3779B1;
    private const uint Triple = 0xFFFFFF;
    private const byte CaseBit = 0x20;
    private const uint TripleCaseBits = 0x202020;
    private const ulong CaseBits = 0x2020202020202020;

    private const int HeadCount = 1 << 12;

    private readonly byte[] _bits = new byte[BitCount / 8];

    /// <summary>First of the entries whose hash ends alike, from 1; 0 if there is none.</summary>
    private readonly ushort[] _heads = new ushort[HeadCount];

    private readonly List<Entry> _entries = [default];
    private readonly List<byte[]> _literals = [];

    /// <exception cref="ArgumentException">A literal has less than two bytes.</exception>
    public LiteralScreen(IEnumerable<Literal> literals)
    {
        foreach (var literal in literals) Enter(literal.Bytes);
    }

    /// <summary>True if any literal occurs in <paramref name="text"/>.</summary>
    public bool OccursIn(ReadOnlySpan<byte> text)
    {
        const int triplesPerWord = 6;
        if (text.Length < 2) return false;
        ref byte bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        int at = 0;
        for (; at + sizeof(ulong) <= text.Length; at += triplesPerWord)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]) | CaseBits;
            int found = Test(ref bits, word) | Test(ref bits, word >> 8) | Test(ref bits, word >> 16) | Test(ref bits, word >> 24) | Test(ref bits, word >> 32) | Test(ref bits, word >> 40);
            if ((found & 1) != 0 && OccursNear(text, at, at + triplesPerWord)) return true;
        }
        // The last word once more, shifted so that the space that ends the text is its last byte: what is tested twice harms nothing.
        ulong last = LastWord(text) | CaseBits;
        int rest = Test(ref bits, last) | Test(ref bits, last >> 8) | Test(ref bits, last >> 16) | Test(ref bits, last >> 24) | Test(ref bits, last >> 32) | Test(ref bits, last >> 40);
        return (rest & 1) != 0 && OccursNear(text, at, text.Length - 1);
    }

    /// <summary>The last seven bytes of a text and a space; of a shorter text all of it, and spaces.</summary>
    private static ulong LastWord(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]) >> 8 | (ulong)CaseBit << 56;
        ulong word = 0;
        for (int i = text.Length - 1; i >= 0; i--) word = word << 8 | text[i];
        return word | CaseBits << 8 * text.Length;
    }

    /// <summary>What <see cref="OccursIn"/> means, written plainly.</summary>
    internal bool OccursInReference(ReadOnlySpan<byte> text)
    {
        foreach (byte[] literal in _literals)
            for (int at = 0; at + literal.Length <= text.Length; at++)
                if (EqualsAnyCase(text.Slice(at, literal.Length), literal)) return true;
        return false;
    }

    /// <summary>True if the triple entered for some literal begins in [<paramref name="from"/>, <paramref name="to"/>) and the literal stands around it. The text ends as if a space followed.</summary>
    private bool OccursNear(ReadOnlySpan<byte> text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            uint triple = (uint)(text[i] | text[i + 1] << 8 | (i + 2 < text.Length ? text[i + 2] : CaseBit) << 16) | TripleCaseBits;
            if ((Test(ref MemoryMarshal.GetArrayDataReference(_bits), triple) & 1) == 0) continue;
            for (int e = _heads[Hash(triple) % HeadCount]; e != 0; e = _entries[e].Next)
            {
                byte[] literal = _literals[_entries[e].Literal];
                int start = i - _entries[e].Offset;
                if (start >= 0 && start + literal.Length <= text.Length && EqualsAnyCase(text.Slice(start, literal.Length), literal)) return true;
            }
        }
        return false;
    }

    private static bool EqualsAnyCase(ReadOnlySpan<byte> text, byte[] literal)
    {
        for (int i = 0; i < text.Length; i++)
            if (Lower(text[i]) != Lower(literal[i])) return false;
        return true;
    }

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | CaseBit) : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Test(ref byte bits, ulong triple)
    {
        uint bit = Hash((uint)triple);
        // The hash has 17 bits, as many as the bitmap.
        return Unsafe.Add(ref bits, bit >> 3) >> (int)(bit & 7);
    }

    private static uint Hash(uint triple) => (triple & Triple) * Multiplier >> HashShift;

    private void Enter(byte[] literal)
    {
        if (literal.Length < 2) throw new ArgumentException($"The literal '{System.Text.Encoding.UTF8.GetString(literal)}' is too short to screen for.", nameof(literal));
        _literals.Add(literal);
        if (literal.Length == 2)
        {
            for (int third = 0; third < 256; third++) Set((uint)(literal[0] | literal[1] << 8 | third << 16), 0);
            return;
        }
        int rarest = 0;
        int least = int.MaxValue;
        for (int i = 0; i + 2 < literal.Length; i++)
        {
            int commonness = Commonness(literal.AsSpan(i, 3));
            if (commonness >= least) continue;
            least = commonness;
            rarest = i;
        }
        Set((uint)(literal[rarest] | literal[rarest + 1] << 8 | literal[rarest + 2] << 16), rarest);
    }

    /// <summary>Enters a triple of the literal added last, which begins at <paramref name="offset"/> there.</summary>
    private void Set(uint triple, int offset)
    {
        uint bit = Hash(triple | TripleCaseBits);
        _bits[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        ref ushort head = ref _heads[bit % HeadCount];
        _entries.Add(new Entry(_literals.Count - 1, offset, head));
        head = checked((ushort)(_entries.Count - 1));
    }

    /// <summary>Words that paths and queries of ordinary sites and APIs are made of.</summary>
    private static ReadOnlySpan<byte> OrdinaryWords =>
        " /api/v1/v2/v3/ account address album amount app article asset auth availability avatar basket blog book brand browse calendar cart /catalog category /check checkout city client code collection color comment config content country coupon currency customer dashboard /data date delivery department detail device discount document download edit email event explore export favorite feature feed file filter form /from group /health help history /home icon id image index info inventory invoice item job key language latest limit list location /login logout mail media member menu message metric mobile month name news note notification offset option order page parent password path payment photo picture popular post preview /price print /product /profile /project promotion public query quantity rating recent recommendation refresh register related report request resource result /return /review role rss rule sale schedule script search section sell service session setting ship shop sign site size sku slug sort staff static statistic status stock store style submit subscription suggest support tag task team template thumb ticket time token topic track transaction type update upload user variant version video view visit web week widget wishlist work year .css .gif .html .ico .jpg .js .json .php .png .svg .webp .woff .xml "u8;

    /// <summary>How often three neighbouring bytes stand in ordinary targets, roughly: only the speed depends on it.</summary>
    private static int Commonness(ReadOnlySpan<byte> triple)
    {
        const int ofOrdinaryWords = 30;
        return Commonness(triple[0]) + Commonness(triple[1]) + Commonness(triple[2]) + (OrdinaryWords.IndexOf(triple) >= 0 ? ofOrdinaryWords : 0);
    }

    /// <summary>How often a byte stands in ordinary targets, roughly, from 0 to 9.</summary>
    private static int Commonness(byte b) => (char)b switch
    {
        'e' or 'a' or 's' or 't' => 9,
        'i' or 'o' or 'r' or 'n' or 'l' or '/' or ' ' => 8,
        'c' or 'd' or 'p' or 'm' or 'u' or '-' or '=' or '.' => 7,
        >= '0' and <= '9' => 7,
        'g' or 'h' or 'b' or 'f' => 5,
        >= 'a' and <= 'z' => 3,
        '&' or '?' or '_' or ':' => 4,
        _ => 1,
    };

    /// <param name="Literal">Which literal.</param>
    /// <param name="Offset">Where in it the triple begins.</param>
    /// <param name="Next">The next entry whose hash ends alike; 0 after the last.</param>
    private readonly record struct Entry(int Literal, int Offset, ushort Next);
}
