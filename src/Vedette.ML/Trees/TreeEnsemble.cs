using Vedette.ML.Files;

namespace Vedette.ML.Trees;

/// <summary>A sum of decision trees, packed for prediction: what every forest, booster and imported model becomes.</summary>
/// <remarks>
/// A tree's nodes lie in breadth-first order, siblings side by side, in eight bytes each: low half the threshold's key, high half the
/// column (12 bits) and the distance to the left child (20 bits). A leaf's distance is 0 and its threshold unreachable, so a row that has arrived stays
/// and all rows can take the same number of steps. A row goes left if its value is below the threshold. Immutable; prediction is thread-safe.
/// </remarks>
public sealed partial class TreeEnsemble
{
    internal const int MaxColumns = 1 << 12;
    internal const int MaxDistance = (1 << 20) - 1;
    internal const int MaxDepth = 1024;
    private const int MaxFeatures = 1 << 20;

    private readonly ulong[] _nodes;
    private readonly float[] _values;
    private readonly float[] _covers;
    private readonly int[] _roots;
    private readonly int[] _depths;
    private readonly InputColumn[] _columns;
    private readonly double _baseValue;
    private readonly int _rowsPerBlock;

    // Made when many rows are first asked for: a model that scores one at a time never needs it.
    private readonly Lazy<RankedEnsemble?> _ranked;

    private TreeEnsemble(ulong[] nodes, float[] values, float[] covers, int[] roots, InputColumn[] columns, int featureCount, double baseValue)
    {
        (_nodes, _values, _covers, _roots, _columns, FeatureCount, _baseValue) = (nodes, values, covers, roots, columns, featureCount, baseValue);
        _depths = new int[TreeCount];
        for (int tree = 0; tree < TreeCount; tree++) _depths[tree] = Depth(tree);
        _rowsPerBlock = ChooseRowsPerBlock();
        _ranked = new Lazy<RankedEnsemble?>(() => RankedEnsemble.Build(_nodes, _values, _roots, _depths, _columns));
    }

    /// <summary>Number of columns in a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of trees.</summary>
    public int TreeCount => _roots.Length - 1;

    /// <summary>Number of nodes in all trees, leaves included.</summary>
    public int NodeCount => _nodes.Length;

    /// <summary>Bytes that nodes, values and covers take, and the second form that predicting many rows at once may have made of them.</summary>
    public long Size => 16L * NodeCount + (_ranked.IsValueCreated ? _ranked.Value?.Size ?? 0 : 0);

    /// <summary>What the sum starts from.</summary>
    public double BaseValue => _baseValue;

    /// <summary>Explanations descend recursively, so depth has a bound; no tree that was fitted comes near it.</summary>
    private bool IsTooDeep => _depths.Any(depth => depth > MaxDepth);

    /// <summary>Packs trees in the order given.</summary>
    /// <exception cref="ArgumentException">
    /// More features under more treatments of missing values, or wider or deeper trees, than the packed form holds.
    /// </exception>
    internal static TreeEnsemble Pack(IReadOnlyList<DecisionTree> trees, int featureCount, double baseValue)
    {
        var ensemble = new TreePacker(featureCount).Pack(trees, (nodes, values, covers, roots, columns) =>
            new TreeEnsemble(nodes, values, covers, roots, columns, featureCount, baseValue));
        if (ensemble.IsTooDeep) throw new ArgumentException($"A tree is deeper than {MaxDepth} splits.");
        return ensemble;
    }

