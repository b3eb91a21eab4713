using System.Text;
using Vedette.Engine.Redaction;

namespace Vedette.Engine.Tests.Redaction;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("user=ann&password=wonderland&x=1", "user=ann&password=***&x=1")]
    [InlineData("PassWord=a", "PassWord=***")]
    [InlineData("access_token=abc", "access_token=***")]
    [InlineData("login[pwd]=abc&a=b", "login[pwd]=***&a=b")]
    [InlineData("""{"user":"ann","api_key":"k-123","n":1}""", """{"user":"ann","api_key":"***","n":1}""")]
    [InlineData("""{"secret": "a \" b","n":1}""", """{"secret": "***","n":1}""")]
    [InlineData("""{"body":"{\"password\":\"abc\",\"a\":1}"}""", """{"body":"{\"password\":\"***\",\"a\":1}"}""")]
    [InlineData("Authorization: Basic dXNlcjpwYXNz\nHost: a", "Authorization: Basic ***\nHost: a")]
    [InlineData("Cookie: a=b; c=d\nAccept: */*", "Cookie: a=***; c=***\nAccept: */*")]
    [InlineData("GET /a?t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl HTTP/1.1", "GET /a?t=*** HTTP/1.1")]
    [InlineData("note=4111 1111 1111 1111 paid", "note=*** paid")]
    [InlineData("card=378282246310005", "card=***")]
    public void SecretsAreMasked(string text, string expected) => Assert.Equal(expected, Redactor.Default.Redact(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("q=lamp&page=2&sort=price")]
    [InlineData("""{"timestamp":1763706000123,"user":"o'brien","path":"/orders/4111111111111112"}""")]
    [InlineData("id=1234567890123456&n=0.25&v=1.2.3")]
    [InlineData("198.51.100.4 - - [04/May/2026:12:00:00 +0000] \"GET /tokens/7 HTTP/1.1\" 200 12")]
    [InlineData("a:b:c==d::=")]
    public void WhatIsNoSecretStays(string text)
    {
        Assert.Equal(text, Redactor.Default.Redact(Encoding.UTF8.GetBytes(text)));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(Redactor.Default.Redact(bytes, RedactedKind.Text, new RedactionBuffer()) == bytes);
    }

    [Fact]
    public void NamesCanBeAddedAndKept()
    {
        var redactor = new Redactor(new RedactionOptions { Names = ["Customer-No"], Keep = ["token"] });
        Assert.Equal("customer_no=***&token=7&password=***", redactor.Redact("customer_no=9&token=7&password=x"u8));
    }

    [Fact]
    public void RedactingTwiceChangesNothingMoreAndHostileTextDoesNoHarm()
    {
        var random = new Random(7);
        byte[] pieces = Encoding.ASCII.GetBytes("password=\"':{}\\ eyJ.4111&;\n\r,[]tokensecret0123456789%");
        for (int i = 0; i < 5000; i++)
        {
            byte[] text = new byte[random.Next(120)];
            for (int j = 0; j < text.Length; j++) text[j] = random.Next(20) == 0 ? (byte)random.Next(256) : pieces[random.Next(pieces.Length)];
            string once = Redactor.Default.Redact(text);
            Assert.Equal(once, Redactor.Default.Redact(Encoding.UTF8.GetBytes(once)));
        }
    }
}
