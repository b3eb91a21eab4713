using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vedette.Engine.Tests.Architecture;

/// <summary>Dependencies point one way: between projects, and between the engine's folders in the order an event meets them.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>What each project may refer to directly.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Vedette.ML"] = [],
        ["Vedette.Engine"] = ["Vedette.ML"],
        ["Vedette.Storage"] = ["Vedette.Engine"],
        ["Vedette.Lab"] = ["Vedette.Engine", "Vedette.ML"],
        ["Vedette.AspNetCore"] = ["Vedette.Engine"],
        ["Vedette.Server"] = ["Vedette.Storage", "Vedette.Lab", "Vedette.Engine"],
        ["Vedette.Cli"] = ["Vedette.Server", "Vedette.Lab", "Vedette.Engine", "Vedette.ML"],
    };

    /// <summary>The engine's folders, earliest first; those of one rank may know each other. The root is last.</summary>
    private static readonly string[][] Order =
    [
        ["Events"],
        ["Sources", "Parsing", "Normalization", "Redaction"],
        ["Signatures", "Behavior"],
        ["Detection"],
        ["Forecasting"],
        ["Risk"],
        ["Incidents"],
        ["Learning"],
        ["Pipeline"],
        ["(root)"],
    ];

    /// <summary>Files that look the other way today, each with the folder it looks at and why.</summary>
    private static readonly Dictionary<string, (string Folder, string Reason)> Exceptions = new()
    {
        ["Pipeline/BatchPipeline.cs"] = ("(root)", "It drives the engine from outside, as a host would, and stands beside the types it moves."),
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    [Trait("Row", "A12")]
    public void AProjectRefersOnlyToThoseBelowIt(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed), $"{project} has no place in the order of projects yet; give it one.");
        XDocument file = XDocument.Load(Repository.Path("src", project, project + ".csproj"));
        IEnumerable<string> references = file.Descendants("ProjectReference").Select(static r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("Vedette.ML")]
    [InlineData("Vedette.Engine")]
    public void WhatEverybodyBuildsOnHasNoDriversAndNoWeb(string project)
    {
        XDocument file = XDocument.Load(Repository.Path("src", project, project + ".csproj"));
        Assert.Equal(["System.Numerics.Tensors"], file.Descendants("PackageReference").Select(static r => r.Attribute("Include")!.Value));
        Assert.Empty(file.Descendants("FrameworkReference"));
    }

    [Fact]
    [Trait("Row", "A12")]
    public void TheEnginesFoldersDependOnEarlierOnesOnly()
    {
        var violations = new List<string>();
        var used = new HashSet<string>();
        foreach ((string file, string folder, string text) in EngineFiles())
        {
            foreach (string target in DependenciesOf(folder, text).Distinct())
            {
                if (RankOf(target) < RankOf(folder) || RankOf(target) == RankOf(folder)) continue;
                if (Exceptions.TryGetValue(file, out var exception) && exception.Folder == target) used.Add(file);
                else violations.Add($"{file} depends on {target}");
            }
        }
        Assert.Empty(violations);
        Assert.Empty(Exceptions.Keys.Except(used));
    }

    [Fact]
    public void ParsersDoNotKnowWhereLinesComeFrom() =>
        Assert.DoesNotContain(EngineFiles(), static f => f.Folder is "Parsing" or "Normalization" && DependenciesOf(f.Folder, f.Text).Contains("Sources"));

    [Fact]
    public void EveryNamespaceIsItsFolder()
    {
        foreach ((string file, string folder, string text) in EngineFiles())
        {
            string expected = folder == "(root)" ? "namespace Vedette.Engine;" : $"namespace Vedette.Engine.{folder};";
            Assert.True(text.Contains(expected, StringComparison.Ordinal), $"{file} is not in {expected}");
        }
    }

    /// <summary>Folders that a file names in a using, in a qualified name, or by a type of the root.</summary>
    private static IEnumerable<string> DependenciesOf(string folder, string text)
    {
        string code = Comments().Replace(text, "");
        foreach (Match use in EngineNamespace().Matches(code))
            if (use.Groups[1].Value != folder) yield return use.Groups[1].Value;
        if (folder != "(root)" && RootTypes().IsMatch(code)) yield return "(root)";
    }

    private static int RankOf(string folder)
    {
        int rank = Array.FindIndex(Order, group => group.Contains(folder));
        return rank >= 0 ? rank : throw new InvalidDataException($"The folder {folder} has no place in the order of the engine's folders; give it one.");
    }

    private static IEnumerable<(string File, string Folder, string Text)> EngineFiles()
    {
        string root = Repository.Path("src", "Vedette.Engine");
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("bin/", StringComparison.Ordinal)) continue;
            yield return (file, file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : "(root)", File.ReadAllText(path));
        }
    }

    [GeneratedRegex(@"(?<!namespace )Vedette\.Engine\.([A-Z]\w+)", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex EngineNamespace();

    [GeneratedRegex(@"\b(DetectionEngine|EngineOptions|EventLedger|EventVerdict)\b", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex RootTypes();

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Comments();
}
