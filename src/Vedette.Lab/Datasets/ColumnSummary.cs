using System.Globalization;

namespace Vedette.Lab.Datasets;

/// <summary>What one column of a table holds, learnt cell by cell.</summary>
/// <remarks>
/// Means and deviations are exact (Welford's recurrence). Quartiles are exact up to <see cref="Reservoir.Capacity"/> numbers, beyond that those of an even sample. Different texts are told apart up
/// to <see cref="MaxDistinct"/>.
/// </remarks>
public sealed class ColumnSummary
{
    /// <summary>Most different texts that are counted.</summary>
    public const int MaxDistinct = 1000;

    private const int MaxKeyLength = 200;

    private readonly Reservoir _sample;
    private readonly Dictionary<string, long> _texts = new(StringComparer.Ordinal);
    private double _squares;

    /// <param name="name">The column's name.</param>
    /// <param name="index">Its position, from 0.</param>
    public ColumnSummary(string name, int index)
    {
        (Name, Index) = (name, index);
        _sample = new Reservoir((ulong)index + 1);
    }

    public string Name { get; }

    public int Index { get; }

    /// <summary>Empty cells.</summary>
    public long Missing { get; private set; }

    /// <summary>Cells that are not empty.</summary>
    public long Count { get; private set; }

    /// <summary>Whether every cell that is not empty is a finite number, and there is one.</summary>
    public bool IsNumeric { get; private set; } = true;

    public double Mean { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>Standard deviation of the sample; 0 for a single number.</summary>
    public double Deviation => Count < 2 ? 0 : Math.Sqrt(_squares / (Count - 1));

    /// <summary>Whether there were more different cells than are counted.</summary>
    public bool HasMoreDistinct { get; private set; }

    /// <summary>Different cells, up to <see cref="MaxDistinct"/>.</summary>
    public int Distinct => _texts.Count;

    /// <summary>Different cells and how many there are of each, the most frequent first; cells first met after the bound was reached are not among them.</summary>
    public IReadOnlyList<(string Text, long Count)> Frequencies =>
        [.. _texts.OrderByDescending(static t => t.Value).ThenBy(static t => t.Key, StringComparer.Ordinal).Select(static t => (t.Key, t.Value))];

    /// <summary>Value below which a share of the numbers lies, linearly between neighbors; NaN if there is none.</summary>
    public double Quantile(double share) => _sample.Quantile(share);

    /// <summary>Takes a cell in.</summary>
    /// <returns>Its number; NaN if it is empty or none.</returns>
    internal double Add(string cell)
    {
        if (cell.Length == 0)
        {
            Missing++;
            return double.NaN;
        }
        Count++;
        CountText(cell);
        if (!IsNumeric || !TryNumber(cell, out double number))
        {
            IsNumeric = false;
            return double.NaN;
        }
        double delta = number - Mean;
        Mean += delta / Count;
        _squares += delta * (number - Mean);
        (Minimum, Maximum) = (Math.Min(Minimum, number), Math.Max(Maximum, number));
        _sample.Add(number);
        return number;
    }

    internal static bool TryNumber(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private void CountText(string cell)
    {
        string key = cell.Length > MaxKeyLength ? cell[..MaxKeyLength] : cell;
        if (_texts.TryGetValue(key, out long count)) _texts[key] = count + 1;
        else if (_texts.Count < MaxDistinct) _texts.Add(key, 1);
        else HasMoreDistinct = true;
    }
}
