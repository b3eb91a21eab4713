using System.Globalization;
using System.Text;
using System.Text.Json;
using Vedette.Cli.Commands;
using Vedette.Cli.Tables;

namespace Vedette.Cli.Tests.Commands;

public class OutliersCommandTests
{
    public static TheoryData<string> Detectors => [.. TableDetector.All.Select(detector => detector.Name)];

    [Theory, MemberData(nameof(Detectors))]
    public void EveryDetectorFindsThePlantedRowsAndNamesTheirFeature(string name)
    {
        using var answer = Run(Table(300), name, null);
        var root = answer.RootElement;

        Assert.Equal(name, root.GetProperty("detector").GetString());
        Assert.Equal(300, root.GetProperty("rows").GetInt32());
        Assert.Equal(3, root.GetProperty("features").GetInt32());
        Assert.True(root.GetProperty("auc_roc").GetDouble() > 0.95);
        Assert.True(root.GetProperty("average_precision").GetDouble() > 0.5);
        var first = root.GetProperty("top")[0];
        Assert.Equal(0, (first.GetProperty("row").GetInt32() - 1) % 100);
        Assert.Equal(first.GetProperty("row").GetInt32() + 1, first.GetProperty("line").GetInt32());
        Assert.Equal("b", first.GetProperty("drivers")[0].GetProperty("feature").GetString());
    }

    [Fact]
    public void ScoresFileHasOneRowEach()
    {
        string path = Path.GetTempFileName();
        try
        {
            Run(Table(50), "iforest", path).Dispose();
            string[] lines = File.ReadAllLines(path);

            Assert.Equal("row,score", lines[0]);
            Assert.Equal(51, lines.Length);
            Assert.StartsWith("50,", lines[50], StringComparison.Ordinal);
            Assert.InRange(double.Parse(lines[50][3..], CultureInfo.InvariantCulture), 0, 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void LabelsOfOneKindLeaveTheMeasuresOpen()
    {
        using var answer = Run("a,label\n1,0\n2,0\n3,0\n", "knn", null);

        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("auc_roc").ValueKind);
    }

    [Fact]
    public void SeriesIsAnsweredLineByLineWithTimesAsGiven()
    {
        var text = new StringBuilder("value,timestamp\n");
        for (int i = 0; i < 400; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 300 ? 50 : Math.Sin(i) + i % 7 * 0.1)},\"2024-01-01 00:{i / 60 % 60:D2}:{i % 60:D2}\"\n");
        text.Append("NA,2024-01-02\n");
        using var output = new StringWriter();

        TimeSeriesCommand.Run(new StringReader(text.ToString()), output);

        string[] lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal("timestamp,value,score,is_anomaly", lines[0]);
        Assert.Equal(402, lines.Length);
        string[] spike = lines[301].Split(',');
        Assert.Equal(["2024-01-01 00:05:00", "50"], spike[..2]);
        Assert.InRange(double.Parse(spike[2], CultureInfo.InvariantCulture), 0.99, 1);
        Assert.Equal("1", spike[3]);
        Assert.Equal("2024-01-02,NA,0,0", lines[401]);
    }

    [Theory]
    [InlineData("1,2\nsoon,3\n", "Line 2, column 1")]
    [InlineData("time,value\n1,x\n", "Line 2, column 2")]
    [InlineData("1,2\n3\n", "Line 2")]
    [InlineData("", "empty")]
    public void SeriesErrorsSayWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => TimeSeriesCommand.Run(new StringReader(text), TextWriter.Null)).Message, StringComparison.Ordinal);

    private static JsonDocument Run(string text, string detector, string? scores)
    {
        var output = new MemoryStream();
        OutliersCommand.Run(NumericTable.Read(new StringReader(text), "label"), TableDetector.All.Single(known => known.Name == detector), 1, scores, output);
        return JsonDocument.Parse(output.ToArray());
    }

    /// <summary>Three regular columns; in every hundredth row, from the first, column b is far out.</summary>
    private static string Table(int rows)
    {
        var text = new StringBuilder("a,b,c,label\n");
        for (int i = 0; i < rows; i++)
        {
            bool planted = i % 100 == 0;
            text.Append(CultureInfo.InvariantCulture, $"{Math.Sin(i * 1.7):F4},{(planted ? 30 + i * 0.05 : Math.Cos(i * 2.3)):F4},{Math.Sin(i * 0.9 + 1):F4},{(planted ? 1 : 0)}\n");
        }
        return text.ToString();
    }
}
