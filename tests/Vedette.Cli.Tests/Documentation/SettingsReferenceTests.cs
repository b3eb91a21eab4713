using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Vedette.Engine;
using Vedette.Server.Settings;

namespace Vedette.Cli.Tests.Documentation;

/// <summary>The reference has every setting that there is, and no other page names one that there is not.</summary>
public sealed partial class SettingsReferenceTests
{
    /// <summary>Every setting by its path, with its default.</summary>
    private static readonly Dictionary<string, object?> Settings = Of("", new EngineOptions()).Concat(Of("", new VedetteSettings())).ToDictionary();

    private static readonly string[] Sections = [.. Settings.Keys.Select(static path => path.Split('.')[0]).Distinct(StringComparer.Ordinal)];

    private static readonly Document Reference = Document.All.Single(static page => page.Name == "docs/settings.md");

    [Fact]
    public void TheReferenceHasEverySettingAndNoOther()
    {
        string[] listed = [.. Rows().SelectMany(static row => row.Paths)];
        Assert.Equal(Settings.Keys.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NumbersAndTruthsHaveTheDefaultsThatTheReferenceSays()
    {
        int compared = 0;
        foreach ((string[] paths, string said) in Rows())
        {
            foreach (string path in paths)
            {
                if (Settings[path] is not (int or long or double or bool)) continue;
                compared++;
                Assert.Equal((path, Convert.ToString(Settings[path], CultureInfo.InvariantCulture)!.ToLowerInvariant()), (path, said));
            }
        }
        Assert.True(compared > 40);
    }

    [Fact]
    public void ShortNamesAreThoseThatAreHonored()
    {
        string[] lines = Reference.Text.Split('\n');
        IEnumerable<string> table = lines.SkipWhile(static line => line != "### Short names").TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal));
        Assert.Equal(ShortNames.Paths.Keys.Order(StringComparer.Ordinal), table.SelectMany(static line => ShortName().Matches(line.Split('|').ElementAtOrDefault(1) ?? "")).Select(static name => name.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.Empty(ShortNames.Paths.Values.Select(static path => path.Replace(':', '.')).Except(Settings.Keys));
    }

    /// <summary>Blocks that begin with a section are settings files, and load as they stand.</summary>
    [Fact]
    public void EveryExampleOfSettingsIsValid()
    {
        string folder = Directory.CreateTempSubdirectory("vedette-examples").FullName;
        int examples = 0;
        foreach (Document page in Document.All)
        {
            foreach ((string language, string text) in page.Blocks.Where(static block => block.Language is "yaml" or "json" && Section().Match(block.Text) is { Success: true } first && Sections.Contains(first.Groups[1].Value)))
            {
                var file = new FileInfo(Path.Combine(folder, $"{examples++}.{language}"));
                File.WriteAllText(file.FullName, text);
                Exception? problem = Record.Exception(() => SettingsLoader.Load(new SettingsSources { File = file, Environment = new Hashtable() }));
                Assert.True(problem is null, $"{page.Name}: {problem?.Message}\n{text}");
            }
        }
        Directory.Delete(folder, recursive: true);
        Assert.True(examples > 2);
    }

    /// <summary>As <c>Risk.AlertsPerDay</c>, <c>Risk:AlertsPerDay</c> or <c>VEDETTE__RISK__ALERTSPERDAY</c>.</summary>
    [Fact]
    public void EverySettingThatAPageNamesExists()
    {
        var known = Settings.Keys.Concat(Settings.Keys.Select(static path => path[..Math.Max(0, path.LastIndexOf('.'))])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wrong = new List<string>();
        int named = 0;
        foreach (Document page in Document.All)
        {
            foreach (Match name in Dotted().Matches(page.Text).Where(static name => Sections.Contains(name.Value.Split('.', ':')[0])).Concat(Variable().Matches(page.Text).Where(static name => !name.Value.Contains("SECTION", StringComparison.Ordinal))))
            {
                named++;
                string path = name.Value.Replace("VEDETTE__", "", StringComparison.Ordinal).Replace("__", ".", StringComparison.Ordinal).Replace(':', '.');
                if (!known.Contains(path)) wrong.Add($"{page.Name}: {name.Value}");
            }
        }
        Assert.Empty(wrong);
        Assert.True(named > 100);
    }

    /// <summary>Rows of the tables: paths, of which a cell may name several, and the default.</summary>
    private static IEnumerable<(string[] Paths, string Default)> Rows() => Reference.Text.Split('\n').TakeWhile(static line => line != "## Environment").Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(static line => line.Split('|')).Select(static cells => (cells[1].Split(',').Select(static path => path.Trim(' ', '`')).ToArray(), cells[3].Trim(' ', '`')));

    /// <summary>Properties that can be set, those of records in them by a path.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Of(string prefix, object options)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties().Where(static property => property.SetMethod is not null && property.Name != "Origins"))
        {
            object? value = property.GetValue(options);
            if (value is EngineOptions) continue;
            if (value is null or string or IEnumerable || property.PropertyType.IsValueType) yield return KeyValuePair.Create(prefix + property.Name, value);
            else foreach (KeyValuePair<string, object?> inner in Of($"{prefix}{property.Name}.", value)) yield return inner;
        }
    }

    [GeneratedRegex(@"(?<![\w/.:])[A-Z][A-Za-z]+[.:][A-Z][A-Za-z]+(?:[.:][A-Z][A-Za-z]+)?(?!\w|\.cs|\()", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\bVEDETTE__[A-Z]+(?:__[A-Z]+)*", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Variable();

    /// <summary>The first key of a settings file, after comments.</summary>
    [GeneratedRegex("""^(?:\s|\{|//.*|#.*)*"?([A-Z]\w+)"?:""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Section();

    [GeneratedRegex("`([A-Z_]+)`", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex ShortName();
}
