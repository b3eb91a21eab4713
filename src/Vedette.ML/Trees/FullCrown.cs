using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>The first levels of a tree, filled up to a full binary tree and evaluated whole for 64 rows at once.</summary>
/// <remarks>
/// A comparison and a choice per node are quicker than a descent that each row makes by itself (the idea of C. Lucchese et al., "QuickScorer", SIGIR 2015, and
/// T. Ye et al., "RapidScorer", KDD 2018, with choices in place of their bit vectors of leaves). The lowest three levels are twigs of seven nodes, evaluated in
/// registers; the levels above choose among their results. An exit's number has a bit per level, the root's highest, set where the way goes left.
/// </remarks>
internal static unsafe class FullCrown
{
    public const int LeastHeight = TwigHeight;
    public const int MostHeight = 8;

    private const int TwigHeight = 3;
    private const int TwigLength = 7;
    private const int Half = RankedEnsemble.Lanes / 2;
    private const int MostTwigs = 1 << (MostHeight - TwigHeight);

    /// <summary>Bytes that <see cref="Pick"/> needs to work in.</summary>
    public const int ScratchLength = 2 * MostTwigs * RankedEnsemble.Lanes;

    /// <summary>Number of nodes of a crown, one unused.</summary>
    public static int Length(int height) => 1 << height;

    /// <summary>Where the node lies that is reached by the way <paramref name="path"/>, a bit per level as in an exit's number.</summary>
    public static int IndexOf(int path, int level, int height)
    {
        int twigLevel = level - (height - TwigHeight);
        // Nodes above the twigs follow them, in the order of a heap whose first place is not used.
        if (twigLevel < 0) return (TwigLength << (height - TwigHeight)) + (1 << level) + path;
        int rowLength = 1 << twigLevel;
        return TwigLength * (path >> twigLevel) + 2 * rowLength - 2 - (path & (rowLength - 1));
    }

    /// <summary>Finds the exit that each of 64 rows takes.</summary>
    /// <param name="nodes">Nodes, <see cref="Length"/> of them.</param>
    /// <param name="height">Levels.</param>
    /// <param name="strip">Ranks of the rows.</param>
    /// <param name="scratch">Room of <see cref="ScratchLength"/> bytes.</param>
    /// <param name="picks">Receives 64 numbers.</param>
    public static void Pick(FullCrownNode* nodes, int height, sbyte* strip, sbyte* scratch, byte* picks)
    {
        int twigs = 1 << (height - TwigHeight);
        sbyte* results = scratch + twigs * RankedEnsemble.Lanes;
        var node = nodes;
        for (int twig = 0; twig < twigs; twig++, node += TwigLength, results += RankedEnsemble.Lanes) PickInTwig(node, strip, results);
        for (int level = height - TwigHeight - 1; level >= 0; level--)
            PickInLevel(node + (1 << level), 1 << level, strip, scratch + (RankedEnsemble.Lanes << level), Vector256.Create((sbyte)-(1 << (height - 1 - level))));
        // Comparisons give minus one, so the numbers have been added up below zero.
        sbyte* root = scratch + RankedEnsemble.Lanes;
        (-Vector256.Load(root)).AsByte().Store(picks);
        (-Vector256.Load(root + Half)).AsByte().Store(picks + Half);
    }

    /// <summary>Chooses, for the nodes of a level above the twigs, among what their children have chosen, which lies behind the level's own results.</summary>
    private static void PickInLevel(FullCrownNode* nodes, int count, sbyte* strip, sbyte* results, Vector256<sbyte> bit)
    {
        sbyte* children = results + count * RankedEnsemble.Lanes;
        for (var end = nodes + count; nodes < end; nodes++, results += RankedEnsemble.Lanes, children += 2 * RankedEnsemble.Lanes)
        {
            var comparands = Comparands(nodes);
            sbyte* ranks = strip + nodes->Strip;
            Choose(Left(comparands, ranks), Vector256.Load(children + RankedEnsemble.Lanes), Vector256.Load(children), bit).Store(results);
            Choose(Left(comparands, ranks + Half), Vector256.Load(children + RankedEnsemble.Lanes + Half), Vector256.Load(children + Half), bit)
                .Store(results + Half);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PickInTwig(FullCrownNode* nodes, sbyte* strip, sbyte* results)
    {
        var two = Vector256.Create((sbyte)-2);
        var four = Vector256.Create((sbyte)-4);

        var comparands = Comparands(nodes + 3);
        sbyte* ranks = strip + nodes[3].Strip;
        var leftLow = Left(comparands, ranks);
        var leftHigh = Left(comparands, ranks + Half);
        comparands = Comparands(nodes + 4);
        ranks = strip + nodes[4].Strip;
        var rightLow = Left(comparands, ranks);
        var rightHigh = Left(comparands, ranks + Half);
        comparands = Comparands(nodes + 1);
        ranks = strip + nodes[1].Strip;
        var firstLow = Choose(Left(comparands, ranks), leftLow, rightLow, two);
        var firstHigh = Choose(Left(comparands, ranks + Half), leftHigh, rightHigh, two);

        comparands = Comparands(nodes + 5);
        ranks = strip + nodes[5].Strip;
        leftLow = Left(comparands, ranks);
        leftHigh = Left(comparands, ranks + Half);
        comparands = Comparands(nodes + 6);
        ranks = strip + nodes[6].Strip;
        rightLow = Left(comparands, ranks);
        rightHigh = Left(comparands, ranks + Half);
        comparands = Comparands(nodes + 2);
        ranks = strip + nodes[2].Strip;
        var secondLow = Choose(Left(comparands, ranks), leftLow, rightLow, two);
        var secondHigh = Choose(Left(comparands, ranks + Half), leftHigh, rightHigh, two);

        comparands = Comparands(nodes);
        ranks = strip + nodes->Strip;
        Choose(Left(comparands, ranks), firstLow, secondLow, four).Store(results);
        Choose(Left(comparands, ranks + Half), firstHigh, secondHigh, four).Store(results + Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Comparands(FullCrownNode* node) => Vector256.Create(node->Comparands).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Left(Vector256<sbyte> comparands, sbyte* ranks) => Avx2.CompareGreaterThan(comparands, Vector256.Load(ranks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Choose(Vector256<sbyte> goesLeft, Vector256<sbyte> left, Vector256<sbyte> right, Vector256<sbyte> bit) =>
        Avx2.BlendVariable(right, left + bit, goesLeft);
}

/// <summary>A node of a <see cref="FullCrown"/>: the byte offset of the ranks that it reads, and its comparand four times over, which loads as one broadcast.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FullCrownNode(int Strip, uint Comparands)
{
    public static FullCrownNode Of(int strip, sbyte comparand) => new(strip, 0x0101_0101u * (byte)comparand);
}
