using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

public sealed class LogParserTests
{
    private const string Combined = """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """;
    private const string Vhost = """shop.example 203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """;
    private const string Json = """{"method":"GET","path":"/j","status":200}""";

    [Fact]
    public void EveryLineIsAnEventAFailureOrAComment()
    {
        EventBatch batch = ParsedLine.Batch($"{Combined}\n\n# a comment\nrubbish\n{Vhost}\n{Json}");
        LogParser parser = Detected(batch);
        parser.Parse(batch);
        Assert.Equal([1L, 5, 6], batch.Events.ToArray().Select(e => e.Line));
        Assert.Equal([(2L, ParseError.Empty), (4L, ParseError.UnexpectedFormat)], batch.Failures.Select(f => (f.Line, f.Reason)));
        Assert.Equal((3, 2, 1), (parser.Counts.Events, parser.Counts.Failures, parser.Counts.Comments));
        Assert.Equal(1, parser.Counts.EventsByFormat["combined_vhost"]);
        Assert.Equal(1, parser.Counts.EventsByFormat["json"]);
    }

    [Fact]
    public void ParsingABatchTwiceCountsItOnce()
    {
        EventBatch batch = ParsedLine.Batch(Combined);
        LogParser parser = Detected(batch);
        parser.Parse(batch);
        parser.Parse(batch);
        Assert.Equal(1, parser.Counts.Events);
        Assert.Equal(1, batch.EventCount);
    }

    [Fact]
    public void TheFormatOfMostLinesWinsDespiteGarbage()
    {
        string text = string.Join('\n', Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "garbage \u0001 here" : i % 10 == 1 ? Vhost : Combined));
        Assert.Equal(["combined", "combined_vhost"], FormatDetector.Detect(ParsedLine.Batch(text)).Select(format => format.Name));
        Assert.Empty(FormatDetector.Detect(ParsedLine.Batch("nothing\nof use")));
    }

    [Fact]
    public void ColumnsOfAW3CFileMayChangeWithinIt()
    {
        EventBatch batch = ParsedLine.Batch("#Fields: date time cs-uri-stem sc-status\n2024-05-01 10:00:00 /a 200\n#Fields: sc-status cs-uri-stem time date\n404 /b 10:00:01 2024-05-01");
        Detected(batch).Parse(batch);
        Assert.Equal([200, 404], batch.Events.ToArray().Select(e => (int)e.Status));
        Assert.Equal("/b", Encoding.UTF8.GetString(batch[batch.Events[1].Path]));
    }

    [Fact]
    public void ParallelBatchesGiveWhatOneThreadGives()
    {
        LogParser parser = new([LogFormats.Find("combined")!, LogFormats.Find("json")!]);
        EventBatch[] batches = [.. Enumerable.Range(0, 64).Select(i => ParsedLine.Batch($"{Combined}\n{(i % 2 == 0 ? Json : "x")}"))];
        Parallel.ForEach(batches, parser.Parse);
        Assert.Equal((96, 32), (parser.Counts.Events, parser.Counts.Failures));
        Assert.All(batches, (batch, i) => Assert.Equal(i % 2 == 0 ? 2 : 1, batch.EventCount));
    }

    [Fact]
    public void ClientsKnownByNameAreToldApart()
    {
        EventBatch batch = ParsedLine.Batch(Combined.Replace("203.0.113.9", "a.example", StringComparison.Ordinal) + "\n" + Combined.Replace("203.0.113.9", "b.example", StringComparison.Ordinal) + "\n" + Combined.Replace("203.0.113.9", "A.example", StringComparison.Ordinal));
        Detected(batch).Parse(batch);
        NetworkAddress[] keys = [.. batch.Events.ToArray().Select(e => e.Client.CallerKey)];
        Assert.NotEqual(keys[0], keys[1]);
        Assert.Equal(keys[0], keys[2]);
        Assert.True(keys[0].IsName);
    }

    private static LogParser Detected(EventBatch batch) => new([FormatDetector.Detect(batch)], LogFormats.Fallbacks);
}
