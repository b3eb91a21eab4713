using System.Text.RegularExpressions;

namespace Vedette.Engine.Sources;

/// <summary>Recognises the names that rotation gives to the old files of one log.</summary>
internal static partial class RotatedName
{
    /// <summary>True if two paths differ only in what rotation adds: <c>access.log.2.gz</c>, <c>access.log.1</c>, <c>access.log-20240501</c>, <c>access.log</c>.</summary>
    public static bool AreOneLog(string a, string b) => string.Equals(BaseName(a), BaseName(b), StringComparison.Ordinal);

    private static string BaseName(string path)
    {
        string name = path;
        while (true)
        {
            string shorter = Suffix().Replace(name, "");
            if (shorter.Length == 0 || shorter == name) return name;
            name = shorter;
        }
    }

    [GeneratedRegex(@"(\.gz|\.\d{1,5}|[.-]\d{4}-?\d{2}-?\d{2}([-_T]?\d{2,6})?|\.old|~)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();
}
