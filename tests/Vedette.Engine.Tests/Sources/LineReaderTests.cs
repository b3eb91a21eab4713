using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests.Sources;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\r\nb", "1:a 2:b")]
    [InlineData("a\n\nb\n", "1:a 2: 3:b")]
    [InlineData("\uFEFFa\nb", "1:a 2:b")]
    [InlineData("\0\0\0a\nb", "1:a 2:b")]
    [InlineData("a\0b\n", "1:a\0b")]
    public void LinesComeOutWholeAndNumbered(string text, string expected)
    {
        // Every block length must give the same lines, wherever it cuts them.
        for (int block = 1; block < 12; block++)
            Assert.Equal(expected, string.Join(' ', Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), block, 100).Lines));
    }

    [Fact]
    public void RandomTextIsCutAsTheFrameworkCutsIt()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => "ab\r\n"[random.Next(4)]));
            string[] expected = text.Split('\n');
            if (expected[^1].Length == 0) expected = expected[..^1];
            expected = [.. expected.Select((line, n) => $"{n + 1}:{(line.EndsWith('\r') ? line[..^1] : line)}")];
            Assert.Equal(expected, Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), random.Next(1, 64), 1000).Lines);
        }
    }

    [Fact]
    public void ALineThatIsTooLongIsAFailureWithItsStart()
    {
        for (int block = 1; block < 30; block++)
        {
            var (lines, failures, _) = Read(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{new string('x', 50)}\nb\n{new string('y', 50)}")), block, 10);
            Assert.Equal(["1:a", "3:b"], lines);
            Assert.Equal(["2:TooLong:x", "4:TooLong:y"], failures);
        }
    }

    [Fact]
    public void AnEnormousLineCostsABoundedAmountOfMemory()
    {
        var (lines, failures, capacity) = Read(new EndlessLine(200L << 20), LineReader.DefaultBlockLength, LineReader.DefaultMaxLineLength);
        Assert.Empty(lines);
        Assert.Single(failures);
        Assert.True(capacity <= 8 << 20, $"The text grew to {capacity} bytes.");
    }

    [Fact]
    public void TheFieldsLineInForceTravelsWithEveryBatch()
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes("#Fields: a b\n1 2\n3 4\n#Fields: c\n5\n")), blockLength: 8);
        var seen = new List<string>();
        var batch = new EventBatch();
        while (reader.Read(batch))
        {
            foreach (LineSpan line in batch.Lines) seen.Add($"{Encoding.UTF8.GetString(batch[batch.FieldsDirective])}|{Encoding.UTF8.GetString(batch[line.Text])}");
            batch.Clear();
        }
        Assert.Contains("#Fields: a b|3 4", seen);
        Assert.Contains("#Fields: c|5", seen);
    }

    private static (List<string> Lines, List<string> Failures, int Capacity) Read(Stream stream, int block, int limit)
    {
        var lines = new List<string>();
        var failures = new List<string>();
        var reader = new LineReader(stream, 0, limit, block);
        var batch = new EventBatch(64, 4);
        int capacity = 0;
        while (true)
        {
            batch.Clear();
            if (!reader.Read(batch)) return (lines, failures, capacity);
            capacity = Math.Max(capacity, batch.Reserve(0).Length + batch.TextLength);
            foreach (LineSpan line in batch.Lines) lines.Add($"{line.Number}:{Encoding.UTF8.GetString(batch[line.Text])}");
            foreach (ParseFailure failure in batch.Failures) failures.Add($"{failure.Line}:{failure.Reason}:{(char)batch[failure.Text][0]}");
        }
    }

    /// <summary>A line of so many bytes that never was in memory.</summary>
    private sealed class EndlessLine(long length) : MemoryStream
    {
        private long _left = length;

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, _left);
            buffer[..count].Fill((byte)'x');
            _left -= count;
            return count;
        }
    }
}
