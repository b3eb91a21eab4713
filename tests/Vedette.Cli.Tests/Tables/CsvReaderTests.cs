using Vedette.Cli.Tables;

namespace Vedette.Cli.Tests.Tables;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b;1|2")]
    [InlineData("a;b\r\n1,5;2\r\n", "a|b;1,5|2")]
    [InlineData("a\tb\n1\t", "a|b;1|")]
    [InlineData("\"a,b\",\"say \"\"hi\"\"\"\n", "a,b|say \"hi\"")]
    [InlineData("\"two\nlines\",x\n\n\ny,z", "two\nlines|x;y|z")]
    [InlineData(" 1 , 2 \n", "1|2")]
    [InlineData("a\"b,c\n", "a\"b|c")]
    [InlineData("\n\r\n", "")]
    public void RecordsAndFieldsAreTakenApart(string text, string expected)
    {
        var reader = new CsvReader(new StringReader(text));
        var records = new List<string>();
        while (reader.Read()) records.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.Field(i).ToString())));

        Assert.Equal(expected, string.Join(';', records));
    }

    [Fact]
    public void LinesAreCountedThroughQuotedLineEnds()
    {
        var reader = new CsvReader(new StringReader("a,b\n\"x\ny\",1\n\nz,2\n"));
        var lines = new List<long>();
        while (reader.Read()) lines.Add(reader.Line);

        Assert.Equal([1, 2, 5], lines);
    }

    [Fact]
    public void QuoteThatNeverEndsIsAnError() =>
        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => ReadAll("a,b\n\"x,1\n2,3\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void EndlessRecordIsAnError() => Assert.Throws<InvalidDataException>(() => ReadAll(new string('x', 5_000_000)));

    private static void ReadAll(string text)
    {
        var reader = new CsvReader(new StringReader(text));
        while (reader.Read())
        {
        }
    }
}
