using System.Buffers;
using System.Runtime.CompilerServices;

namespace Vedette.ML.Trees;

public sealed partial class TreeEnsemble
{
    private const int Lanes = 8;
    private const int MaxRowsPerBlock = 16_384;
    private const int UncheckedDepth = 8;
    private const int DistanceMask = MaxDistance;

    /// <summary>Adds up what the trees say of each row, from <see cref="BaseValue"/> on.</summary>
    /// <param name="rows">Row-major, shape (rows, <see cref="FeatureCount"/>). NaN marks a missing value.</param>
    /// <param name="sums">Receives one sum per row, accumulated in double in the order of the trees.</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void Sum(ReadOnlySpan<float> rows, Span<float> sums)
    {
        Shape.CheckResults(rows, FeatureCount, sums);
        if (sums.Length >= RankedEnsemble.Lanes && _ranked.Value is { } ranked) ranked.Sum(rows, FeatureCount, _baseValue, sums);
        else SumByKeys(rows, sums);
    }

    /// <summary>The way that suits any ensemble and any number of rows.</summary>
    internal void SumByKeys(ReadOnlySpan<float> rows, Span<float> sums)
    {
        int rowsPerBlock = sums.Length < Lanes ? Lanes : Math.Min(_rowsPerBlock, (sums.Length + Lanes - 1) / Lanes * Lanes);
        int[] keys = ArrayPool<int>.Shared.Rent(Math.Max(1, _columns.Length) * rowsPerBlock);
        double[] totals = ArrayPool<double>.Shared.Rent(rowsPerBlock);
        int done = 0;
        while (done < sums.Length)
        {
            int count = Math.Min(rowsPerBlock, sums.Length - done);
            var block = rows.Slice(done * FeatureCount, count * FeatureCount);
            totals.AsSpan(0, rowsPerBlock).Fill(_baseValue);
            if (count < Lanes) SumSingly(block, keys, totals);
            else SumBlock(block, count, keys, totals);
            for (int i = 0; i < count; i++) sums[done + i] = (float)totals[i];
            done += count;
        }
        ArrayPool<double>.Shared.Return(totals);
        ArrayPool<int>.Shared.Return(keys);
    }

    /// <summary>What <see cref="Sum"/> means, written plainly. Tests and benchmarks compare the two.</summary>
    internal void SumReference(ReadOnlySpan<float> rows, Span<float> sums)
    {
        Shape.CheckResults(rows, FeatureCount, sums);
        for (int row = 0; row < sums.Length; row++)
        {
            double total = _baseValue;
            for (int tree = 0; tree < TreeCount; tree++) total += _values[Leaf(tree, rows.Slice(row * FeatureCount, FeatureCount))];
            sums[row] = (float)total;
        }
    }

    /// <summary>Index of the leaf that <paramref name="row"/> reaches.</summary>
    private int Leaf(int tree, ReadOnlySpan<float> row)
    {
        int index = _roots[tree];
        while (DistanceOf(_nodes[index]) != 0) index = Child(index, row);
        return index;
    }

    private int Child(int index, ReadOnlySpan<float> row)
    {
        ulong node = _nodes[index];
        var column = _columns[ColumnOf(node)];
        return index + DistanceOf(node) + (column.GoesLeft(row[column.Feature], InputColumn.ValueOf((int)node)) ? 0 : 1);
    }

    /// <summary>
    /// Blocks of rows pass through one tree after the other: a small tree then stays in the first-level cache beside the block's keys, and a large one
    /// is fetched once for many rows.
    /// </summary>
    private int ChooseRowsPerBlock()
    {
        const int smallTree = 2048;
        int budget = TreeCount > 0 && NodeCount / TreeCount > smallTree ? 2048 * 1024 : 16 * 1024;
        int rows = budget / (sizeof(int) * Math.Max(1, _columns.Length)) / Lanes * Lanes;
        return Math.Clamp(rows, Lanes, MaxRowsPerBlock);
    }

    private unsafe void SumBlock(ReadOnlySpan<float> rows, int count, int[] keyBuffer, double[] totalBuffer)
    {
        int tiles = (count + Lanes - 1) / Lanes;
        FillTiles(rows, count, keyBuffer);
        int tileLength = _columns.Length * Lanes;
        // Every index below is in bounds: Pack and Read admit only trees whose children, columns and roots are.
        fixed (ulong* nodes = _nodes)
        fixed (float* values = _values)
        fixed (int* keys = keyBuffer)
        fixed (double* totals = totalBuffer)
        {
            for (int tree = 0; tree < _depths.Length; tree++)
            {
                ulong* root = nodes + _roots[tree];
                float* rootValue = values + _roots[tree];
                int depth = _depths[tree];
                for (int tile = 0; tile < tiles; tile++) SumTile(root, rootValue, depth, keys + tile * tileLength, totals + tile * Lanes);
            }
        }
    }

