namespace Vedette.Storage.Events;

/// <summary>Patterns of SQL's LIKE with backslash as escape character.</summary>
internal static class LikePattern
{
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
