using System.Text.RegularExpressions;
using Vedette.Engine.Tests;

namespace Vedette.Cli.Tests.Documentation;

/// <summary>A page of the documentation, taken apart as far as checks need it.</summary>
internal sealed partial class Document
{
    private readonly string _prose;

    private Document(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
        _prose = Fenced().Replace(Text, "");
    }

    /// <summary>The README and everything below <c>docs</c>.</summary>
    public static IReadOnlyList<Document> All { get; } =
        [.. new[] { Repository.Path("README.md") }.Concat(Directory.EnumerateFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)).Select(static path => new Document(path))];

    public string Path { get; }

    public string Text { get; }

    /// <summary>Path below the repository's root.</summary>
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    /// <summary>Where links and pictures lead.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(_prose, "")).Select(static link => link.Groups[1].Value);

    /// <summary>Texts between single backticks.</summary>
    public IEnumerable<string> Codes => Code().Matches(_prose).Select(static code => code.Value.Trim('`'));

    /// <summary>Fenced blocks with the language they are said to be in.</summary>
    public IEnumerable<(string Language, string Text)> Blocks => Fenced().Matches(Text).Select(static block => (block.Groups[1].Value, block.Groups[2].Value));

    /// <summary>Lines of blocks that a shell is meant to read.</summary>
    public IEnumerable<string> ShellLines => Blocks.Where(static block => block.Language is "bash" or "sh").SelectMany(static block => block.Text.Split('\n'));

    /// <summary>Names by which links reach the headings of a page.</summary>
    public static IEnumerable<string> AnchorsOf(string path) => Fenced().Replace(File.ReadAllText(path), "").Split('\n').Where(static line => line.StartsWith('#'))
        .Select(static line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"`[^`\n]+`", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex NoAnchor();
}
