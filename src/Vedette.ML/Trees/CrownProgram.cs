using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>A small ragged tree as a list of instructions, each of which picks, for 64 rows at once, what either child has picked.</summary>
/// <remarks>Scratch is <see cref="MostExits"/> vectors that hold the numbers of the exits, then a vector for what each instruction picked.</remarks>
internal static unsafe class CrownProgram
{
    public const int MostNodes = 127;
    public const int MostExits = MostNodes + 1;
    public const int ScratchLength = (MostExits + MostNodes) * RankedEnsemble.Lanes;

    private const int Half = RankedEnsemble.Lanes / 2;

    /// <summary>Fills the part of scratch that stays as it is.</summary>
    public static void Prepare(byte* scratch)
    {
        for (int exit = 0; exit < MostExits; exit++) new Span<byte>(scratch + exit * RankedEnsemble.Lanes, RankedEnsemble.Lanes).Fill((byte)exit);
    }

    /// <summary>Finds the exit that each row of a strip takes.</summary>
    public static void Pick(CrownNode* nodes, int length, sbyte* strip, byte* scratch, byte* picks)
    {
        byte* target = scratch + MostExits * RankedEnsemble.Lanes;
        // A tree without nodes has one exit, number 0.
        var low = Vector256<byte>.Zero;
        var high = Vector256<byte>.Zero;
        for (var end = nodes + length; nodes < end; nodes++, target += RankedEnsemble.Lanes)
        {
            var comparand = Vector256.Create(nodes->Comparand);
            sbyte* ranks = strip + nodes->Strip;
            low = Choose(comparand, ranks, scratch + nodes->Left, scratch + nodes->Right);
            high = Choose(comparand, ranks + Half, scratch + nodes->Left + Half, scratch + nodes->Right + Half);
            low.Store(target);
            high.Store(target + Half);
        }
        low.Store(picks);
        high.Store(picks + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Choose(Vector256<sbyte> comparand, sbyte* ranks, byte* left, byte* right) =>
        Avx2.BlendVariable(Vector256.Load(right), Vector256.Load(left), Avx2.CompareGreaterThan(comparand, Vector256.Load(ranks)).AsByte());
}

/// <summary>An instruction of a <see cref="CrownProgram"/>. Positions are byte offsets of vectors of 64: of ranks in a strip, of picks in the scratch area.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct CrownNode(int Strip, ushort Left, ushort Right, sbyte Comparand);
