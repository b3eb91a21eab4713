using System.Globalization;
using System.Text;

namespace Vedette.Cli.Tests;

/// <summary>A small access log: a few visitors for half an hour, and one of them slips SQL into a search.</summary>
internal static class SampleLog
{
    public const string Attacker = "203.0.113.9";

    public static DateTime Start { get; } = new(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);

    public static string WithAttack { get; } = Make(hasAttack: true);

    public static string Quiet { get; } = Make(hasAttack: false);

    /// <summary>One line in the combined format.</summary>
    public static string Line(double second, string address, string target, int status = 200, string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") =>
        string.Create(CultureInfo.InvariantCulture, $"{address} - - [{Start.AddSeconds(second):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {target} HTTP/1.1\" {status} 1200 \"-\" \"{agent}\"\n");

    private static string Make(bool hasAttack)
    {
        var random = new Random(4);
        var lines = new List<(double Second, string Line)>();
        for (int visitor = 1; visitor <= 12; visitor++)
        {
            double second = random.NextDouble() * 1500;
            for (int page = 0; page < 12; page++, second += 2 + random.NextDouble() * 20)
            {
                string target = (page % 3) switch { 0 => "/", 1 => $"/products/{random.Next(1, 300)}", _ => "/search?q=lamp" };
                lines.Add((second, Line(second, $"198.51.100.{visitor}", target)));
            }
        }
        string[] payloads = ["%27%20OR%201=1--%20-", "%27%20UNION%20SELECT%201,2,3--%20-", "%27%20UNION%20SELECT%20email,password%20FROM%20users--%20-", "%27;DROP%20TABLE%20users--%20-", "%27%20AND%20SLEEP(5)--%20-"];
        if (hasAttack) lines.AddRange(payloads.Select(static (payload, i) => (900.0 + i * 4, Line(900 + i * 4, Attacker, "/search?q=lamp" + payload))));
        return lines.OrderBy(static l => l.Second).Aggregate(new StringBuilder(), static (text, l) => text.Append(l.Line)).ToString();
    }
}
