using System.Globalization;

namespace Vedette.Storage.Sql;

/// <summary>Where a page begins in a list ordered by a time and an id, newest first.</summary>
/// <param name="Time">Of the last row of the page before, in microseconds since 1970.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct SqlCursor(long Time, string Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:x}-{Id}");

    /// <exception cref="ArgumentException">The text is no cursor.</exception>
    public static SqlCursor Parse(string text)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long time)) return new SqlCursor(time, text[(dash + 1)..]);
        throw new ArgumentException("The cursor is not one of those handed out; begin again without one.", nameof(text));
    }

    /// <summary>The number an id of a numbered table is.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public long Number() => long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new ArgumentException("The cursor is not one of those handed out; begin again without one.");
}
