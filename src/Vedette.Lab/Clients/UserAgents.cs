using System.Globalization;
using Vedette.Lab.Apis;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Clients;

/// <summary>What clients call themselves.</summary>
internal static class UserAgents
{
    private static readonly string[] Desktops =
    [
        "Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64", "X11; CrOS x86_64 14541.0.0",
    ];

    private static readonly string[] Phones = ["Linux; Android 14; Pixel 8", "Linux; Android 13; SM-S918B", "Linux; Android 10; K", "Linux; Android 12; M2101K6G", "Linux; Android 15; SM-A546B"];

    private static readonly string[] Libraries =
    [
        "python-requests/2.31.0", "python-requests/2.32.3", "axios/1.6.8", "axios/1.7.2", "Go-http-client/1.1", "Go-http-client/2.0", "okhttp/4.12.0", "Java/17.0.10", "Apache-HttpClient/5.2.1 (Java/21.0.2)",
        "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "GuzzleHttp/7", "PostmanRuntime/7.37.3", "curl/8.5.0", "Ruby", "python-httpx/0.27.0", "aiohttp/3.9.5", "partner-sync/3.4 (+https://partner.example/contact)", "erp-connector/11.2",
    ];

    private const string SqlTool = "sqlmap/1.8.4#stable (https://sqlmap.org)";

    private static readonly string[] Tools =
    [
        "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:000562)", "gobuster/3.6", "Fuzz Faster U Fool v2.1.0-dev", "Nuclei - Open-source project (github.com/projectdiscovery/nuclei)",
        "WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)", "DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)", "Wfuzz/3.1.0", "masscan/1.3 (https://github.com/robertdavidgraham/masscan)", "feroxbuster/2.10.2",
    ];

    private static readonly string[] Headless =
    [
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.6045.105 Safari/537.36",
        "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1", "Scrapy/2.11.1 (+https://scrapy.org)", "Mozilla/5.0", "",
    ];

    public static string Browser(RandomSource random)
    {
        // Most browsers update themselves; a tail of old ones stays.
        int chrome = 126 - random.Skewed(30, 4);
        string desktop = random.Pick(Desktops);
        int kind = random.Next(100);
        return kind switch
        {
            < 40 => $"Mozilla/5.0 ({desktop}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36",
            < 58 => $"Mozilla/5.0 ({random.Pick(Phones)}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Mobile Safari/537.36",
            < 76 => $"Mozilla/5.0 (iPhone; CPU iPhone OS {17 - random.Skewed(4, 2)}_{random.Next(6)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{random.Next(6)} Mobile/15E148 Safari/604.1",
            < 84 => $"Mozilla/5.0 ({desktop}; rv:{chrome}.0) Gecko/20100101 Firefox/{chrome}.0",
            < 92 => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36 Edg/{chrome}.0.{2400 + random.Next(200)}.{random.Next(100)}",
            _ => $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{random.Next(6)} Safari/605.1.15",
        };
    }

    public static string App(RandomSource random, string api)
    {
        string name = char.ToUpper(api[0], CultureInfo.InvariantCulture) + api[1..];
        string version = $"{random.Between(5, 7)}.{random.Next(20)}.{random.Next(4)}";
        return random.Chance(0.5)
            ? $"{name}App/{version} (iPhone; iOS {random.Between(15, 18)}.{random.Next(6)}; Scale/3.00)"
            : $"{name}App/{version} (Android {random.Between(10, 15)}; {random.Pick(Phones)[19..]}) okhttp/4.{random.Between(9, 12)}.0";
    }

    public static string Library(RandomSource random) => random.Pick(Libraries);

    public static string Tool(RandomSource random) => random.Pick(Tools);

    /// <summary>The tool that people take for a type of injection.</summary>
    public static string ToolFor(TruthType type, RandomSource random) => type switch
    {
        TruthType.SqlInjection => SqlTool,
        TruthType.Log4shell or TruthType.Ssrf or TruthType.TemplateInjection or TruthType.CrlfInjection => Tools[3],
        _ => random.Pick(Tools),
    };

    public static string HeadlessBrowser(RandomSource random) => random.Pick(Headless);

    public static string For(FlowAudience audience, RandomSource random, string api) => audience switch
    {
        FlowAudience.Browser => Browser(random),
        FlowAudience.App => App(random, api),
        _ => Library(random),
    };
}
