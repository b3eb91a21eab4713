using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

/// <summary>Logs are written by attackers too: no format may throw, point outside the batch, or allocate by the line.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Seeds = [.. LogFormatTests.Lines.Select(row => row.Data.Item2),
        """{"timestamp":"2024-05-01T10:00:00Z","method":"GET","path":"/a","status":200,"headers":{"User-Agent":["x"]},"body":"\u00e9"}"""];

    [Fact]
    public void RandomBytesNeverThrow()
    {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] line = new byte[random.Next(1, 300)];
            random.NextBytes(line);
            ParseWithEveryFormat(line);
        }
    }

    [Fact]
    public void MutatedAndTruncatedLinesNeverThrow()
    {
        var random = new Random(2);
        const string alphabet = "\"\\[]{}-: ,.%+=/#\t\0x1a";
        foreach (string seed in Seeds)
        {
            for (int i = 0; i < 150; i++)
            {
                byte[] line = Encoding.UTF8.GetBytes(seed);
                for (int edits = random.Next(1, 6); edits > 0; edits--) line[random.Next(line.Length)] = (byte)alphabet[random.Next(alphabet.Length)];
                ParseWithEveryFormat(line.AsSpan(0, random.Next(1, line.Length + 1)));
            }
        }
    }

    [Fact]
    public void LongRunsOfOneByteTakeLinearTime()
    {
        foreach (byte b in "\"\\[{ ,:/.=%#\ta0"u8.ToArray())
        {
            byte[] line = new byte[400_000];
            Array.Fill(line, b);
            ParseWithEveryFormat(line);
            Encoding.ASCII.GetBytes("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"").CopyTo(line, 0);
            ParseWithEveryFormat(line);
        }
    }

    [Theory]
    [InlineData("combined", """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET /a?b=c HTTP/1.1" 200 5 "https://example.com/" "Mozilla/5.0 (X11)" 1234""")]
    [InlineData("combined", """2001:db8::7 - - [10/Oct/2024:13:55:36 +0000] "GET /a?b=c HTTP/1.1" 200 5 "-" "say \"hi\"" """)]
    [InlineData("json", """{"timestamp":"2024-05-01T10:00:00Z","method":"GET","path":"/a\n","status":200,"client_ip":"2001:db8::1","latency":1.5e-3,"headers":{"User-Agent":["x"]}}""")]
    [InlineData("json", """{"method":"GET","path":"/a" oops""")]
    [InlineData("haproxy", """203.0.113.9:33317 [06/Feb/2024:12:14:14.655] in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1" """)]
    [InlineData("w3c", "2024-05-01 10:00:00 10.0.0.1 GET /a - 443 - 203.0.113.9 Mozilla/5.0+(X11) - 200 0 0 15")]
    [InlineData("aws_elb", """2024-05-01T10:00:00.945958Z my-lb 203.0.113.9:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 7 29 "GET http://www.example.com:80/ HTTP/1.1" "curl" - -""")]
    public void ParsingALineAllocatesNothing(string format, string line)
    {
        ILogFormat parser = LogFormats.Find(format)!;
        EventBatch batch = ParsedLine.Batch(line);
        Utf8Slice text = batch.Lines[0].Text;
        batch.Reserve(1 << 20);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                ref HttpEvent parsed = ref batch.AddEvent();
                parser.Parse(batch, text, ref parsed, out _);
                batch.RemoveLastEvent();
            }
        }));
    }

    private static void ParseWithEveryFormat(ReadOnlySpan<byte> line)
    {
        foreach (ILogFormat format in LogFormats.All)
        {
            var batch = new EventBatch(256, 2);
            Utf8Slice text = batch.Append(line);
            ref HttpEvent parsed = ref batch.AddEvent();
            ParseError error = format.Parse(batch, text, ref parsed, out int column);
            if (error != ParseError.None)
            {
                Assert.InRange(column, 0, line.Length + 1);
                continue;
            }
            parsed.Raw = text;
            Assert.All(SlicesOf(parsed), slice => Assert.True(slice.Offset >= 0 && slice.Length >= 0 && slice.End <= batch.TextLength, $"{format.Name}: {slice} in {batch.TextLength}"));
            Assert.True(batch.TextLength <= 4 * line.Length + 4096, $"{format.Name} made {batch.TextLength} bytes of {line.Length}.");
        }
    }

    private static IEnumerable<Utf8Slice> SlicesOf(HttpEvent parsed) =>
        typeof(HttpEvent).GetFields().Where(field => field.FieldType == typeof(Utf8Slice)).Select(field => (Utf8Slice)field.GetValue(parsed)!);
}
