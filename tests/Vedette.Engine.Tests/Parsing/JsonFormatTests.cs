using System.Text.Json;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

public sealed class JsonFormatTests
{
    [Theory]
    [InlineData("""{"timestamp":"2024-05-01T10:00:00.5+02:00","method":"POST","path":"/a","query":"b=c","status":201,"duration_ms":12.5,"client_ip":"203.0.113.9","user":"ann","response_bytes":7}""", "timestamp=2024-05-01T08:00:00.500Z method=POST path=/a query=b=c status=201 duration_ms=12.5 client_ip=203.0.113.9 user=ann response_bytes=7")]
    [InlineData("""{"time":1714557600,"endpoint":"/a?b=c","method":"GET","status_code":"404","response_time":0.25,"ip_address":"203.0.113.9","user_id":"u1","payload_size":10,"response_size":20}""", "timestamp=2024-05-01T10:00:00.000Z path=/a query=b=c status=404 duration_ms=250 user=u1 request_bytes=10 response_bytes=20")]
    [InlineData("""{"@timestamp":1714557600123,"url":"https://api.example.com/x?y=1","latency":"1.5","remote_addr":"2001:db8::1","status":200}""", "timestamp=2024-05-01T10:00:00.123Z host=api.example.com path=/x query=y=1 duration_ms=1500 client_ip=2001:db8::1")]
    [InlineData("""{"time_local":"01/May/2024:10:00:00 +0000","request":"GET /n HTTP/1.1","status":"200","body_bytes_sent":"5","request_time":"0.010","http_user_agent":"x","http_x_forwarded_for":"203.0.113.9"}""", "timestamp=2024-05-01T10:00:00.000Z method=GET path=/n protocol=HTTP/1.1 duration_ms=10 user_agent=x x_forwarded_for=203.0.113.9")]
    [InlineData("""{"ts":1714557600.5,"request":{"remote_ip":"10.0.0.1","client_ip":"203.0.113.9","proto":"HTTP/2.0","method":"GET","host":"example.com","uri":"/c?d","headers":{"User-Agent":["curl/8"],"Accept":["*/*"]}},"duration":0.0015,"size":36,"status":200,"resp_headers":{"Server":["Caddy"]}}""", "client_ip=203.0.113.9 host=example.com path=/c query=d user_agent=curl/8 duration_ms=1.5 response_bytes=36 headers=User-Agent:~curl/8\nAccept:~*/*\n")]
    [InlineData("""{"ClientHost":"203.0.113.9","DownstreamStatus":200,"Duration":1500000,"RequestMethod":"GET","RequestPath":"/t","RequestProtocol":"HTTP/1.1","StartUTC":"2024-05-01T10:00:00Z","request_User-Agent":"x"}""", "status=200 duration_ms=1.5 path=/t user_agent=x timestamp=2024-05-01T10:00:00.000Z")]
    [InlineData("""{"@timestamp":"2024-05-01T10:00:00Z","http":{"request":{"method":"GET","bytes":5},"response":{"status_code":200,"body":{"bytes":9}}},"url":{"path":"/e","query":"q=1"},"source":{"ip":"203.0.113.9"},"user_agent":{"original":"x"},"event":{"duration":2000000}}""", "method=GET status=200 path=/e query=q=1 client_ip=203.0.113.9 user_agent=x duration_ms=2 request_bytes=5 response_bytes=9")]
    [InlineData("""{"attributes":{"http.request.method":"GET","url.path":"/o","client.address":"203.0.113.9","http.response.status_code":500,"http.route":"/o/{id}"}}""", "method=GET path=/o client_ip=203.0.113.9 status=500 route=/o/{id}")]
    [InlineData("""{"start_time":"2024-05-01T10:00:00Z","method":"GET","path":"/y?z","response_code":503,"duration":17,"bytes_sent":3,"authority":"svc"}""", "status=503 duration_ms=17 host=svc path=/y query=z")]
    [InlineData("""{"level":30,"time":1714557600000,"req":{"method":"GET","url":"/p","headers":{"host":"h.example","user-agent":"x"},"remoteAddress":"203.0.113.9"},"res":{"statusCode":200},"responseTime":4,"msg":"request completed"}""", "path=/p status=200 duration_ms=4 host=h.example user_agent=x client_ip=203.0.113.9")]
    [InlineData("""{"log":"203.0.113.9 - - [01/May/2024:10:00:00 +0000] \"GET /d HTTP/1.1\" 200 5 \"-\" \"x\"\n","stream":"stdout","time":"2024-05-01T10:00:01Z"}""", "path=/d status=200 user_agent=x timestamp=2024-05-01T10:00:00.000Z")]
    [InlineData("""{"method":"POST","path":"\/caf\u00e9\n\ud83d\ude00","body":{"a":[1,"}"]},"status":200}""", "path=/café\n😀 body={\"a\":[1,\"}\"]}")]
    public void JsonOfManyMakersIsUnderstood(string line, string fields) => ParsedLine.Has(ParsedLine.Detected(line, out _), fields);

    [Theory]
    [InlineData("""{"method":"GET","path":"/a","status":"abc"}""", ParseError.BadStatus)]
    [InlineData("""{"method":"GET","path":"/a","timestamp":"yesterday"}""", ParseError.BadTimestamp)]
    [InlineData("""{"method":"GET","path":"/a" "status":200}""", ParseError.BadJson)]
    [InlineData("""{"method":"GET","path":"/a","sta""", ParseError.TruncatedLine)]
    [InlineData("""{"level":"info","msg":"server started"}""", ParseError.NotHttp)]
    [InlineData("""{"method":"GET","status":200}""", ParseError.MissingField)]
    [InlineData("""[1,2]""", ParseError.UnexpectedFormat)]
    [InlineData("""{"endpoint":7}""", ParseError.WrongType)]
    [InlineData("""{"path":["/a"]}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","method":true}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","status":false}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","duration_ms":[3]}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","status":{"value":200}}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","duration_ms":{},"status":200}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","timestamp":{"seconds":1714557600}}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","client_ip":{"v4":"203.0.113.9"}}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","status":{"code":0},"status_code":200,"response_time":{"ms":3},"duration_ms":3}""", ParseError.None)]
    [InlineData("""{"path":"/a","client_ip":3405803785}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","ip":true}""", ParseError.WrongType)]
    [InlineData("""{"path":"/a","duration_ms":-1}""", ParseError.BadNumber)]
    [InlineData("""{"path":"/a","response_time":-0.5}""", ParseError.BadNumber)]
    [InlineData("""{"path":"/a","response_time":-1}""", ParseError.None)]
    [InlineData("""{"path":"/a","request_bytes":-1}""", ParseError.BadNumber)]
    [InlineData("""{"path":"/a","status":null,"user":7,"session":null}""", ParseError.None)]
    public void WhatIsNoEventSaysWhy(string line, ParseError expected) =>
        Assert.Equal(expected, ParsedLine.Try(LogFormats.Find("json")!, line, out _, out _));

    [Fact]
    public void StringsDecodeAsTheFrameworkDecodesThem()
    {
        var random = new Random(7);
        string[] pieces = ["a", "é", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\u20ac", "\\ud83d\\ude00", "\\t", "%2e", " "];
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            string line = $$"""{"path":"/{{text}}","method":"GET"}""";
            string expected = JsonDocument.Parse(line).RootElement.GetProperty("path").GetString()!;
            Assert.Equal(expected, ParsedLine.Read("json", line).GetProperty("path").GetString());
        }
    }
}
