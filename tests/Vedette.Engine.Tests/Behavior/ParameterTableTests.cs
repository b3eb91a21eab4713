using System.Text;
using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Behavior;

public sealed class ParameterTableTests
{
    private const int Route = 3;

    [Fact]
    public void AnUnknownParameterSaysNothing() =>
        Assert.Equal(ParameterFit.Unknown, Judge(Learned(_ => "id=7", values: 10), "id", "1 or 1=1"));

    [Fact]
    public void TextIsForeignToAParameterOfNumbers()
    {
        var table = Learned(i => $"id={i}&page=2", values: 500);
        Assert.Equal(ParameterFit.Foreign, Judge(table, "id", "1 or 1=1"));
        Assert.Equal(ParameterFit.Ordinary, Judge(table, "id", "12"));
    }

    [Fact]
    public void AnythingElseIsForeignToAFewWords()
    {
        var table = Learned(i => $"sort={(i % 2 == 0 ? "price" : "name")}", values: 500);
        Assert.Equal(ParameterFit.Foreign, Judge(table, "sort", "(select 1)"));
    }

    [Fact]
    public void MarkupIsUsualWhereMarkupIsWritten()
    {
        var table = Learned(i => $"text=%3Cp%20class%3D%22x%22%3Ehello+{i}%3C%2Fp%3E", values: 500);
        Assert.Equal(ParameterFit.Habitual, Judge(table, "text", "<b class=\"y\">hi</b>"));
        Assert.Equal(ParameterFit.Ordinary, Judge(table, "text", "<b class=\"y\" onclick='f()'>hi</b>"));
        Assert.Equal(ParameterFit.Ordinary, table.Judge(ParameterTable.KeyOf(Route, "text"u8), ParameterShape.Read("<b>hi</b>"u8), isText: false));
    }

    [Fact]
    public void ManyPayloadsInOneTickAreNoHabit()
    {
        var table = Learned(i => $"q=word{i}", values: 500);
        var part = new ParameterTable(64);
        for (int i = 0; i < 100; i++) part.ObservePayload(ParameterTable.KeyOf(Route, "q"u8));
        table.Add(part, []);
        Assert.Equal(ParameterFit.Ordinary, Judge(table, "q", "1 or 1=1"));
        for (int tick = 0; tick < 5; tick++) table.Add(part, []);
        Assert.Equal(ParameterFit.Habitual, Judge(table, "q", "1 or 1=1"));
    }

    [Fact]
    public void MergingPartsIsTheSameAsCountingAtOnce()
    {
        var whole = new ParameterTable(256);
        ParameterTable[] parts = [new(256), new(256), new(256)];
        for (int i = 0; i < 900; i++)
        {
            byte[] query = Encoding.ASCII.GetBytes($"id={i}&name=a%20b{i % 5}");
            whole.ObserveQuery(Route, query);
            parts[i % 3].ObserveQuery(Route, query);
        }
        var merged = new ParameterTable(256);
        foreach (var part in parts) merged.Add(part, []);
        Assert.Equal(whole.Count, merged.Count);
        foreach (string value in (string[])["1", "a b", "1 or 1=1", "<b>"])
            foreach (string name in (string[])["id", "name"])
                Assert.Equal(Judge(whole, name, value), Judge(merged, name, value));
    }

    [Fact]
    public void AFloodOfNamesIsBoundedAndCounted()
    {
        var table = new ParameterTable(64);
        for (int i = 0; i < 10_000; i++) table.ObserveQuery(Route, Encoding.ASCII.GetBytes($"p{i}=1"));
        Assert.InRange(table.Count, 1, 64);
        Assert.Equal(10_000 - table.Count, table.Dropped);
    }

    [Fact]
    public void WhatIsNotSeenAgainFades()
    {
        var table = Learned(i => $"id={i}", values: 500);
        for (int week = 0; week < 12; week++) table.Decay();
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void CountingAQueryAllocatesNothing()
    {
        var table = Learned(i => $"id={i}&q=a", values: 100);
        byte[] query = Encoding.ASCII.GetBytes("id=77&q=it%27s+here");
        Assert.Equal(0, Allocations.Of(() => table.ObserveQuery(Route, query)));
    }

    private static ParameterFit Judge(ParameterTable table, string name, string value) =>
        table.Judge(ParameterTable.KeyOf(Route, Encoding.ASCII.GetBytes(name)), ParameterShape.Read(Encoding.ASCII.GetBytes(value)), isText: true);

    private static ParameterTable Learned(Func<int, string> query, int values)
    {
        var table = new ParameterTable(256);
        for (int i = 0; i < values; i++) table.ObserveQuery(Route, Encoding.ASCII.GetBytes(query(i)));
        return table;
    }
}
