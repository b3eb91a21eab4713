using Vedette.Lab.Attacks;
using Vedette.Lab.Clients;
using Vedette.Lab.Datasets;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Datasets;

public sealed class DatasetWriterTests
{
    private static readonly SimulationOptions Small = Traffic.Small with { Duration = TimeSpan.FromMinutes(20), OwaspScenarios = true };

    [Fact]
    public void EveryRowHasEveryColumn()
    {
        (string[][] records, _) = Write(Small);
        Assert.Equal(DatasetColumn.Names, records[0]);
        Assert.Equal(34, records[0].Length);
        Assert.All(records, static record => Assert.Equal(34, record.Length));
    }

    [Fact]
    public void LabelsAgreeWithTheSimulator()
    {
        (string[][] records, DatasetTally tally) = Write(Small);
        var (events, truth) = Traffic.Run(Small);
        Assert.Equal(events.Count, records.Length - 1);
        Assert.Equal(events.Count, tally.Rows);
        for (int i = 0; i < events.Count; i++)
        {
            TruthEntry? entry = events[i].Truth < 0 ? null : truth[events[i].Truth];
            bool isAttack = entry?.Type.IsAttack() == true;
            Assert.Equal(isAttack ? "1" : "0", Cell(records, i + 1, DatasetColumn.Label));
            Assert.Equal(isAttack ? entry!.Type.Name() : "normal", Cell(records, i + 1, DatasetColumn.Type));
            Assert.Equal(entry?.Scenario ?? "", Cell(records, i + 1, DatasetColumn.Scenario));
            Assert.Equal(events[i].ClientKind.ToString().ToLowerInvariant(), Cell(records, i + 1, DatasetColumn.UserClass));
        }
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("bank")]
    [InlineData("saas")]
    [InlineData("site")]
    [Trait("Row", "E9")]
    public void AllTenAbusesOfTheOwaspListAreThereAtEveryIntensity(string api)
    {
        (string[][] records, _) = Write(Small with { Api = api });
        foreach (OwaspScenario scenario in OwaspScenario.All)
        {
            string[][] rows = [.. records.Where(record => record[Index(DatasetColumn.Scenario)] == scenario.Name)];
            Assert.Equal(["easy", "hard", "medium"], rows.Select(static row => row[Index(DatasetColumn.Intensity)]).Distinct().Order());
            Assert.All(rows, row => Assert.Equal((scenario.Id, scenario.Type.Name()), (row[Index(DatasetColumn.Owasp)], row[Index(DatasetColumn.Type)])));
        }
        Assert.Equal(Enumerable.Range(1, 10).Select(static n => $"API{n}:2023"), OwaspScenario.All.Select(static scenario => scenario.Id));
    }

