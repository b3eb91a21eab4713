using System.Text;
using System.Text.Json;
using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

public sealed class ParseCommandTests : IDisposable
{
    private const string Combined = """203.0.113.9 - ann [10/Oct/2024:13:55:36.5 +0000] "GET /a?b=c HTTP/1.1" 404 5 "-" "curl/8" """;

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void EveryLineGivesARowInItsPlace()
    {
        var (rows, errors) = Run($"{Combined}\nrubbish\n\n{Combined}\n", "auto");
        Assert.Equal([1, 2, 3, 4], rows.Select(row => row.GetProperty("line").GetInt32()));
        Assert.Equal("combined", rows[0].GetProperty("format").GetString());
        JsonElement shown = rows[0].GetProperty("event");
        Assert.Equal("2024-10-10T13:55:36.500Z", shown.GetProperty("timestamp").GetString());
        Assert.Equal("/a", shown.GetProperty("path").GetString());
        Assert.Equal("b=c", shown.GetProperty("query").GetString());
        Assert.Equal(404, shown.GetProperty("status").GetInt32());
        Assert.Equal("203.0.113.9", shown.GetProperty("client_ip").GetString());
        Assert.Equal("ann", shown.GetProperty("user").GetString());
        Assert.Equal("unexpected_format", rows[1].GetProperty("error").GetString());
        Assert.True(rows[1].GetProperty("at").GetInt32() > 0);
        Assert.Equal("empty", rows[2].GetProperty("error").GetString());
        Assert.Contains("combined: 2", errors, StringComparison.Ordinal);
        Assert.Contains("unexpected_format: 1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyFailuresAreALoudWarningThatNamesTheLikelyFormat()
    {
        var (rows, errors) = Run($"{Combined}\n{Combined}\n", "json");
        Assert.All(rows, row => Assert.True(row.TryGetProperty("error", out _)));
        Assert.Contains("WARNING: 2 of 2 lines", errors, StringComparison.Ordinal);
        Assert.Contains("try --format combined", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AFormatOfOnesOwnMayBeGiven()
    {
        var (rows, _) = Run("/x|200|203.0.113.9\n", "$request_uri|$status|$remote_addr");
        Assert.Equal("custom", rows[0].GetProperty("format").GetString());
        Assert.Equal("/x", rows[0].GetProperty("event").GetProperty("path").GetString());
    }

    [Fact]
    public void AnUnknownFormatIsAUsageErrorThatListsTheKnownOnes()
    {
        var failure = Assert.Throws<UsageException>(() => Run("x", "nonsense"));
        Assert.Contains("combined", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoTextStillGiveValidJson()
    {
        File.WriteAllBytes(_file, [.. Encoding.ASCII.GetBytes("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"GET /"), 0xFF, 0xC3, 1, .. Encoding.ASCII.GetBytes(" HTTP/1.1\" 404 5\n")]);
        var (rows, _) = Run(null, "auto");
        Assert.StartsWith("/\uFFFD", rows[0].GetProperty("event").GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a log\n", ExitCode.Failure)]
    [InlineData("not a log\n{\"path\":\"/a\"}\n", ExitCode.Done)]
    [InlineData("", ExitCode.Done)]
    public void AFormatThatFitsNoLineIsAFailure(string text, int expected)
    {
        File.WriteAllText(_file, text);
        Assert.Equal(expected, ParseCommand.Run([_file], "auto", Stream.Null, TextWriter.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TheListNamesEveryFormat()
    {
        var output = new StringWriter();
        ParseCommand.List(output);
        Assert.Contains("combined_vhost", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("w3c", output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private (List<JsonElement> Rows, string Errors) Run(string? text, string format)
    {
        if (text != null) File.WriteAllText(_file, text);
        var output = new MemoryStream();
        var errors = new StringWriter();
        Assert.InRange(ParseCommand.Run([_file], format, output, errors, TestContext.Current.CancellationToken), ExitCode.Done, ExitCode.Failure);
        var rows = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => JsonDocument.Parse(row).RootElement).ToList();
        return (rows, errors.ToString());
    }
}
