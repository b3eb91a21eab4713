using Vedette.Lab.Datasets;

namespace Vedette.Lab.Tests.Datasets;

public sealed class CsicReaderTests
{
    internal const string Sample =
        """
        GET http://localhost:8080/shop/index.jsp HTTP/1.1
        User-Agent: Example/1.0
        Accept: text/html
        Host: localhost:8080
        Cookie: JSESSIONID=0123456789ABCDEF; theme=dark
        Connection: close


        POST http://localhost:8080/shop/cart/add.jsp?from=list HTTP/1.1
        Host: localhost:8080
        Content-Type: application/x-www-form-urlencoded
        Content-Length: 29

        id=3&name=Oil&B1=A%F1adir+ya

        GET /shop/help.jsp HTTP/1.0

        """;

    [Fact]
    [Trait("Row", "E9")]
    public void ReadsRequestsWithAndWithoutBody()
    {
        CsicRequest[] requests = Read(Sample);
        Assert.Equal(3, requests.Length);
        Assert.Equal(("GET", "/shop/index.jsp", "", "HTTP/1.1", "localhost:8080", "Example/1.0", "0123456789ABCDEF", ""),
            (requests[0].Method, requests[0].Path, requests[0].Query, requests[0].Protocol, requests[0].Host, requests[0].UserAgent, requests[0].Session, requests[0].Body));
        Assert.Equal("Accept: text/html\nConnection: close", requests[0].Headers);
        Assert.Equal(("POST", "/shop/cart/add.jsp", "from=list", "id=3&name=Oil&B1=A%F1adir+ya"), (requests[1].Method, requests[1].Path, requests[1].Query, requests[1].Body));
        Assert.Equal(("/shop/help.jsp", ""), (requests[2].Path, requests[2].Host));
    }

    [Fact]
    public void LineEndsOfWindowsMakeNoDifference() => Assert.Equal(Read(Sample), Read(Sample.ReplaceLineEndings("\r\n")));

    [Fact]
    public void AMissingBodyDoesNotSwallowTheNextRequest()
    {
        CsicRequest[] requests = Read("POST http://h/a HTTP/1.1\nContent-Length: 5\n\nGET http://h/b HTTP/1.1\n\n");
        Assert.Equal(["/a", "/b"], requests.Select(static request => request.Path));
    }

    [Theory]
    [InlineData("no request\n", "line 1")]
    [InlineData("GET /a HTTP/1.1\nno header\n", "line 2")]
    public void WhatIsNoRequestIsNamed(string text, string where)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anomalousTrafficTest.txt", true)]
    [InlineData("normalTrafficTraining.txt", false)]
    [InlineData("requests.txt", null)]
    public void AFilesNameTellsItsLabel(string file, bool? isAttack) => Assert.Equal(isAttack, CsicReader.LabelOf(file));

    private static CsicRequest[] Read(string text) => [.. new CsicReader(new StringReader(text), "sample.txt").ReadAll()];
}