    [Fact]
    [Trait("Row", "E9")]
    public void ThePayloadLibraryCoversTheSixClassesWithAtLeastFortySevenPatterns()
    {
        TruthType[] classes = [TruthType.SqlInjection, TruthType.Xss, TruthType.PathTraversal, TruthType.CommandInjection, TruthType.LdapInjection, TruthType.Xxe];
        Assert.All(classes, static type => Assert.True(PayloadLibrary.For(type).Count >= 8));
        Assert.True(classes.Sum(static type => PayloadLibrary.For(type).Count) >= 47);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    [Trait("Row", "E9")]
    public void SixInTenUsersAreNormalAQuarterIsHeavyTheRestAreBots()
    {
        var population = new Population(Lab.Apis.ApiCatalogue.Create("shop", new RandomSource(1), 1), 5, 20_000, hasAwkwardNames: true);
        Dictionary<ClientKind, int> all = Enumerable.Range(0, population.Count).CountBy(i => population[i].Kind).ToDictionary();
        Assert.Equal(0.60, all[ClientKind.Normal] / 20_000.0, 0.015);
        Assert.Equal(0.25, all[ClientKind.Heavy] / 20_000.0, 0.015);
        Assert.Equal(0.15, all[ClientKind.Bot] / 20_000.0, 0.015);

        (_, DatasetTally tally) = Write(Small with { Duration = TimeSpan.FromHours(3) });
        double seen = tally.Users.Where(static user => user.Key != "attacker").Sum(static user => user.Value);
        Assert.Equal(0.60, tally.Users["normal"] / seen, 0.05);
        Assert.Equal(0.25, tally.Users["heavy"] / seen, 0.05);
        Assert.Equal(0.15, tally.Users["bot"] / seen, 0.05);
    }

    [Fact]
    public void WindowFeaturesAreTheCallersLastMinute()
    {
        (string[][] records, _) = Write(Small);
        var (events, _) = Traffic.Run(Small);
        string caller = events.Where(static e => !e.Client.Contains(':')).CountBy(static e => e.Client).MaxBy(static c => c.Value).Key;
        int last = events.FindLastIndex(e => e.Client == caller);
        // The window is whole seconds: those that end with the second of the latest request.
        long from = events[last].TimeMicros / 1_000_000 - 59;
        TrafficEvent[] minute = [.. events.Take(last + 1).Where(e => e.Client == caller && e.TimeMicros / 1_000_000 >= from)];
        Assert.Equal(minute.Length, Number(records, last + 1, "req_count"));
        Assert.Equal(minute.Count(static e => e.Status >= 400) / (double)minute.Length, Number(records, last + 1, "error_rate"), 1e-6);
        Assert.Equal(minute.Average(static e => e.DurationMicros / 1000.0), Number(records, last + 1, "avg_response_time"), 1e-2);
        Assert.Equal(minute.Max(static e => e.DurationMicros / 1000.0), Number(records, last + 1, "max_response_time"), 1e-2);
        Assert.Equal(minute.Average(static e => (double)e.RequestBytes), Number(records, last + 1, "payload_mean"), 1e-2);
    }

    [Fact]
    public void ImportedRequestsHaveTheSameColumnsAndNoWindow()
    {
        using var text = new StringWriter();
        var writer = new DatasetWriter(text);
        writer.Write(new CsicReader(new StringReader(CsicReaderTests.Sample), "sample").ReadAll(), isAttack: true);
        string[][] records = Parse(text.ToString());
        Assert.Equal(4, records.Length);
        Assert.All(records, static record => Assert.Equal(34, record.Length));
        Assert.Equal(("1", "anomalous", "csic2010"), (Cell(records, 2, DatasetColumn.Label), Cell(records, 2, DatasetColumn.Type), Cell(records, 2, DatasetColumn.Source)));
        Assert.Equal(("POST", "/shop/cart/add.jsp", "from=list", "id=3&name=Oil&B1=A%F1adir+ya", "", ""),
            (Cell(records, 2, "method"), Cell(records, 2, "path"), Cell(records, 2, "query"), Cell(records, 2, "body"), Cell(records, 2, "status"), Cell(records, 2, "req_count")));
    }

    [Fact]
    public void KeysAreWrittenAsFingerprints()
    {
        using var text = new StringWriter();
        new DatasetWriter(text).Write(Small, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("pk_live_", text.ToString(), StringComparison.Ordinal);
    }

    internal static (string[][] Records, DatasetTally Tally) Write(SimulationOptions options)
    {
        using var text = new StringWriter();
        var writer = new DatasetWriter(text);
        writer.Write(options, TestContext.Current.CancellationToken);
        return (Parse(text.ToString()), writer.Tally);
    }

    /// <summary>A plain reader of RFC 4180, another than the product's.</summary>
    internal static string[][] Parse(string csv)
    {
        var records = new List<string[]>();
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        bool quoted = false;
        for (int i = 0; i < csv.Length; i++)
        {
            char c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"') cell.Append(csv[++i]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || (c != ',' && c != '\n')) cell.Append(c);
            else
            {
                cells.Add(SpreadsheetText.Unguard(cell.ToString()));
                cell.Clear();
                if (c == ',') continue;
                records.Add([.. cells]);
                cells.Clear();
            }
        }
        return [.. records];
    }

    private static int Index(string column) => DatasetColumn.Names.ToList().IndexOf(column);

    private static string Cell(string[][] records, int row, string column) => records[row][Index(column)];

    private static double Number(string[][] records, int row, string column) => double.Parse(Cell(records, row, column), System.Globalization.CultureInfo.InvariantCulture);
}
