using System.Text;
using Vedette.Cli.Traffic;
using Vedette.Engine.Events;

namespace Vedette.Cli.Tests.Traffic;

public sealed class TopTableTests
{
    private static readonly HttpEvent Fine = new() { Status = 200, ResponseBytes = 10, DurationMicros = 4_000 };
    private static readonly HttpEvent Failed = new() { Status = 500, ResponseBytes = HttpEvent.Unknown, DurationMicros = HttpEvent.Unknown };

    [Fact]
    public void TheMostFrequentComeFirstWithTheirSums()
    {
        var table = new TopTable();
        foreach (string text in (string[])["/a", "/b", "/a", "/c", "/a", "/b"]) table.Add(Encoding.UTF8.GetBytes(text), Fine);
        table.Add("/a"u8, Failed);
        Assert.Equal(["/a", "/b", "/c"], table.Top(10).Select(static row => row.Text));
        Counted first = table.Top(1)[0];
        Assert.Equal((4, 1, 30), (first.Requests, first.Errors, first.Bytes));
        Assert.Equal(4, first.MeanMs);
        Assert.False(table.IsApproximate);
    }

    [Fact]
    public void AnAnswerWithoutTimesHasNoMean()
    {
        var table = new TopTable();
        table.Add("/a"u8, Failed);
        Assert.Null(table.Top(1)[0].MeanMs);
    }

    [Fact]
    public void AFloodOfDifferentTextsIsBoundedAndHidesNoFrequentOne()
    {
        var table = new TopTable(capacity: 1_000);
        for (int i = 0; i < 100_000; i++)
        {
            table.Add(Encoding.UTF8.GetBytes($"/random/{i}"), Fine);
            if (i % 10 == 0) table.Add("/frequent"u8, Fine);
            Assert.InRange(table.Count, 1, 1_000);
        }
        Assert.True(table.IsApproximate);
        Assert.Equal("/frequent", table.Top(1)[0].Text);
        Assert.Equal(10_000, table.Top(1)[0].Requests);
    }

    [Fact]
    public void AFullTableWhoseRowsAreAllEqualMakesRoomAllTheSame()
    {
        var table = new TopTable(capacity: 100);
        for (int round = 0; round < 2; round++)
            for (int i = 0; i < 100; i++) table.Add(Encoding.UTF8.GetBytes($"/{i}"), Fine);
        table.Add("/new"u8, Fine);
        Assert.InRange(table.Count, 2, 100);
    }

    [Fact]
    public void AnEndlessTextIsCut()
    {
        var table = new TopTable();
        table.Add(Encoding.UTF8.GetBytes(new string('x', 100_000)), Fine);
        Assert.Equal(TopTable.MaxText, table.Top(1)[0].Text.Length);
    }
}
