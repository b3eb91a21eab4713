using Vedette.Lab.Datasets;

namespace Vedette.Lab.Tests.Datasets;

public sealed class DatasetSummaryTests
{
    [Fact]
    public void StatisticsAreThoseComputedByHand()
    {
        var summary = DatasetSummary.Of([["x", "y", "name"], ["1", "2", "a"], ["2", "4", "b"], ["", "5", "a"], ["4", "9", ""]]);
        ColumnSummary x = summary.Columns[0];
        Assert.Equal((4L, 3L, 1L, true), (summary.Rows, x.Count, x.Missing, x.IsNumeric));
        Assert.Equal(7 / 3.0, x.Mean, 12);
        Assert.Equal(Math.Sqrt(7 / 3.0), x.Deviation, 12);
        Assert.Equal((1.0, 1.5, 2.0, 3.0, 4.0), (x.Minimum, x.Quantile(0.25), x.Quantile(0.5), x.Quantile(0.75), x.Maximum));
        Assert.False(summary.Columns[2].IsNumeric);
        Assert.Equal([("a", 2L), ("b", 1L)], summary.Columns[2].Frequencies);
        // Over the rows that have both: (1, 2), (2, 4), (4, 9).
        Assert.Equal(11 / Math.Sqrt(14 / 3.0 * 26), summary.Correlation(x, summary.Columns[1]), 12);
        Assert.Equal(1, summary.Correlation(x, x), 12);
    }

    [Fact]
    public void AColumnThatDoesNotVaryCorrelatesWithNothing()
    {
        var summary = DatasetSummary.Of([["x", "y"], ["1", "2"], ["1", "3"]]);
        Assert.Equal(double.NaN, summary.Correlation(summary.Columns[0], summary.Columns[1]));
    }

    [Fact]
    public void OneWordMakesAColumnText()
    {
        var summary = DatasetSummary.Of([["x"], ["1"], ["two"], ["3"]]);
        Assert.False(summary.Columns[0].IsNumeric);
        Assert.Empty(summary.Correlated);
    }

    [Fact]
    public void TheSampleOfALongTableIsEvenAndRepeatable()
    {
        IEnumerable<string[]> Records() => Enumerable.Range(0, 50_000).Select(static i => new[] { $"{i}" }).Prepend(["n"]);
        var summary = DatasetSummary.Of(Records());
        Assert.Equal(DatasetSummary.SampleSize, summary.Sample.Count);
        Assert.Equal(25_000, summary.Sample.Average(static row => double.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)), 2500.0);
        Assert.Equal(summary.Sample, DatasetSummary.Of(Records()).Sample);
        Assert.True(summary.Columns[0].HasMoreDistinct);
    }

    [Fact]
    public void QuartilesOfALongColumnAreThoseOfAnEvenSample()
    {
        var summary = DatasetSummary.Of(Enumerable.Range(0, 300_000).Select(static i => new[] { $"{i}" }).Prepend(["n"]));
        Assert.Equal(150_000, summary.Columns[0].Quantile(0.5), 3000.0);
    }

    [Fact]
    public void TablesWithoutHeaderOrWithUnevenRowsAreRefused()
    {
        Assert.Throws<InvalidDataException>(() => DatasetSummary.Of([]));
        var error = Assert.Throws<InvalidDataException>(() => DatasetSummary.Of([["a", "b"], ["1", "2"], ["3"]]));
        Assert.Contains("Row 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportNamesClassesAndStrongCorrelations()
    {
        using var text = new StringWriter();
        DatasetReport.Write(DatasetSummary.Of([["label", "x", "kind"], ["0", "1", "a\u001b[31m"], ["1", "5", "b"], ["1", "6", "b"]]), "t.csv", text);
        string report = text.ToString();
        Assert.Contains("3 rows, 3 columns, 2 of them numeric", report, StringComparison.Ordinal);
        Assert.Contains("Rows by label", report, StringComparison.Ordinal);
        Assert.Contains("66.7%", report, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', report);
    }
}
