using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class UserAgentsTests
{
    [Theory]
    [InlineData("", UserAgentKind.Empty, "")]
    [InlineData("-", UserAgentKind.Empty, "")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", UserAgentKind.Browser, "Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0", UserAgentKind.Browser, "Edge")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", UserAgentKind.Browser, "Firefox")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1", UserAgentKind.Browser, "Safari")]
    [InlineData("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", UserAgentKind.Browser, "Internet Explorer")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36", UserAgentKind.Browser, "Chrome")]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", UserAgentKind.DeclaredCrawler, "googlebot")]
    [InlineData("SomeNewCrawler/0.1", UserAgentKind.DeclaredCrawler, "crawl")]
    [InlineData("acme (+https://acme.example/about)", UserAgentKind.DeclaredCrawler, "link in the name")]
    [InlineData("UptimeRobot/2.0", UserAgentKind.Monitor, "uptimerobot")]
    [InlineData("kube-probe/1.27", UserAgentKind.Monitor, "kube probe")]
    [InlineData("curl/8.4.0", UserAgentKind.HttpLibrary, "curl")]
    [InlineData("python-requests/2.31.0", UserAgentKind.HttpLibrary, "python requests")]
    [InlineData("Go-http-client/1.1", UserAgentKind.HttpLibrary, "go http client")]
    [InlineData("sqlmap/1.7#stable (https://sqlmap.org)", UserAgentKind.AttackTool, "sqlmap")]
    [InlineData("Mozilla/5.0 (Nikto/2.1.6) (Evasions:None)", UserAgentKind.AttackTool, "nikto")]
    [InlineData("Mozilla/5.00 (Hydra)", UserAgentKind.AttackTool, "hydra")]
    [InlineData("Feedly/1.0", UserAgentKind.FeedReader, "feedly")]
    [InlineData("MyApp 1.0", UserAgentKind.Other, "")]
    [InlineData("records-connector/2.2 Java/17", UserAgentKind.Other, "")]
    [InlineData("acme-erp/3.2 (java/17.0.9)", UserAgentKind.Other, "")]
    [InlineData("Apache-HttpClient/4.5.14 (Java/11.0.21)", UserAgentKind.HttpLibrary, "java")]
    [InlineData("Mozilla/5.0 (compatible; python-requests/2.31)", UserAgentKind.HttpLibrary, "python requests")]
    [InlineData("MyCrawler/1.0 python-requests/2.31.0", UserAgentKind.DeclaredCrawler, "crawl")]
    public void UserAgentsAreSortedByWhatTheyClaim(string text, UserAgentKind kind, string name)
    {
        UserAgentClass found = UserAgents.Classify(Encoding.UTF8.GetBytes(text));
        Assert.Equal((kind, name), (found.Kind, UserAgents.Name(found.Family)));
    }

    [Fact]
    public void TheAutomatonFindsWhatPlainSearchFinds()
    {
        string[] words = ["ab", "abc", " b", "c ", "bca", "a b"];
        var matcher = new WordMatcher(words);
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => "aBbcC-/ "[random.Next(8)]));
            string plain = $" {text.ToLowerInvariant().Replace('-', ' ').Replace('/', ' ')} ";
            Assert.Equal(Array.FindIndex(words, word => plain.Contains(word, StringComparison.Ordinal)), matcher.FindFirstListed(Encoding.ASCII.GetBytes(text)));
        }
    }

    [Fact]
    public void ClassifyingAllocatesNothing()
    {
        byte[] text = Encoding.ASCII.GetBytes("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36");
        Assert.Equal(0, Allocations.Of(() => UserAgents.Classify(text)));
    }
}
