using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

/// <summary>One or more lines of every format: it is recognised without being told, and every field arrives.</summary>
public sealed class LogFormatTests
{
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64)";

    public static TheoryData<string, string, string> Lines => new()
    {
        { "common", """203.0.113.9 - ann [10/Oct/2024:13:55:36 -0700] "GET /a?b=c HTTP/1.1" 200 2326""", "timestamp=2024-10-10T20:55:36.000Z client_ip=203.0.113.9 user=ann method=GET path=/a query=b=c protocol=HTTP/1.1 status=200 response_bytes=2326" },
        { "common", """2001:db8::7 - - [10/Oct/2024:13:55:36 +0000] "HEAD / HTTP/1.0" 304 -""", "client_ip=2001:db8::7 response_bytes=0 user=" },
        { "combined", $$"""203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "https://example.com/x" "{{Agent}}" """, "referer=https://example.com/x user_agent=Mozilla/5.0~(X11;~Linux~x86_64) duration_ms=" },
        { "combined", """203.0.113.9 - "" [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" - 5 "-" "-" """, "user= status= referer= user_agent=" },
        { "combined", """client.example.net - John Smith [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """, "client_ip=client.example.net user=John~Smith" },
        { "combined", """203.0.113.9 www.example.com - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """, "host=www.example.com user=" },
        { "combined", """203.0.113.7, 198.51.100.2 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """, "client_ip=198.51.100.2 x_forwarded_for=203.0.113.7,~198.51.100.2" },
        { "combined", """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 12034""", "duration_ms=12.034" },
        { "combined", """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 512 0.250 [up] 10.0.0.1:80 5 0.2""", "request_bytes=512 duration_ms=250" },
        { "combined", """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 410 990""", "request_bytes=410 response_bytes=990 duration_ms=" },
        { "combined", """10.0.0.1 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" "203.0.113.9, 10.1.1.1" "shop.example.com" "sid=1; theme=dark" """, "x_forwarded_for=203.0.113.9,~10.1.1.1 host=shop.example.com cookies=sid=1;~theme=dark" },
        { "combined", """203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" rt=0.031 uct="0.000" sn="a.example" """, "duration_ms=31 host=a.example" },
        { "combined_vhost", """shop.example.com:443 203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """, "host=shop.example.com client_ip=203.0.113.9" },
        { "common_vhost", """shop.example.com 203.0.113.9 - bob [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5""", "host=shop.example.com user=bob" },
        { "aws_alb", """h2 2024-05-01T10:00:00.186641Z app/lb/50dc 203.0.113.9:2817 10.0.0.66:9000 0.000 0.013 0.000 201 201 50 257 "POST https://api.example.com:443/orders?x=1 HTTP/2.0" "curl/8.0" ECDHE TLSv1.2 arn:x "Root=1-5" "-" "-" 1 2024-05-01T10:00:00.1Z "forward" """, "timestamp=2024-05-01T10:00:00.186Z client_ip=203.0.113.9 method=POST host=api.example.com path=/orders query=x=1 status=201 duration_ms=13 request_bytes=50 response_bytes=257 user_agent=curl/8.0" },
        { "aws_elb", """2024-05-01T10:00:00.945958Z my-lb 203.0.113.9:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 7 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/8.0" - -""", "path=/ host=www.example.com duration_ms=1.048 user_agent=curl/8.0" },
        { "aws_elb", """2024-05-01T10:00:00.945958Z my-lb 203.0.113.9:2817 - -1 -1 -1 408 - 1294 0 "PUT https://m.example.com:443/v HTTP/1.1" """, "status=408 duration_ms= request_bytes=1294" },
        { "aws_s3", """79a5 bucket [06/Feb/2024:00:00:38 +0000] 203.0.113.9 arn:aws:iam::1:user/ann 3E57 REST.GET.OBJECT a.txt "GET /a.txt HTTP/1.1" 200 - 113 113 7 6 "-" "S3Console/0.4" - x""", "host=bucket user=arn:aws:iam::1:user/ann duration_ms=7 response_bytes=113 path=/a.txt" },
        { "traefik", """203.0.113.9 - ann [10/Oct/2024:13:55:36 +0000] "GET /x HTTP/1.1" 200 19 "-" "curl/8" 1 "web@docker" "http://10.0.0.2:80" 17ms""", "user=ann duration_ms=17 user_agent=curl/8" },
        { "envoy", """[2024-05-01T10:00:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "203.0.113.9" "nsq2http" "cc21d9b0" "locations.example" "tcp://10.0.0.2:80" """, "timestamp=2024-05-01T10:00:00.310Z status=204 request_bytes=154 response_bytes=0 duration_ms=226 client_ip=203.0.113.9 host=locations.example" },
        { "haproxy", """Feb  6 12:14:14 lb haproxy[14389]: 203.0.113.9:33317 [06/Feb/2024:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {shop.example.com|Mozilla/5.0 x} {} "GET /index.html HTTP/1.1" """, "timestamp=2024-02-06T12:14:14.655Z duration_ms=109 status=200 response_bytes=2750 host=shop.example.com path=/index.html user_agent=Mozilla/5.0~x" },
        { "haproxy", """203.0.113.9:33317 [06/Feb/2024:12:14:14.655] http-in http-in/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 1/1/0/0/0 0/0 "<BADREQ>" """, "status=408 malformed_request=True path=<BADREQ>" },
        { "syslog", """<190>May  1 10:00:00 web1 nginx: 203.0.113.9 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "x" """, "client_ip=203.0.113.9 user_agent=x" },
        { "syslog", """<165>1 2024-05-01T10:00:00.003Z web1 nginx 123 - - {"method":"GET","path":"/j","status":200}""", "path=/j status=200" },
        { "squid", """1714557600.899     86 203.0.113.9 TCP_MISS/200 6256 GET http://www.example.com/a?b - HIER_DIRECT/198.51.100.9 text/html""", "timestamp=2024-05-01T10:00:00.899Z duration_ms=86 status=200 method=GET host=www.example.com path=/a query=b" },
        { "gandi", """www.example.com 203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] (2 s) "GET / HTTP/1.1" 200 5 "-" "x" """, "duration_ms=2000 host=www.example.com" },
        { "w3c", "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n2024-05-01 10:00:00 10.0.0.1 GET /a b=c 443 ann 203.0.113.9 Mozilla/5.0+(X11) - 404 0 2 15", "timestamp=2024-05-01T10:00:00.000Z path=/a query=b=c user=ann status=404 duration_ms=15 user_agent=Mozilla/5.0~(X11)" },
        { "w3c", "2024-05-01 10:00:00 10.0.0.1 GET /a - 443 - 203.0.113.9 x - 200 0 0 15", "path=/a duration_ms=15" },
        { "w3c", "#Fields: c-ip date cs-uri-stem sc-status time cs(User-Agent) time-taken\n203.0.113.9 2024-05-01 /a 200 10:00:01.5 \"some agent\" 2", "timestamp=2024-05-01T10:00:01.500Z user_agent=some~agent duration_ms=2000" },
        { "w3c", "2024-05-01\t10:00:00\tFRA2\t182\t203.0.113.9\tGET\td1.cloudfront.net\t/v\t200\thttps://example.com/\tMozilla/5.0%2520(X11)\ta=1\t-\tMiss\tid==\texample.com\thttps\t217\t0.001\t-\tTLSv1.2", "host=example.com user_agent=Mozilla/5.0~(X11) duration_ms=1 request_bytes=217 query=a=1" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    [Trait("Row", "D1")]
    public void EveryFormatIsDetectedAndReadInFull(string format, string text, string fields)
    {
        var shown = ParsedLine.Detected(text.TrimEnd(), out string detected);
        Assert.Equal(format, detected);
        ParsedLine.Has(shown, fields);
    }

    [Fact]
    public void NamesAndAliasesFindTheirFormat()
    {
        foreach (ILogFormat format in LogFormats.All) Assert.Same(format, LogFormats.Find(format.Name.ToUpperInvariant()));
        Assert.Equal("combined_vhost", LogFormats.Find("vhost_combined")!.Name);
        Assert.Equal("w3c", LogFormats.Find("IIS")!.Name);
        Assert.Null(LogFormats.Find("nonsense"));
        Assert.Equal(LogFormats.All.Count, LogFormats.All.Select(format => format.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("203.0.113.9 - - [32/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"", ParseError.BadTimestamp, 17)]
    [InlineData("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 777 5 \"-\" \"x\"", ParseError.BadStatus, 63)]
    [InlineData("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 x5 \"-\" \"x\"", ParseError.BadNumber, 67)]
    [InlineData("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"GET / HT", ParseError.TruncatedLine, 45)]
    [InlineData("203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x", ParseError.TruncatedLine, 72)]
    [InlineData("(nobody) - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"", ParseError.BadAddress, 1)]
    public void FailuresSayWhatIsWrongAndWhere(string line, ParseError expected, int at)
    {
        Assert.Equal(expected, ParsedLine.Try(LogFormats.Find("combined")!, line, out _, out int column));
        Assert.Equal(at, column);
    }
}
