using System.Globalization;

namespace Vedette.Storage.Events;

/// <summary>Where a page of events begins: before a row, newest first, with some rows still to be left out.</summary>
/// <param name="Block">The greater part of the rows' key: a day, or a millisecond.</param>
/// <param name="Id">Rows of that block below this key, and all of earlier blocks.</param>
/// <param name="Skip">Matching rows to leave out first.</param>
internal readonly record struct EventCursor(long Block, long Id, int Skip)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Block:x}-{Id:x}-{Skip:x}");

    /// <exception cref="ArgumentException">The text is no cursor.</exception>
    public static EventCursor Parse(string text)
    {
        string[] parts = text.Split('-');
        if (parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long block) && block >= 0
            && long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long id) && id >= 0
            && int.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int skip) && skip >= 0)
        {
            return new EventCursor(block, id, skip);
        }
        throw new ArgumentException("The cursor is not one of those handed out; begin again without one.", nameof(text));
    }
}
