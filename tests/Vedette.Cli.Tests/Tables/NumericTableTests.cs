using Vedette.Cli.Tables;

namespace Vedette.Cli.Tests.Tables;

public class NumericTableTests
{
    [Fact]
    public void HeaderIsToldFromData()
    {
        Assert.Equal(["a", "b"], Read("a,b\n1,2\n").Features);
        Assert.Equal(["column1", "column2"], Read("1,2\n3,4\n").Features);
        Assert.Equal(2, Read("1,2\n3,4\n").RowCount);
    }

    [Fact]
    public void MissingCellsBecomeNaN()
    {
        var table = Read("a,b\n1,\nNA,2\nnan,inf\n4,-Infinity\n");

        Assert.Equal([1, float.NaN, float.NaN, 2, float.NaN, float.NaN, 4, float.NaN], table.Rows);
        Assert.Equal(5, table.MissingCount);
    }

    [Fact]
    public void LabelColumnIsNoFeature()
    {
        var table = Read("a,label,b\n1,0,2\n3,1,4\n", "label");

        Assert.Equal(["a", "b"], table.Features);
        Assert.Equal([1f, 2, 3, 4], table.Rows);
        Assert.Equal([0f, 1], table.Labels!);
    }

    [Fact]
    public void FewTextsBecomeTheirRarity()
    {
        var table = Read("a,kind\n1,x\n2,x\n3,x\n4,y\n");

        Assert.Equal(-MathF.Log(0.75f), table.Rows[1], 1e-6f);
        Assert.Equal(-MathF.Log(0.25f), table.Rows[7], 1e-6f);
    }

    [Fact]
    public void ColumnsOfManyTextsOrNoValuesAreLeftOutWithANote()
    {
        var table = Read("id,none,a\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"name{i},NA,{i}\n")));

        Assert.Equal(["a"], table.Features);
        Assert.Equal(2, table.Notes.Length);
        Assert.Contains("'id'", table.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,oops\n", "Line 3, column 'b': 'oops'")]
    [InlineData("a,b\n1,2\n3\n", "Line 3: 1 cells")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("", "empty")]
    public void ErrorsSayWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void LabelThatIsNeitherZeroNorOneIsAnError() =>
        Assert.Contains("Line 2, column 'label'", Assert.Throws<InvalidDataException>(() => Read("a,label\n1,7\n", "label")).Message, StringComparison.Ordinal);

    [Fact]
    public void UnknownLabelColumnIsAMistakeInTheCommand() => Assert.Throws<UsageException>(() => Read("a,b\n1,2\n", "c"));

    [Theory]
    [InlineData("1681350548", 1_681_350_548_000_000)]
    [InlineData("1681350548.5", 1_681_350_548_500_000)]
    [InlineData("1681350548123", 1_681_350_548_123_000)]
    [InlineData("2014-04-01 00:05:00", 1_396_310_700_000_000)]
    [InlineData("2014-04-01T02:05:00+02:00", 1_396_310_700_000_000)]
    [InlineData("2014-04-01T00:05:00.250Z", 1_396_310_700_250_000)]
    public void TimesAreRead(string text, long micros)
    {
        Assert.True(SeriesTimestamp.TryParse(text, out long actual));
        Assert.Equal(micros, actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    public void OtherTextsAreNoTimes(string text) => Assert.False(SeriesTimestamp.TryParse(text, out _));

    private static NumericTable Read(string text, string? label = null) => NumericTable.Read(new StringReader(text), label);
}
