using System.Text.RegularExpressions;

namespace Vedette.Engine.Tests.Architecture;

/// <summary>Every row of <c>docs/requirements.md</c> is proved as it says.</summary>
public sealed partial class RequirementTests
{
    private static readonly ILookup<string, string> Marks = Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories).Where(static file => !IsBuilt(file))
        .SelectMany(static file => Mark().Matches(File.ReadAllText(file)).Select(mark => (Row: mark.Groups[1].Value, File: file))).ToLookup(static mark => mark.Row, static mark => mark.File);

    private static readonly (string Id, string Proof)[] Rows = [.. File.ReadLines(Repository.Path("docs", "requirements.md")).Select(static line => Row().Match(line)).Where(static row => row.Success).Select(static row => (row.Groups[1].Value, row.Groups[2].Value))];

    [Fact]
    public void EveryRowIsThereOnceInOrder()
    {
        string[] expected = [.. Ids("A", 12), .. Ids("B", 13), .. Ids("C", 13), .. Ids("D", 10), .. Ids("E", 11)];
        Assert.Equal(expected, Rows.Select(static row => row.Id));
        Assert.All(Rows, static row => Assert.Contains(row.Proof, (string[])["tests", "browser tests", "deployment"]));
    }

    [Fact]
    public void EveryRowThatTestsProveIsNamedByOne() => Assert.Empty(Rows.Where(static row => row.Proof == "tests" && !Marks.Contains(row.Id)).Select(static row => row.Id));

    [Fact]
    public void NoTestNamesARowThatIsNone() => Assert.Empty(Marks.Select(static mark => mark.Key).Except(Rows.Select(static row => row.Id)));

    private static IEnumerable<string> Ids(string letter, int count) => Enumerable.Range(1, count).Select(number => letter + number);

    private static bool IsBuilt(string file) => file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex("""\[Trait\("Row", "(\w+)"\)\]""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Mark();

    [GeneratedRegex("""^\| ([A-E]\d+) \| .* \| ([a-z ]+) \|$""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Row();
}
