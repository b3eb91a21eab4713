using System.Globalization;

namespace Vedette.Storage.Events;

/// <summary>Where a page of events begins: before a row, newest first, with some rows still to be left out.</summary>
/// <param name="Day">UTC day.</param>
/// <param name="Id">Rows of that day below this key, and all of earlier days.</param>
/// <param name="Skip">Matching rows to leave out first.</param>
internal readonly record struct EventCursor(int Day, long Id, int Skip)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:x}-{Id:x}-{Skip:x}");

    /// <exception cref="ArgumentException">The text is no cursor.</exception>
    public static EventCursor Parse(string text)
    {
        string[] parts = text.Split('-');
        if (parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int day) && day >= 0
            && long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long id) && id >= 0
            && int.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int skip) && skip >= 0)
        {
            return new EventCursor(day, id, skip);
        }
        throw new ArgumentException("The cursor is not one of those handed out; begin again without one.", nameof(text));
    }
}
