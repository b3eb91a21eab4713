using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Vedette.Engine.Events;
using Vedette.Server.Ingestion;

namespace Vedette.Server.Tests.Ingestion;

public sealed class BodySplitterTests
{
    [Theory]
    [InlineData("{\"a\":1}", BodyShape.Single, "{\"a\":1}")]
    [InlineData("[{\"a\":1}, {\"b\":[1,{}]}]", BodyShape.Array, "{\"a\":1}|{\"b\":[1,{}]}")]
    [InlineData("{\"x\":{\"logs\":[1]},\"logs\":[{\"a\":1},\"te\\u0041xt\"],\"y\":2}", BodyShape.Wrapped, "{\"a\":1}|teAxt")]
    [InlineData("{\"x\":1,\"logs\":{}}", BodyShape.Single, "{\"x\":1,\"logs\":{}}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\r\n\n{\"c\":3}", BodyShape.Lines, "{\"a\":1}|{\"b\":2}|{\"c\":3}")]
    [InlineData("{\n\"a\":1\n}", BodyShape.Single, "{\n\"a\":1\n}")]
    [InlineData("{\"a\":1}{\"b\":2}", BodyShape.Lines, "{\"a\":1}{\"b\":2}")]
    [InlineData("one\ntwo", BodyShape.Lines, "one|two")]
    [InlineData("[]", BodyShape.Array, "")]
    internal void EventsAreFoundInEveryShape(string body, BodyShape expected, string lines)
    {
        EventBatch batch = Batch(body);
        Assert.Null(BodySplitter.Split(batch, isText: false, 3, 10, out BodyShape shape));
        Assert.Equal(expected, shape);
        Assert.Equal(lines, string.Join('|', Texts(batch)));
        Assert.Equal(Enumerable.Range(1, batch.LineCount).Select(static i => (long)i), batch.Lines.ToArray().Select(static line => line.Number));
        Assert.All(batch.Lines.ToArray(), static line => Assert.Equal(3, line.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("[1,2,3,4")]
    [InlineData("{\"logs\":[1,2,3,4]}")]
    [InlineData("1\n2\n3\n4")]
    [InlineData("[1] [2]")]
    [InlineData("{\"logs\":[]} x")]
    [InlineData("[\"\\ud800\"]")]
    public void WhatIsNoneIsAValueNotAnException(string body) => Assert.NotNull(BodySplitter.Split(Batch(body), isText: false, 0, 3, out _));

    [Theory]
    [InlineData("{\"logs\":7}", "logs: must be an array of events or of log lines.")]
    [InlineData("{\"logs\":{\"path\":\"/a\"}}", "logs: must be an array of events or of log lines.")]
    [InlineData("{\"path\":\"/a\",\"logs\":7}", null)]
    [InlineData("{\"logs\":7,\"path\":\"/a\"}", null)]
    public void LogsAloneMustBeAList(string body, string? problem) => Assert.Equal(problem, BodySplitter.Split(Batch(body), isText: false, 0, 3, out _));

    [Fact]
    public void PlainTextIsNeverTakenForJson()
    {
        EventBatch batch = Batch("[04/May/2026] a\n{\"b\":1");
        Assert.Null(BodySplitter.Split(batch, isText: true, 0, 10, out _));
        Assert.Equal(["[04/May/2026] a", "{\"b\":1"], Texts(batch));
    }

    [Fact]
    public void NoInputMakesItThrow() => Check.QuickThrowOnFailure(Prop.ForAll((byte[] noise, bool isText) =>
    {
        var batch = new EventBatch(64, 4);
        batch.Append("{[\n\""u8[..(noise.Length % 4)]);
        batch.Append(noise);
        BodySplitter.Split(batch, isText, 0, 5, out _);
        return batch.LineCount <= 5;
    }));

    private static EventBatch Batch(string body)
    {
        var batch = new EventBatch(64, 4);
        batch.Append(Encoding.UTF8.GetBytes(body));
        return batch;
    }

    private static IEnumerable<string> Texts(EventBatch batch) => batch.Lines.ToArray().Select(line => Encoding.UTF8.GetString(batch[line.Text]));
}
