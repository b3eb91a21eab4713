namespace Vedette.Engine.Tests.Parsing;

public sealed class RequestLineTests
{
    [Theory]
    [InlineData("GET /a%20b?c=%27 HTTP/1.1", "method=GET path=/a%20b query=c=%27 protocol=HTTP/1.1 malformed_request=")]
    [InlineData("GET /a b c HTTP/1.1", "path=/a~b~c malformed_request=")]
    [InlineData("GET http://shop.example.com:8080/x?y HTTP/1.1", "host=shop.example.com path=/x query=y malformed_request=")]
    [InlineData("GET http://[2001:db8::1]:80/x HTTP/1.1", "host=[2001:db8::1] path=/x")]
    [InlineData("CONNECT shop.example.com:443 HTTP/1.1", "path=shop.example.com:443 host=shop.example.com malformed_request=")]
    [InlineData("OPTIONS * HTTP/1.1", "path=* malformed_request=")]
    [InlineData("PROPFIND /dav HTTP/1.1", "method=PROPFIND path=/dav malformed_request=")]
    [InlineData("GET /", "method=GET path=/ malformed_request=True")]
    [InlineData("-", "path= method= malformed_request=True")]
    [InlineData("", "path= method= malformed_request=True")]
    [InlineData("\\x16\\x03\\x01 \\x00", "path=\u0016\u0003\u0001~\0 method= malformed_request=True")]
    [InlineData("GET /\\\"x\\\\ HTTP/1.1", "path=/\"x\\")]
    [InlineData("GET /\"><script> HTTP/1.1", "path=/\"><script> malformed_request=")]
    public void RequestLinesOfEveryKindBecomeEvents(string request, string fields)
    {
        var shown = ParsedLine.Read("common", $"203.0.113.9 - - [10/Oct/2024:13:55:36 +0000] \"{request}\" 400 5");
        ParsedLine.Has(shown, fields);
    }
}
