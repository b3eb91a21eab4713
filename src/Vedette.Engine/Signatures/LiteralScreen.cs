using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vedette.Engine.Signatures;

/// <summary>Tells quickly that none of many literals occurs in a text.</summary>
/// <remarks>
/// Of every literal the three neighbouring bytes that ordinary text holds least often are entered into a bitmap of hashed triples (a q-gram filter, S. Wu, U. Manber, "A Fast
/// Algorithm for Multi-Pattern Searching", TR 94-17, University of Arizona). A text none of whose triples is entered holds no literal. Unlike the automaton's, the lookups do not
/// wait for one another and touch 16 KiB. Case is ignored by setting bit 5 of every byte. Immutable and thread-safe.
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

    private readonly byte[] _bits = new byte[BitCount / 8];

    public LiteralScreen(IEnumerable<Literal> literals)
    {
        foreach (var literal in literals) Enter(literal.Bytes);
    }

    /// <summary>False if no literal occurs in <paramref name="text"/>; true if one may.</summary>
    public bool MayOccurIn(ReadOnlySpan<byte> text)
    {
        const int triplesPerWord = 6;
        ref byte bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        while (text.Length >= sizeof(ulong))
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(text) | CaseBits;
            int found = Test(ref bits, word) | Test(ref bits, word >> 8) | Test(ref bits, word >> 16) | Test(ref bits, word >> 24) | Test(ref bits, word >> 32) | Test(ref bits, word >> 40);
            if ((found & 1) != 0) return true;
            text = text[triplesPerWord..];
        }
        return MayOccurInRest(text);
    }

    /// <summary>What <see cref="MayOccurIn"/> means, for a few bytes or for any number; the text ends as if a space followed.</summary>
    internal bool MayOccurInRest(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i + 1 < text.Length; i++)
        {
            uint triple = (uint)(text[i] | text[i + 1] << 8 | (i + 2 < text.Length ? text[i + 2] : CaseBit) << 16) | TripleCaseBits;
            if ((Test(ref MemoryMarshal.GetArrayDataReference(_bits), triple) & 1) != 0) return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Test(ref byte bits, ulong triple)
    {
        uint bit = Hash((uint)triple);
        // The hash has 17 bits, as many as the bitmap.
        return Unsafe.Add(ref bits, bit >> 3) >> (int)(bit & 7);
    }

    private static uint Hash(uint triple) => (triple & Triple) * Multiplier >> HashShift;

    private void Enter(ReadOnlySpan<byte> literal)
    {
        if (literal.Length < 2) throw new ArgumentException($"The literal '{System.Text.Encoding.UTF8.GetString(literal)}' is too short to screen for.", nameof(literal));
        if (literal.Length == 2)
        {
            for (int third = 0; third < 256; third++) Set((uint)(literal[0] | literal[1] << 8 | third << 16));
            return;
        }
        uint rarest = 0;
        int least = int.MaxValue;
        for (int i = 0; i + 2 < literal.Length; i++)
        {
            int commonness = Commonness(literal[i]) + Commonness(literal[i + 1]) + Commonness(literal[i + 2]);
            if (commonness >= least) continue;
            least = commonness;
            rarest = (uint)(literal[i] | literal[i + 1] << 8 | literal[i + 2] << 16);
        }
        Set(rarest);
    }

    private void Set(uint triple)
    {
        uint bit = Hash(triple | TripleCaseBits);
        _bits[bit >> 3] |= (byte)(1 << (int)(bit & 7));
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
}
