using System.Globalization;
using System.Text;

namespace Vedette.Load;

/// <summary>Requests as bytes, made before the clock starts; connections go through them in a ring, and write the time into the events as they send them.</summary>
internal static class Requests
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string NoTime = "0000-00-00T00:00:00.000Z";

    private const int Different = 64;
    private const int AttackEvery = 20;

    private static readonly string[] Paths = ["/", "/products", "/products/{0}", "/orders/{0}", "/cart", "/search?q=item+{0}", "/users/{0}", "/api/v1/items/{0}/reviews", "/checkout", "/login"];
    private static readonly string[] Agents = ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "okhttp/4.12.0"];

    public static byte[][] Make(LoadArguments arguments, int connection)
    {
        var random = new Random(connection);
        return [.. Enumerable.Range(0, arguments.Kind == LoadKind.Logs && arguments.Batch > 1 ? 16 : Different).Select(_ => Make(arguments, random))];
    }

    /// <summary>The events of the request happen now.</summary>
    public static void Stamp(byte[] request, int[] times)
    {
        if (times.Length == 0) return;
        Span<byte> now = stackalloc byte[NoTime.Length];
        DateTime.UtcNow.TryFormat(now, out _, TimeFormat, CultureInfo.InvariantCulture);
        foreach (int at in times) now.CopyTo(request.AsSpan(at));
    }

    /// <summary>Where the times of a request's events stand.</summary>
    public static int[] TimesOf(byte[] request)
    {
        byte[] time = Encoding.ASCII.GetBytes(NoTime);
        var times = new List<int>();
        for (int at = 0, next; (next = request.AsSpan(at).IndexOf(time)) >= 0; at += next + time.Length) times.Add(at + next);
        return [.. times];
    }

    private static byte[] Make(LoadArguments arguments, Random random) => arguments.Kind switch
    {
        LoadKind.Health => Bytes(arguments, "GET", "/health", ""),
        LoadKind.Detect => Bytes(arguments, "POST", "/detect", Question(random)),
        _ => Bytes(arguments, "POST", "/logs", string.Concat(Enumerable.Range(0, arguments.Batch).Select(_ => Event(random) + "\n"))),
    };

    private static string Question(Random random)
    {
        string target = random.Next(AttackEvery) == 0 ? "/products?id=1%27%20or%201=1--" : Target(random);
        return $$"""{"log_line":"{{Address(random)}} - - [04/May/2026:12:00:00 +0000] \"GET {{target}} HTTP/1.1\" 200 1234 \"-\" \"{{Agents[random.Next(Agents.Length)]}}\"","session_id":"s{{random.Next(1000)}}"}""";
    }

    private static string Event(Random random)
    {
        string target = Target(random);
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question], query = question < 0 ? "" : $"\"query\":\"{target[(question + 1)..]}\",";
        return string.Create(CultureInfo.InvariantCulture,
            $"{{\"timestamp\":\"{NoTime}\",\"method\":\"GET\",\"path\":\"{path}\",{query}\"status\":{(random.Next(50) == 0 ? 404 : 200)},\"duration_ms\":{random.NextDouble() * 80 + 2:0.0},\"client_ip\":\"{Address(random)}\",\"user\":\"u{random.Next(2000)}\",\"response_bytes\":{random.Next(200, 20_000)},\"user_agent\":\"{Agents[random.Next(Agents.Length)]}\"}}");
    }

    private static string Target(Random random) => string.Format(CultureInfo.InvariantCulture, Paths[random.Next(Paths.Length)], random.Next(10_000));

    private static string Address(Random random) => string.Create(CultureInfo.InvariantCulture, $"203.0.{random.Next(8)}.{random.Next(1, 255)}");

    private static byte[] Bytes(LoadArguments arguments, string method, string path, string body) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: {arguments.Host}\r\nX-API-Key: {arguments.Key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
