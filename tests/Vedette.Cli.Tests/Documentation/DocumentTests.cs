using System.CommandLine;
using System.Text.RegularExpressions;
using Vedette.Cli.Commands;
using Vedette.Engine.Tests;

namespace Vedette.Cli.Tests.Documentation;

/// <summary>What the documentation points to is there, and the commands it shows are commands.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Kinds = [".cs", ".ts", ".tsx", ".py", ".sh", ".mjs", ".sql", ".md"];

    private static readonly string[] Folders = ["src", "tests", "bench", "web", "deploy", "docs", "samples", "build", ".github", ".ci"];

    private static readonly HashSet<string> Files = [.. Folders.SelectMany(static folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Repository.Root)).Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(static file => !Built().IsMatch(file))];

    [Fact]
    public void EveryLinkLeadsSomewhere()
    {
        var wrong = new List<string>();
        int links = 0;
        foreach (Document page in Document.All)
        {
            foreach (string link in page.Links.Where(static link => !link.Contains("://", StringComparison.Ordinal)))
            {
                links++;
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
                if (!Path.Exists(target) || (parts.Length > 1 && !Document.AnchorsOf(target).Contains(parts[1]))) wrong.Add($"{page.Name}: {link}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(links > 100);
    }

    [Fact]
    public void EveryDecisionIsInTheListAndInOrder()
    {
        string[] listed = [.. Document.All.Single(static page => page.Name == "docs/decisions/README.md").Links.Where(static link => char.IsAsciiDigit(link[0]))];
        Assert.Equal(Directory.EnumerateFiles(Repository.Path("docs", "decisions"), "0*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal), listed);
    }

    /// <summary>Files and folders by their path, or a part of it as <c>Pipeline/Shard.cs</c>; what a build makes and what has a place-holder in it is left out.</summary>
    [Fact]
    public void EveryFileThatIsNamedExists()
    {
        var wrong = new List<string>();
        int named = 0;
        foreach (Document page in Document.All)
        {
            IEnumerable<string> run = page.ShellLines.SelectMany(static line => line.Split(' ')).Where(static word => Path.GetExtension(word) is ".py" or ".sh" or ".mjs");
            foreach (string word in page.Codes.SelectMany(static code => code.Split(' ')).Concat(run).Select(static word => word.TrimEnd('.', ',', ';', ':', ')', '"', '/').TrimStart('(', '"')).Where(IsFile))
            {
                named++;
                if (!Files.Any(file => $"/{file}/".Contains($"/{word}/", StringComparison.Ordinal))) wrong.Add($"{page.Name}: {word}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(named > 100);
    }

    /// <summary>Commands, arguments and options of every line that a reader may paste; what a place-holder stands for is filled in.</summary>
    [Fact]
    public void EveryCommandInABlockIsUnderstood()
    {
        var wrong = new List<string>();
        int lines = 0;
        RootCommand vedette = VedetteCommand.Create();
        foreach (Document page in Document.All)
        {
            foreach (string line in page.ShellLines.Where(static line => CommandLine().IsMatch(line)))
            {
                lines++;
                // A comment ends it, and so does a pipe.
                string text = Comment().Replace(CommandLine().Replace(line, ""), "").Split(" | ")[0].Split(" > ")[0];
                ParseResult parsed = vedette.Parse(text);
                if (parsed.Errors.Count > 0) wrong.Add($"{page.Name}: {line}: {parsed.Errors[0].Message}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(lines > 40);
    }

    /// <summary>Commands and options that are named in a sentence or a table: <c>vedette models list</c>, <c>scan --models DIR</c>.</summary>
    [Fact]
    public void EveryCommandInASentenceExists()
    {
        var wrong = new List<string>();
        RootCommand vedette = VedetteCommand.Create();
        Dictionary<string, Command> known = vedette.Subcommands.ToDictionary(static command => command.Name);
        foreach (Document page in Document.All)
        {
            foreach (string code in page.Codes)
            {
                string[] words = code.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                bool isCalled = words[0] is "vedette" or "./vedette";
                if (isCalled && words.Length > 1 && words[1].All(char.IsAsciiLetterLower) && !known.ContainsKey(words[1])) wrong.Add($"{page.Name}: {code}");
                if (!known.TryGetValue(isCalled && words.Length > 1 ? words[1] : words[0], out Command? command)) continue;
                string[] options = [.. command.Subcommands.Append(command).SelectMany(static one => one.Options).SelectMany(static option => option.Aliases.Append(option.Name)), "--help"];
                foreach (string word in words.Select(static word => word.Trim('[', ']').Split('=')[0]).Where(static word => word.StartsWith("--", StringComparison.Ordinal)))
                    if (!options.Contains(word)) wrong.Add($"{page.Name}: {code}: {word}");
            }
        }
        Assert.Empty(wrong);
    }

    private static bool IsFile(string word) =>
        FilePath().IsMatch(word) && !PlaceHolder().IsMatch(word) && !Built().IsMatch(word) && (Kinds.Contains(Path.GetExtension(word)) || (Folders.Contains(word.Split('/')[0]) && word.Contains('/', StringComparison.Ordinal)));

    [GeneratedRegex(@"^[\w./-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilePath();

    /// <summary>A capital X stands for a name.</summary>
    [GeneratedRegex(@"(^|/)X|\bX\.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceHolder();

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|dist)/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Built();

    [GeneratedRegex(@"^(\w+=\S+ )*(\./)?vedette (?=[a-z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\s+#.*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
