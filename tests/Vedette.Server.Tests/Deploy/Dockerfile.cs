using System.Text.RegularExpressions;

namespace Vedette.Server.Tests.Deploy;

/// <summary>The shipped Dockerfile, read as far as checks need it: instructions by stage, and which files of the repository the build may see.</summary>
internal sealed partial class Dockerfile
{
    private readonly List<(string Name, string Value)> _all = [];
    private readonly (Regex Pattern, bool IsTaken)[] _context;

    public Dockerfile(string path)
    {
        // A line that ends with a backslash goes on; comments may stand between.
        string text = Comment().Replace(File.ReadAllText(path), "").Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            _all.Add((line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim()));
        _context = [.. File.ReadLines(path + ".dockerignore").Where(static line => line.Length > 0 && line[0] != '#').Select(static line => (PatternOf(line.TrimStart('!')), line[0] == '!'))];
    }

    /// <summary>Values of an instruction in the last stage: what the image is.</summary>
    public IEnumerable<string> Final(string name) => _all.Skip(_all.FindLastIndex(static line => line.Name == "FROM")).Where(line => line.Name == name).Select(static line => line.Value);

    /// <summary>What is copied from the repository, in all stages: sources and target.</summary>
    public IEnumerable<(string[] Sources, string Target)> Copies => _all.Where(static line => line.Name == "COPY" && !line.Value.StartsWith("--", StringComparison.Ordinal))
        .Select(static line => line.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(static words => (words[..^1], words[^1]));

    /// <summary>Variables that the image sets.</summary>
    public IReadOnlyDictionary<string, string> Environment => Final("ENV").SelectMany(static value => value.Split(' ')).Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);

    /// <summary>True if the build is given this file; paths are relative to the repository. As in Docker the last pattern that fits a file, or a folder it is in, decides.</summary>
    public bool Sees(string path)
    {
        bool isTaken = true;
        foreach ((Regex pattern, bool takes) in _context)
            if (pattern.IsMatch(path)) isTaken = takes;
        return isTaken;
    }

    private static Regex PatternOf(string line)
    {
        string pattern = Regex.Escape(line).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return new Regex($"^{pattern}(/.*)?$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
