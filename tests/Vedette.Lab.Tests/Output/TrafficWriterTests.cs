using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Output;

public sealed partial class TrafficWriterTests
{
    public static TheoryData<string> Apis => [.. TrafficSimulator.ApiNames];

    [Theory]
    [MemberData(nameof(Apis))]
    public void EveryCombinedLineReadsBackAsItsEvent(string api)
    {
        var options = Traffic.Small with { Api = api, Duration = TimeSpan.FromMinutes(12), AttackDensity = 0.5 };
        var (lines, events) = Print(options, LogFormat.Combined);
        Assert.Equal(events.Count, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            var match = CombinedLine().Match(lines[i]);
            Assert.True(match.Success, lines[i]);
            Assert.Equal(events[i].Client, match.Groups["ip"].Value);
            Assert.Equal(events[i].Status, int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture));
            var time = DateTimeOffset.ParseExact(match.Groups["time"].Value, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture);
            Assert.Equal(events[i].TimeMicros / 1_000_000, time.ToUnixTimeSeconds());
            if (!events[i].IsMalformed) Assert.Matches(@"^[A-Z0-9]+ \S+ HTTP/[12]\.[01]$", match.Groups["request"].Value);
        }
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void EveryJsonLineReadsBackAsItsEvent(string api)
    {
        var options = Traffic.Small with { Api = api, Duration = TimeSpan.FromMinutes(12), AttackDensity = 0.5 };
        var (lines, events) = Print(options, LogFormat.Json);
        for (int i = 0; i < lines.Length; i++)
        {
            using var line = JsonDocument.Parse(lines[i]);
            var root = line.RootElement;
            Assert.Equal(events[i].Client, root.GetProperty("client_ip").GetString());
            Assert.Equal(events[i].Path, root.GetProperty("path").GetString());
            Assert.Equal(events[i].Status, root.GetProperty("status").GetInt32());
            Assert.Equal(events[i].TimeMicros / 1000, root.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds());
            Assert.Equal(events[i].DurationMicros / 1000, (long)root.GetProperty("duration_ms").GetDouble());
            Assert.Equal(events[i].User, root.TryGetProperty("user", out var user) ? user.GetString() : null);
            Assert.Equal(events[i].Body ?? "", root.TryGetProperty("body", out var body) ? body.GetString() : "");
        }
    }

    [Theory]
    [InlineData(LogFormat.Common, @"^\S+ - \S+ \[[^\]]+\] ""[^""]*"" \d{3} (\d+|-)$")]
    [InlineData(LogFormat.Nginx, @"^\S+ - \S+ \[[^\]]+\] ""[^""]*"" \d{3} \d+ ""[^""]*"" ""[^""]*"" \d+\.\d{3}$")]
    [InlineData(LogFormat.Vhost, @"^shop\.example\.com:443 \S+ - \S+ \[")]
    public void OtherFormatsHaveTheirShape(LogFormat format, string pattern)
    {
        var options = Traffic.Small with { Types = new HashSet<TruthType> { TruthType.BruteForce } };
        var (lines, _) = Print(options, format);
        Assert.All(lines, line => Assert.Matches(pattern, line));
    }

    [Fact]
    public void QuotesAndControlsAreEscapedAsTheServerDoes()
    {
        var request = new TrafficEvent
        {
            Client = "203.0.113.5", Method = "GET", Path = "/a", Query = "", Protocol = "HTTP/1.1", Host = "h", Referer = "", UserAgent = "say \"hi\"\\\n\u00e9", Status = 200, ResponseBytes = 3,
        };
        Assert.EndsWith("\"say \\\"hi\\\"\\\\\\x0a\\xc3\\xa9\"\n", Line(request, LogFormat.Combined), StringComparison.Ordinal);
        Assert.EndsWith("\"say \\x22hi\\x22\\x5C\\x0A\\xC3\\xA9\" 0.000\n", Line(request, LogFormat.Nginx), StringComparison.Ordinal);
    }

    [Fact]
    public void TruthRowsHaveTheAgreedShape()
    {
        var simulator = new TrafficSimulator(Traffic.Small);
        Assert.NotEmpty(simulator.ReadAll());
        using var output = new MemoryStream();
        TruthWriter.Write(output, simulator.Truth);
        foreach (string row in System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var parsed = JsonDocument.Parse(row);
            var root = parsed.RootElement;
            string[] names = [.. root.EnumerateObject().Select(p => p.Name)];
            Assert.Equal(["id", "type", "actors", "users", "endpoint", "start", "end", "intensity", "scenario", "events"], names);
            Assert.True(TruthTypes.TryParse(root.GetProperty("type").GetString()!, out var type));
            Assert.True(root.GetProperty("start").GetDateTimeOffset() <= root.GetProperty("end").GetDateTimeOffset());
            Assert.Equal(type.IsAttack(), type != TruthType.Honest && root.GetProperty("actors").GetArrayLength() > 0);
        }
    }

    private static string Line(in TrafficEvent request, LogFormat format)
    {
        using var output = new MemoryStream();
        using (var writer = new TrafficWriter(output, format)) writer.Write(request);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static (string[] Lines, List<TrafficEvent> Events) Print(SimulationOptions options, LogFormat format)
    {
        using var output = new MemoryStream();
        var events = new List<TrafficEvent>();
        using (var writer = new TrafficWriter(output, format))
        {
            foreach (var request in new TrafficSimulator(options).ReadAll())
            {
                writer.Write(request);
                events.Add(request);
            }
        }
        string text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        return (text.Split('\n', StringSplitOptions.RemoveEmptyEntries), events);
    }

    [GeneratedRegex(@"^(?<ip>[0-9a-f.:]+) - (?<user>\S+) \[(?<time>[^\]]+)\] ""(?<request>(?:[^""\\]|\\.)*)"" (?<status>\d{3}) (?<size>\d+|-) ""(?<referer>(?:[^""\\]|\\.)*)"" ""(?<agent>(?:[^""\\]|\\.)*)""$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CombinedLine();
}
