namespace Vedette.Engine.Normalization;

/// <summary>The words by which user agents are known, in order of precedence.</summary>
internal static class UserAgentWords
{
    /// <summary>All words. The first one listed that occurs decides.</summary>
    public static readonly Entry[] All = [.. Build()];

    private static IEnumerable<Entry> Build() =>
    [
        .. Named(UserAgentKind.AttackTool,
            "sqlmap", "nikto", "nuclei", "acunetix", " nmap", "nmap scripting", "masscan", "zgrab", "gobuster", "dirbuster", "dirsearch", "feroxbuster", " ffuf", "fuzz faster",
            "wpscan", " hydra ", "thc hydra", "w3af", "arachni", "skipfish", "wfuzz", "havij", "openvas", "nessus", "burpsuite", "burp suite", "burpcollaborator", "owasp zap", " zap ",
            "zmeu", "jaeles", "commix", "xsser", "joomscan", "droopescan", "whatweb", "webshag", "netsparker", "invicti", "appscan", "webinspect", "qualys", "metasploit", "slowloris",
            "goldeneye", "httprint", "morfeus", "paros ", "grendel scan", "brutus", "sqlninja", "fimap", "absinthe", "pangolin", "bsqlbf", "cgichk", "libwhisker", "dirb ",
            "log4shell", "jndi ", "hello world ", "hello peter winter", "l9explore", "l9tcpid", "leakix", "interactsh", "dalfox", "xray ", "vulscan", "jorgee", "muieblackcat"),
        .. Named(UserAgentKind.Automation,
            "headlesschrome", "headless", "phantomjs", "puppeteer", "playwright", "selenium", "webdriver", "slimerjs", "splash", "httrack", "scrapy", "webcopier", "website quester", "teleport", "scraper", "scraping", "harvest"),
        .. Named(UserAgentKind.Monitor,
            "uptimerobot", "pingdom", "statuscake", "site24x7", "newrelicpinger", "datadog", "kube probe", "googlehc", "elb healthchecker", "amazon route53 health", "prometheus", "blackbox exporter",
            "nagios", "check http", "zabbix", "icinga", "uptime kuma", "betteruptime", "better uptime", "checkly", "freshping", "hetrixtools", "updown io", "monitis", "consul health",
            "haproxy", "nginx health", "health check", "healthcheck", "munin", "appdynamics", "dynatrace", "catchpoint", "gtmetrix", "pagespeed", "lighthouse", "montastic", "uptime",
            "monitoring", "monitor"),
        .. Named(UserAgentKind.FeedReader,
            "feedly", "feedbin", "newsblur", "inoreader", "tiny tiny rss", "theoldreader", "feedparser", "universalfeedparser", "feedfetcher", "netnewswire", "reeder", " rss", " feed", "feed ", "podcast", "itunes", "newsboat",
            "akregator", "liferea", "simplepie", "magpie"),
        new("embedded web browser", "Internet Explorer", UserAgentKind.Browser), // its link would otherwise pass for a crawler's
        .. Named(UserAgentKind.DeclaredCrawler,
            "googlebot", "google inspectiontool", "adsbot google", "mediapartners google", "apis google", "google extended", "googleother", "google read aloud", "google favicon", "google web preview", "google site verification",
            "google structured data", "bingbot", "bingpreview", "adidxbot", "msnbot", "yandexbot", "baiduspider", "duckduckbot", "duckduckgo favicons", "slurp", "applebot", "exabot", "facebookexternalhit", "facebookcatalog",
            "meta external", "facebot", "twitterbot", "linkedinbot", "slackbot", "slack imgproxy", "telegrambot", "discordbot", "whatsapp", "skypeuripreview", "pinterestbot", "redditbot", "embedly",
            "quora link", "vkshare", "outbrain", "nuzzel", "bitlybot", "gptbot", "chatgpt", "oai searchbot", "claudebot", "claude web", "anthropic", "perplexity", "bytespider", "ccbot", "amazonbot",
            "cohere", "diffbot", "petalbot", "semrush", "ahrefs", "mj12bot", "dotbot", "rogerbot", "blexbot", "dataforseo", "serpstat", "seokicks", "screaming frog", "sistrix", "majestic", "megaindex",
            "ia archiver", "archive org", "heritrix", "nutch", "censys", "shodan", "internet measurement", "internetmeasurement", "expanse", "paloalto", "netcraft", "zoominfo", "domaintools", "netsystemsresearch",
            "w3c validator", "w3c checklink", "w3c css", "w3c mobile", "validator", "linkcheck", "link checker", "electricmonk", "teleport",
            "scoutjet", "yeti ", "naverbot", "daumoa", "coccoc", "mail ru", "seznam", "qwant", "mojeek", "gigablast", "turnitin", "proximic", "comscore", "grapeshot", "admantx", "peer39",
            "bubing", "wayback", "page2rss", "url preview", "urlpreview", "fetcher", "snippet", "thumbnail", "screenshot"),
        new(" cubot ", "Chrome", UserAgentKind.Browser), // a maker of phones
        new("bot ", "bot", UserAgentKind.DeclaredCrawler),
        .. Named(UserAgentKind.DeclaredCrawler,
            "bots", " bot", "bot v", "bot1", "crawl", "spider", "archiver", "indexer", "slurp", "spyder", "robot", "scanner", "search engine", "searchbot", "scan ", "analyzer", "checker", "inspector", "preview"),
        .. Named(UserAgentKind.HttpLibrary,
            "curl ", "libcurl", "wget", "python requests", "python urllib", "python httpx", "aiohttp", "httpx", "python", "go http client", "go resty", "okhttp", "java ", "apache httpclient", "httpclient", "axios", "node fetch", "node superagent",
            "undici", "got ", "node js", "libwww perl", "lwp ", "perl", "ruby", "faraday", "typhoeus", "rest client", "guzzle", "php", "symfony", "postman", "insomnia", "httpie", "k6 ", "jmeter", "apachebench", "wrk ", "hey ", "vegeta", "siege",
            "locust", "gatling", "powershell", "winhttp", "restsharp", "dart ", "dalvik", "cfnetwork", "reqwest", "hyper ", "rust ", "unirest", "feign", "spring", "vert x", "netty", "jersey", "async http", "boto", "aws sdk", "aws cli",
            "s3console", "rclone", "grpc", "swift", "alamofire", "http rb", "mechanize", "libhttp", "winnt http", "microsoft url control", "aria2", "git ", "docker", "containerd", "helm", "apt http", "debian apt", "yum", "dnf", "pip ", "npm ", "composer", "http request", "http client",
            "postmanruntime", "colly", "nokogiri", "zend http", "pycurl", "snoopy", "embarcadero", "indy library"),
        new(" http ", "link in the name", UserAgentKind.DeclaredCrawler),
        new(" https ", "link in the name", UserAgentKind.DeclaredCrawler),
        new(" www ", "link in the name", UserAgentKind.DeclaredCrawler),
        .. Browsers("edg=Edge", "edge=Edge", "edga=Edge", "edgios=Edge", "opr=Opera", "opera=Opera", "opios=Opera", "vivaldi=Vivaldi", "samsungbrowser=Samsung Internet", "ucbrowser=UC Browser", "yabrowser=Yandex Browser",
            "brave=Brave", "duckduckgo=DuckDuckGo", "silk=Silk", "miuibrowser=MIUI Browser", "fxios=Firefox", "firefox=Firefox", "seamonkey=SeaMonkey", "palemoon=Pale Moon", "iceweasel=Firefox", "crios=Chrome", "chromium=Chromium",
            "chrome=Chrome", "safari=Safari", "trident=Internet Explorer", "msie=Internet Explorer", "konqueror=Konqueror", "lynx=Lynx", "links=Links", "w3m=w3m", "elinks=Links", "netscape=Netscape", "camino=Camino", "epiphany=Epiphany",
            "applewebkit=WebKit", "gecko=Gecko", "khtml=KHTML"),
        .. Named(UserAgentKind.DeclaredCrawler, "compatible "),
    ];

    private static IEnumerable<Entry> Named(UserAgentKind kind, params string[] words) => words.Select(word => new Entry(word, word.Trim(), kind));

    private static IEnumerable<Entry> Browsers(params string[] words) =>
        words.Select(word => word.Split('=')).Select(pair => new Entry($" {pair[0]}", pair[1], UserAgentKind.Browser));

    /// <summary>A word, the name to show for it, and what it says.</summary>
    internal readonly record struct Entry(string Word, string Name, UserAgentKind Kind);
}