    /// <summary>Eight rows descend together, so that eight chains of loads overlap.</summary>
    private static unsafe void SumTile(ulong* nodes, float* values, int depth, int* keys, double* totals)
    {
        int i0 = 0, i1 = 0, i2 = 0, i3 = 0, i4 = 0, i5 = 0, i6 = 0, i7 = 0;
        for (int level = 0; level < depth; level++)
        {
            // Deep trees are ragged: past the first levels it pays to see whether all eight have arrived.
            if (level >= UncheckedDepth && (level & 1) == 0
                && (((nodes[i0] | nodes[i1] | nodes[i2] | nodes[i3] | nodes[i4] | nodes[i5] | nodes[i6] | nodes[i7]) >> 32) & DistanceMask) == 0)
                break;
            i0 = Step(nodes, keys, i0);
            i1 = Step(nodes, keys + 1, i1);
            i2 = Step(nodes, keys + 2, i2);
            i3 = Step(nodes, keys + 3, i3);
            i4 = Step(nodes, keys + 4, i4);
            i5 = Step(nodes, keys + 5, i5);
            i6 = Step(nodes, keys + 6, i6);
            i7 = Step(nodes, keys + 7, i7);
        }
        totals[0] += values[i0];
        totals[1] += values[i1];
        totals[2] += values[i2];
        totals[3] += values[i3];
        totals[4] += values[i4];
        totals[5] += values[i5];
        totals[6] += values[i6];
        totals[7] += values[i7];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int Step(ulong* nodes, int* keys, int index)
    {
        ulong node = nodes[index];
        // Column times eight lanes, in one shift and mask.
        nint offset = (nint)((node >> 49) & 0x7FF8);
        return index + ((int)(node >> 32) & DistanceMask) + (keys[offset] >= (int)node ? 1 : 0);
    }

    /// <summary>For fewer rows than lanes: each row descends eight trees at once.</summary>
    private unsafe void SumSingly(ReadOnlySpan<float> rows, int[] keyBuffer, double[] totals)
    {
        Span<int> leaves = stackalloc int[Lanes];
        for (int row = 0; row * FeatureCount < rows.Length; row++)
        {
            FillTiles(rows.Slice(row * FeatureCount, FeatureCount), 1, keyBuffer);
            fixed (ulong* nodes = _nodes)
            fixed (int* keys = keyBuffer)
            {
                int tree = 0;
                for (; tree + Lanes <= TreeCount; tree += Lanes)
                {
                    DescendEightTrees(nodes, keys, tree, leaves);
                    foreach (int leaf in leaves) totals[row] += _values[leaf];
                }
                for (; tree < TreeCount; tree++)
                {
                    int index = _roots[tree];
                    for (int level = 0; level < _depths[tree]; level++) index = Step(nodes, keys, index);
                    totals[row] += _values[index];
                }
            }
        }
    }

    private unsafe void DescendEightTrees(ulong* nodes, int* keys, int tree, Span<int> leaves)
    {
        int depth = 0;
        for (int i = 0; i < Lanes; i++) depth = Math.Max(depth, _depths[tree + i]);
        int i0 = _roots[tree], i1 = _roots[tree + 1], i2 = _roots[tree + 2], i3 = _roots[tree + 3];
        int i4 = _roots[tree + 4], i5 = _roots[tree + 5], i6 = _roots[tree + 6], i7 = _roots[tree + 7];
        for (int level = 0; level < depth; level++)
        {
            i0 = Step(nodes, keys, i0);
            i1 = Step(nodes, keys, i1);
            i2 = Step(nodes, keys, i2);
            i3 = Step(nodes, keys, i3);
            i4 = Step(nodes, keys, i4);
            i5 = Step(nodes, keys, i5);
            i6 = Step(nodes, keys, i6);
            i7 = Step(nodes, keys, i7);
        }
        (leaves[0], leaves[1], leaves[2], leaves[3]) = (i0, i1, i2, i3);
        (leaves[4], leaves[5], leaves[6], leaves[7]) = (i4, i5, i6, i7);
    }

    /// <summary>Lays rows out in tiles: per column, the keys of eight rows side by side. Lanes past the last row hold zeros; nobody reads their sums.</summary>
    private void FillTiles(ReadOnlySpan<float> rows, int count, Span<int> keys)
    {
        int tileLength = _columns.Length * Lanes;
        if (count % Lanes != 0) keys.Slice(count / Lanes * tileLength, tileLength).Clear();
        for (int row = 0; row < count; row++)
        {
            var features = rows.Slice(row * FeatureCount, FeatureCount);
            var lane = keys.Slice(row / Lanes * tileLength + row % Lanes);
            for (int column = 0; column < _columns.Length; column++)
                lane[column * Lanes] = _columns[column].Key(features[_columns[column].Feature]);
        }
    }
}
