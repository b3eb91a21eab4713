using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;

namespace Vedette.Bench.Parsing;

/// <summary>Lines to events, on one core, line splitting included. One operation is one line.</summary>
[MemoryDiagnoser]
public class ParseBenchmark
{
    private const int LineCount = 100_000;

    private readonly EventBatch _batch = new();
    private byte[] _log = [];
    private LogParser _parser = new(LogFormats.All);

    [Params("combined", "json", "w3c")]
    public string Format { get; set; } = "combined";

    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder();
        if (Format == "w3c") text.Append("#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n");
        for (int i = 0; i < LineCount; i++) text.Append(Line(Format, i)).Append('\n');
        _log = Encoding.UTF8.GetBytes(text.ToString());
        _parser = new LogParser([LogFormats.Find(Format)!]);
    }

    [Benchmark(OperationsPerInvoke = LineCount)]
    public long SplitAndParse()
    {
        long events = 0;
        var reader = new LineReader(new MemoryStream(_log));
        while (true)
        {
            _batch.Clear();
            if (!reader.Read(_batch)) return events;
            _parser.Parse(_batch);
            events += _batch.EventCount;
        }
    }

    [Benchmark(OperationsPerInvoke = LineCount)]
    public long SplitOnly()
    {
        long lines = 0;
        var reader = new LineReader(new MemoryStream(_log));
        while (true)
        {
            _batch.Clear();
            if (!reader.Read(_batch)) return lines;
            lines += _batch.LineCount;
        }
    }

    private static string Line(string format, int i)
    {
        string agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
        string address = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{i % 250}");
        int second = i % 60;
        return format switch
        {
            "json" => string.Create(CultureInfo.InvariantCulture, $$"""{"timestamp":"2024-05-01T10:00:{{second:00}}.123Z","method":"GET","path":"/api/orders/{{i}}","query":"page=2","status":200,"duration_ms":12.5,"client_ip":"{{address}}","response_bytes":{{i}},"user_agent":"{{agent}}"}"""),
            "w3c" => string.Create(CultureInfo.InvariantCulture, $"2024-05-01 10:00:{second:00} 10.0.0.1 GET /api/orders/{i} page=2 443 - {address} {agent.Replace(' ', '+')} - 200 0 0 12"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{address} - - [01/May/2024:10:00:{second:00} +0200] \"GET /api/orders/{i}?page=2 HTTP/1.1\" 200 {i} \"https://shop.example.com/orders\" \"{agent}\""),
        };
    }
}
