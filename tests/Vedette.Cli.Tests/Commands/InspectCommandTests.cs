using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Vedette.Cli.Commands;
using Vedette.Engine.Signatures;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public class InspectCommandTests
{
    private static readonly RequestInspector Inspector = new();

    [Fact]
    public void EachLineGetsOneRowInOrderWithItsIdAsItWas()
    {
        var rows = Run("""
            {"id":7,"path":"/a","query":"id=1%27%20or%201=1--"}
            {"id":"x-1","method":"GET","path":"/about","query":null,"headers":null,"body":null}
            {"path":"/b?q=%3Cscript%3Ealert(1)%3C/script%3E"}
            """);
        Assert.Equal(["7", "\"x-1\"", "null"], rows.Select(row => row.GetProperty("id").GetRawText()));
        Assert.Equal([true, false, true], rows.Select(row => row.GetProperty("is_attack").GetBoolean()));
        Assert.Equal("sql_injection", rows[0].GetProperty("categories")[0].GetString());
        Assert.Equal("xss", rows[2].GetProperty("categories")[0].GetString());
        Assert.All(rows, row => Assert.InRange(row.GetProperty("score").GetDouble(), 0, 1));
        var match = rows[0].GetProperty("matches")[0];
        Assert.Equal("query.id", match.GetProperty("where").GetString());
        Assert.StartsWith("sql.", match.GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Contains("or 1=1", match.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Empty(rows[1].GetProperty("matches").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/x?id=1%27%20or%201=1--"}""")]
    [InlineData("""{"uri":"/x?id=1%27%20or%201=1--"}""")]
    [InlineData("""{"path":"/x","query":"?id=1%27%20or%201=1--"}""")]
    [InlineData("""{"path":"/x","headers":{"cookie":"id=1%27%20or%201=1--"}}""")]
    [InlineData("""{"path":"/x","headers":{"X-Id":["a","1' or 1=1--"]}}""")]
    [InlineData("""{"path":"/x","headers":{"X-Id":"a\n1' or 1=1--"}}""")]
    [InlineData("""{"path":"/x","body":{"id":"1' or 1=1--"}}""")]
    [InlineData("""{"path":"/x","body":"id=1%27%20or%201=1--","method":"POST"}""")]
    [InlineData("""{"path":"/x","body":"\ud800 1' or 1=1--"}""")]
    [InlineData("\uFEFF{\"path\":\"/x\",\"query\":\"id=1' or 1=1--\"}")]
    [InlineData("""{"path":"/x","query":{"page":2,"id":"1' or 1=1--"}}""")]
    [InlineData("""{"path":"/x","query":["page=2","id=1%27%20or%201=1--"]}""")]
    [InlineData("""{"path":"/x","query":[["page",2],["id","1' or 1=1--"]]}""")]
    [InlineData("""{"path":"/x","query":[{"name":"id","value":"1' or 1=1--"}]}""")]
    [InlineData("""{"path":"/x","query":[{"id":["a","1' or 1=1--"]}]}""")]
    [InlineData("""{"path":"/x","headers":[["Accept","*/*"],["X-Id","1' or 1=1--"]]}""")]
    [InlineData("""{"path":"/x","headers":[{"name":"Cookie","value":"id=1' or 1=1--"}]}""")]
    [InlineData("""{"path":"/x","headers":[{"X-Id":"1' or 1=1--"}]}""")]
    [InlineData("""{"path":"/x","headers":["Accept: */*","X-Id: 1' or 1=1--"]}""")]
    [InlineData("""{"path":"/x","headers":"Accept: */*\r\nX-Id: 1' or 1=1--\r\n"}""")]
    [InlineData("""{"path":"/x","body":"\ufeff{\"id\":\"1' or 1=1--\"}"}""")]
    [InlineData("""{"path":"/x","body":"{\"a\":1}\n{\"id\":\"1' or 1=1--\"}\n"}""")]
    [InlineData("""{"path":"/x","body":"--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1' or 1=1--\r\n--b--\r\n"}""")]
    [InlineData("""{"path":"/x","body":"<?xml version=\"1.0\"?><r><id>1' or 1=1--</id></r>"}""")]
    [InlineData("""{"path":"/x","body":"{\"query\":\"{ user(id: \\\"1' or 1=1--\\\") { id } }\"}"}""")]
    [InlineData("""{"path":"/x","body":{"a":[{"b":[["1' or 1=1--"]]}]}}""")]
    public void RequestsMayBeWrittenInSeveralWays(string line) => Assert.True(Run(line)[0].GetProperty("is_attack").GetBoolean());

    [Fact]
    public void ABadLineGetsAnErrorRowAndTheRestIsStillJudged()
    {
        var rows = Run("{\"id\":1,\"path\":\"/\"}\nnonsense\n[1]\n\n{\"id\":2,\"path\":\"/\"}\n", out var counts);
        Assert.Equal(4, rows.Count);
        Assert.Equal(2, rows[1].GetProperty("line").GetInt64());
        Assert.NotEmpty(rows[1].GetProperty("error").GetString()!);
        Assert.Equal(3, rows[2].GetProperty("line").GetInt64());
        Assert.Equal(2, rows[3].GetProperty("id").GetInt32());
        Assert.Equal(new InspectCounts(4, 0, 2, 0), counts);
    }

    [Fact]
    public void DepthHidesNothingAndAnErrorSaysWhere()
    {
        string deep = new('[', 500);
        var rows = Run($$"""
            {"id":1,"body":{{deep}}"<script>alert(1)</script>"{{new string(']', 500)}}}
            {"id":2,"body":x}
            """);
        Assert.True(rows[0].GetProperty("is_attack").GetBoolean());
        string error = rows[1].GetProperty("error").GetString()!;
        Assert.StartsWith("not JSON at byte 16: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoUtf8AreJudgedAsTheyAre()
    {
        byte[] input = [.. "{\"id\":\"a"u8, 0xFF, .. "\",\"path\":\"/x\",\"query\":\"id="u8, 0xFE, .. "' or 1=1--\",\"headers\":{\"X-"u8, 0xC3, .. "\":\"a\"},\"body\":\""u8, 0x80, 0xC0, .. "\"}\n"u8];
        using var output = new MemoryStream();
        InspectCommand.Run(new MemoryStream(input), output, Inspector, 1, TestContext.Current.CancellationToken);
        var row = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.True(row.GetProperty("is_attack").GetBoolean());
        Assert.StartsWith("a", row.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ALineThatIsTooLongIsDroppedAndMarked()
    {
        string line = new('x', 300_000);
        var reader = new LineChunkReader(new MemoryStream(Encoding.UTF8.GetBytes("a\n" + line + "\nb")), 100, 1 << 20, maxLine: 100_000);
        var lines = new List<(int Length, bool IsTooLong)>();
        while (reader.ReadChunk())
            for (int i = 0; i < reader.LineCount; i++) lines.Add((reader[i].Length, reader.IsTooLong(i)));
        Assert.Equal([(1, false), (0, true), (1, false)], lines);
    }

    [Fact]
    public void TheOutputDoesNotDependOnTheNumberOfWorkers()
    {
        var input = new StringBuilder();
        for (int i = 0; i < 5000; i++) input.Append("{\"id\":").Append(i).Append(",\"path\":\"/a/").Append(i % 7 == 0 ? "..%2f..%2f..%2fetc/passwd" : "b").Append("\"}\n");
        string one = Output(input.ToString(), 1, out _);
        Assert.Equal(one, Output(input.ToString(), 4, out _));
        Assert.Equal(5000, one.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("body", "{0} <script>alert(1)</script>")]
    [InlineData("query", "q={0}'+or+1=1--")]
    [InlineData("query", "{0}'+or+1=1--=q")]
    [InlineData("path", "/{0}/../../etc/passwd")]
    public void ARequestThatIsNotReadToTheEndSaysSo(string field, string text)
    {
        string filler = string.Join('+', Enumerable.Repeat("plain+words", 10_000));
        var rows = Run($$"""
            {"id":1,"{{field}}":"{{text.Replace("{0}", filler, StringComparison.Ordinal)}}"}
            {"id":2,"body":"plain words"}
            """, out var counts);
        Assert.True(rows[0].GetProperty("truncated").GetBoolean());
        Assert.False(rows[1].TryGetProperty("truncated", out _));
        Assert.Equal(1, counts.Truncated);
    }

    [Fact]
    public async Task ACutOffGzipIsReadAsFarAsItGoesAndSaysSo()
    {
        using var workspace = new Workspace();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (int i = 0; i < 2000; i++) gzip.Write(Encoding.UTF8.GetBytes($"{{\"id\":{i},\"path\":\"/{i * 7919}\"}}\n"));
        string whole = workspace.Write("whole.gz", packed.ToArray()), cut = workspace.Write("cut.gz", packed.ToArray()[..^2000]);
        (int exit, string error) = await Workspace.RunAsync(InspectCommand.Create(), ["inspect", whole]);
        Assert.Equal(ExitCode.Done, exit);
        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        (exit, error) = await Workspace.RunAsync(InspectCommand.Create(), ["inspect", cut]);
        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains($"Warning: {cut}: the gzip data is cut off or damaged", error, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyInputGivesNothing() => Assert.Empty(Run(""));

    [Theory]
    [InlineData("a\nb\n", 10)]
    [InlineData("a\r\nb", 10)]
    [InlineData("a\nb\n", 1)]
    public void LinesAreReadWhateverTheirEndAndTheChunk(string text, int maxLines)
    {
        var reader = new LineChunkReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), maxLines, 1 << 20);
        var lines = new List<string>();
        while (reader.ReadChunk())
            for (int i = 0; i < reader.LineCount; i++) lines.Add(Encoding.UTF8.GetString(reader[i].Span));
        Assert.Equal(["a", "b"], lines);
    }

    [Fact]
    public void ALineLongerThanTheBufferIsReadWhole()
    {
        string line = new('x', 300_000);
        var reader = new LineChunkReader(new MemoryStream(Encoding.UTF8.GetBytes("a\n" + line + "\nb")), 100, 1000);
        var lengths = new List<int>();
        while (reader.ReadChunk())
            for (int i = 0; i < reader.LineCount; i++) lengths.Add(reader[i].Length);
        Assert.Equal([1, 300_000, 1], lengths);
    }

    private static List<JsonElement> Run(string input) => Run(input, out _);

    private static List<JsonElement> Run(string input, out InspectCounts counts) =>
        [.. Output(input, 2, out counts).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => JsonDocument.Parse(row).RootElement)];

    private static string Output(string input, int workers, out InspectCounts counts)
    {
        using var output = new MemoryStream();
        counts = InspectCommand.Run(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, Inspector, workers, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
