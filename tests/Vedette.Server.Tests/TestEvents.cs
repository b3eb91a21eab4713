using System.Globalization;

namespace Vedette.Server.Tests;

/// <summary>Small pieces of traffic.</summary>
internal static class TestEvents
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static string Time(double seconds) => Noon.AddSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>One ordinary request so many seconds after noon.</summary>
    public static string Ordinary(int seconds, string path = "/orders/7", int status = 200, string client = "198.51.100.4", string user = "ann") =>
        $$"""{"timestamp":"{{Time(seconds)}}","method":"GET","path":"{{path}}","status":{{status}},"duration_ms":12.5,"client_ip":"{{client}}","user":"{{user}}","user_agent":"Mozilla/5.0","response_bytes":900}""";

    /// <summary>One request with an injection that the server answered.</summary>
    public static string Attack(int seconds, string client = "203.0.113.9") =>
        $$"""{"timestamp":"{{Time(seconds)}}","method":"GET","path":"/users/12","query":"id=1 union select password from users--","status":200,"client_ip":"{{client}}"}""";

    public static string Lines(params IEnumerable<string> events) => string.Join('\n', events);
}
