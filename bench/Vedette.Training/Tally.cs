using System.Globalization;

namespace Vedette.Training;

/// <summary>Recall of visible attacks and false positives over several groups of rows.</summary>
internal sealed class Tally
{
    private int _visible;
    private int _found;
    private int _normal;
    private int _false;

    public void Count(bool isAttack, bool isVisible, bool isFlagged)
    {
        if (isVisible) _visible++;
        if (isVisible && isFlagged) _found++;
        if (!isAttack) _normal++;
        if (!isAttack && isFlagged) _false++;
    }

    public void Add(Tally other)
    {
        _visible += other._visible;
        _found += other._found;
        _normal += other._normal;
        _false += other._false;
    }

    public string FalseText => string.Create(CultureInfo.InvariantCulture, $"{_false} of {_normal} ({100.0 * _false / Math.Max(1, _normal):F2} %)");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{_found} of {_visible} visible attacks ({100.0 * _found / Math.Max(1, _visible):F2} %), ordinary values flagged: {FalseText}");
}