    /// <summary>Writes the ensemble as part of a model's payload.</summary>
    internal void Write(ModelWriter writer)
    {
        writer.Write(FeatureCount);
        writer.Write(_baseValue);
        int[] features = new int[_columns.Length];
        byte[] missing = new byte[_columns.Length];
        for (int i = 0; i < _columns.Length; i++) (features[i], missing[i]) = (_columns[i].Feature, (byte)_columns[i].Missing);
        writer.Write<int>(features);
        writer.Write<byte>(missing);
        writer.Write<int>(_roots);
        writer.Write<ulong>(_nodes);
        writer.Write<float>(_values);
        writer.Write<float>(_covers);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; whatever could lead a row out of its tree is refused.</summary>
    internal static TreeEnsemble Read(ModelReader reader)
    {
        int featureCount = reader.ReadInt32(1, MaxFeatures);
        double baseValue = reader.ReadDouble();
        int[] features = reader.ReadArray<int>();
        byte[] missing = reader.ReadArray<byte>(features.Length);
        var columns = new InputColumn[features.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = new InputColumn(features[i], (MissingValue)missing[i]);
        int[] roots = reader.ReadArray<int>();
        ulong[] nodes = reader.ReadArray<ulong>();
        float[] values = reader.ReadArray<float>(nodes.Length);
        float[] covers = reader.ReadArray<float>(nodes.Length);
        CheckStructure(nodes, roots, columns, featureCount);
        var ensemble = new TreeEnsemble(nodes, values, covers, roots, columns, featureCount, baseValue);
        if (ensemble.IsTooDeep) throw new InvalidDataException($"The model file holds a tree deeper than {MaxDepth} splits.");
        return ensemble;
    }

    internal static int ColumnOf(ulong node) => (int)(node >> 52);

    internal static int DistanceOf(ulong node) => (int)(node >> 32) & MaxDistance;

    internal static ulong PackNode(int column, int distance, int key) => ((ulong)(uint)column << 52) | ((ulong)(uint)distance << 32) | (uint)key;

    private static void CheckStructure(ulong[] nodes, int[] roots, InputColumn[] columns, int featureCount)
    {
        if (columns.Length > MaxColumns) throw new InvalidDataException($"The model file has {columns.Length} columns; {MaxColumns} are possible.");
        foreach (var column in columns)
            if (column.Feature < 0 || column.Feature >= featureCount || column.Missing > MissingValue.ZeroLeft)
                throw new InvalidDataException("The model file has a column that is none of its features.");
        if (roots.Length == 0 || roots[0] != 0 || roots[^1] != nodes.Length) throw new InvalidDataException("The model file's trees do not fill its nodes.");
        for (int tree = 0; tree + 1 < roots.Length; tree++)
        {
            if (roots[tree] >= roots[tree + 1] || roots[tree] < 0) throw new InvalidDataException("The model file holds a tree without nodes.");
            CheckTree(nodes, roots[tree], roots[tree + 1], columns.Length);
        }
    }

    /// <summary>Children lie in the order of their parents, so each node but the root has one parent and is reached.</summary>
    private static void CheckTree(ulong[] nodes, int start, int end, int columnCount)
    {
        int next = start + 1;
        for (int i = start; i < end; i++)
        {
            ulong node = nodes[i];
            int distance = DistanceOf(node);
            bool sound = distance == 0
                ? (int)node == InputColumn.UnreachableKey && ColumnOf(node) == 0
                : i + distance == next && ColumnOf(node) < columnCount && (int)node != InputColumn.UnreachableKey;
            if (!sound) throw new InvalidDataException("The model file holds a tree that leads nowhere.");
            if (distance != 0) next += 2;
        }
        if (next != end) throw new InvalidDataException("The model file holds a tree that leads nowhere.");
    }

    /// <summary>Steps from the root to the deepest leaf. Children follow their parents, so one pass is enough.</summary>
    private int Depth(int tree)
    {
        int start = _roots[tree];
        int deepest = 0;
        int[] depths = new int[_roots[tree + 1] - start];
        for (int i = 0; i < depths.Length; i++)
        {
            deepest = Math.Max(deepest, depths[i]);
            int distance = DistanceOf(_nodes[start + i]);
            if (distance == 0) continue;
            depths[i + distance] = depths[i] + 1;
            depths[i + distance + 1] = depths[i] + 1;
        }
        return deepest;
    }
}
