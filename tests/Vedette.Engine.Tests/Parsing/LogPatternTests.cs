using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

/// <summary>Formats the user gives: LogFormat of Apache, log_format of nginx.</summary>
public sealed class LogPatternTests
{
    [Theory]
    [InlineData("%h %l %u %t \"%r\" %>s %b", """203.0.113.9 - ann [10/Oct/2024:13:55:36 -0700] "GET /a HTTP/1.1" 200 -""", "user=ann path=/a response_bytes=0 timestamp=2024-10-10T20:55:36.000Z")]
    [InlineData("%v:%p %a %u %{%Y-%m-%d %H:%M:%S}t.%{msec_frac}t \\\"%m %U%q %H\\\" %s %I %O %D \"%{X-Forwarded-For}i\" \"%{User-agent}i\" %{JSESSIONID}C", """shop.example:443 203.0.113.9 - 2024-05-01 10:00:00.123 "GET /a?b=1 HTTP/2" 204 11 22 3456 "198.51.100.1" "say \"hi\"" s42""", "host=shop.example timestamp=2024-05-01T10:00:00.123Z method=GET path=/a query=b=1 protocol=HTTP/2 status=204 request_bytes=11 response_bytes=22 duration_ms=3.456 x_forwarded_for=198.51.100.1 user_agent=say~\"hi\" session=s42")]
    [InlineData("LogFormat \"%h %{begin:usec}t %{ms}T \\\"%r\\\" %>s\" timing", """203.0.113.9 1714557600123456 17 "GET /a HTTP/1.1" 200""", "timestamp=2024-05-01T10:00:00.123Z duration_ms=17")]
    [InlineData("%h [%{%B - %d, %Y:%H:%M:%S}t] \"%r\" %>s", """203.0.113.9 [May - 01, 2024:10:00:00] "GET /a HTTP/1.1" 200""", "timestamp=2024-05-01T10:00:00.000Z")]
    [InlineData("%400,501{Referer}i %h %t \"%r\" %>s", """- 203.0.113.9 [10/Oct/2024:13:55:36 +0000] "GET /a HTTP/1.1" 200""", "referer= path=/a")]
    [InlineData("$remote_addr [$time_iso8601] $request_method $scheme://$host$request_uri $status $upstream_response_time $request_length $unknown", "203.0.113.9 [2024-05-01T10:00:00+00:00] GET https://h.example/a?b=1 200 0.001, 0.250 99 zzz", "host=h.example path=/a query=b=1 duration_ms=250 request_bytes=99")]
    [InlineData("log_format main '$remote_addr $msec \"$request\" '\n '$status $body_bytes_sent \"$http_cookie\" $request_time';", """203.0.113.9 1714557600.123 "GET /a HTTP/1.1" 200 5 "sid=1" 0.004""", "timestamp=2024-05-01T10:00:00.123Z cookies=sid=1 duration_ms=4")]
    [InlineData("$remote_addr \"$uri$is_args$args\" $status", "203.0.113.9 \"/a?b=1\" 200", "path=/a query=b=1")]
    [InlineData("${remote_addr}|$request_uri|$status|$http_x_api_key", "203.0.113.9|/a?b=1|200|k-1", "path=/a query=b=1 api_key=k-1")]
    public void GivenFormatsAreReadBack(string format, string line, string fields)
    {
        ParsedLine.Has(ParsedLine.Read(format, line), fields);
    }

    [Theory]
    [InlineData("%h %q")]
    [InlineData("%h %{Referer")]
    [InlineData("%h %{%Q}t \"%r\"")]
    [InlineData("$remote_addr$request")]
    [InlineData("no such format")]
    public void FormatsThatCannotBeReadBackAreRefusedWithAReason(string format)
    {
        Assert.False(LogFormats.TryResolve(format, out _, out string? problem));
        Assert.False(string.IsNullOrWhiteSpace(problem));
    }
}
