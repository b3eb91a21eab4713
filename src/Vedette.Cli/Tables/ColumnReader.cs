using System.Runtime.InteropServices;

namespace Vedette.Cli.Tables;

/// <summary>Collects one column while the table is read: numbers, or texts that become numbers by how rare they are.</summary>
internal sealed class ColumnReader(string name)
{
    /// <summary>A text column with more different values than this names things rather than kinds of things, and is left out.</summary>
    private const int MaxCategories = 100;

    private readonly List<float> _values = [];
    private readonly Dictionary<string, int> _codes = [];
    private readonly List<int> _counts = [];
    private bool? _isText;
    private bool _tooMany;

    public string Name => name;

    public long MissingCount { get; private set; }

    /// <summary>Why the column cannot be a feature; null if it can.</summary>
    public string? Unusable => _tooMany ? $"it holds text of more than {MaxCategories} different values" : _isText is null ? "it holds no value" : null;

    /// <exception cref="InvalidDataException">Text in a column that began with a number.</exception>
    public void Add(ReadOnlySpan<char> cell, bool decimalComma, long line)
    {
        if (Cell.IsMissing(cell))
        {
            MissingCount++;
            _values.Add(float.NaN);
            return;
        }
        bool isNumber = Cell.TryNumber(cell, decimalComma, out double number);
        _isText ??= !isNumber;
        if (_isText.Value) _values.Add(Code(cell));
        else if (isNumber) _values.Add((float)Math.Clamp(number, float.MinValue, float.MaxValue));
        else throw new InvalidDataException($"Line {line}, column '{name}': '{Cell.Show(cell)}' is not a number.");
    }

    /// <summary>The column's numbers, NaN where missing. A text becomes −ln of the share of rows that have it: the rarer, the larger.</summary>
    public ReadOnlySpan<float> Finish()
    {
        var values = CollectionsMarshal.AsSpan(_values);
        if (_isText is not true) return values;
        double known = _values.Count - MissingCount;
        foreach (ref float value in values)
            if (!float.IsNaN(value)) value = (float)-Math.Log(_counts[(int)value] / known);
        return values;
    }

    private float Code(ReadOnlySpan<char> cell)
    {
        if (_tooMany) return 0;
        var lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(cell, out int code))
        {
            code = _counts.Count;
            if (code == MaxCategories)
            {
                _tooMany = true;
                return 0;
            }
            lookup[cell] = code;
            _counts.Add(0);
        }
        _counts[code]++;
        return code;
    }
}
