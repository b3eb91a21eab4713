using System.Text;
using Vedette.Engine.Normalization;
using Vedette.ML;

namespace Vedette.Engine.Tests.Normalization;

public class LeafReaderTests
{
    private readonly LeafBuffer _leaves = new();

    [Theory]
    [InlineData("", LeafType.Empty)]
    [InlineData("42", LeafType.Number)]
    [InlineData("-3.25", LeafType.Number)]
    [InlineData("1e9", LeafType.Word)]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", LeafType.Uuid)]
    [InlineData("d515145f9f40bdf042e56b5b621a6934", LeafType.Hex)]
    [InlineData("2024-02-29T10:00:00Z", LeafType.Date)]
    [InlineData("hello", LeafType.Word)]
    [InlineData("ann@example.com", LeafType.Email)]
    [InlineData("a-b_c.d", LeafType.Token)]
    [InlineData("../etc", LeafType.Path)]
    [InlineData("https://example.com/a?b=c", LeafType.Url)]
    [InlineData("{\"a\":1}", LeafType.Json)]
    [InlineData("[1,2]", LeafType.Json)]
    [InlineData("two words", LeafType.Text)]
    [InlineData("{{7*7}}", LeafType.Text)]
    public void ValuesAreTyped(string text, object expected) => Assert.Equal((LeafType)expected, LeafClassifier.Classify(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void FormFieldsBecomeNamedLeaves()
    {
        LeafReader.ReadForm(_leaves, "id=42&q=a+b%21&flag&=x"u8, RequestPart.Query);
        Assert.Equal(["id:42", "q:a b!", ":flag", ":x"], Named());
    }

    [Fact]
    public void JsonInsideJsonIsOpened()
    {
        LeafReader.ReadBody(_leaves, """{"outer":"{\"inner\":\"' or 1=1\"}"}"""u8);
        Assert.Contains("inner:' or 1=1", Named());
    }

    [Fact]
    public void JsonKeysThatAreOperatorsCarryTheNameOfTheObjectTheyStandIn()
    {
        LeafReader.ReadBody(_leaves, """{"password":{"$ne":null}}"""u8);
        Assert.Contains("password:$ne", Named());
    }

    [Theory]
    [InlineData("q=%2527", "q:'")]
    [InlineData("q=%252527", "q:'")]
    [InlineData("q=%26lt%3Bscript", "q:<script")]
    [InlineData("q=%5Cu003cscript", "q:<script")]
    [InlineData("q=PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg%3D%3D", "q:<script>alert(1)</script>")]
    [InlineData("u=https%3A%2F%2Fa.b%2F%3Fx%3D%2527", "x:'")]
    public void EveryLayerOfEncodingIsUndone(string query, string expected)
    {
        LeafReader.ReadForm(_leaves, Encoding.UTF8.GetBytes(query), RequestPart.Query);
        Assert.Contains(expected, Named());
    }

    [Fact]
    public void MultipartBodiesYieldFileNamesAndContents()
    {
        LeafReader.ReadBody(_leaves, Encoding.UTF8.GetBytes("--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../x.php\"\r\n\r\n<?php\r\n--B\r\nContent-Disposition: form-data; name=\"g\"\r\n\r\nplain\r\n--B--\r\n"));
        Assert.Equal(["f:../x.php", "f:<?php", "g:plain"], Named());
    }

    [Fact]
    public void XmlYieldsTextAttributesAndCharacterData()
    {
        LeafReader.ReadBody(_leaves, "<?xml version=\"1.0\"?><a b=\"one\">two<![CDATA[three]]></a>"u8);
        Assert.Equal(["1.0", "one", "two", "three"], Named().Skip(1).Select(leaf => leaf[1..]));
    }

    [Fact]
    public void CookiesAreSplitAndDecoded()
    {
        LeafReader.ReadCookies(_leaves, "a=1; b=%7B%22k%22%3A%22v%22%7D"u8);
        Assert.Equal(["a:1", "b:{\"k\":\"v\"}", "k:v"], Named());
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":\"{")]
    [InlineData("<a b=\"")]
    [InlineData("http://a/?b=")]
    [InlineData("a=b&")]
    [InlineData("&#x26;")]
    [InlineData("\\u005c")]
    [InlineData("--\n")]
    [InlineData("----\n----\n")]
    public void HostileBodiesOfAMegabyteStayWithinBounds(string unit)
    {
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, (1 << 20) / unit.Length)));
        LeafReader.ReadBody(_leaves, body);
        LeafReader.ReadForm(_leaves, body, RequestPart.Query);
        LeafReader.ReadPath(_leaves, body);
        LeafReader.ReadCookies(_leaves, body);
        Assert.InRange(_leaves.TextLength, 1, LeafBuffer.TextCapacity);
        Assert.InRange(_leaves.Count, 0, LeafBuffer.LeafCapacity);
        Assert.True(_leaves.Truncated > 0);
    }

    [Fact]
    public void RandomBytesNeverThrow()
    {
        var random = new SeededRandom(11);
        byte[] alphabet = Encoding.UTF8.GetBytes("%%25u0027&#x3c;{}[]\":,\\u<>=?/'abc \n\r;-._+");
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = new byte[random.Next(300)];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            _leaves.Clear();
            LeafReader.ReadPath(_leaves, bytes);
            LeafReader.ReadForm(_leaves, bytes, RequestPart.Query);
            LeafReader.ReadBody(_leaves, bytes);
            LeafReader.ReadCookies(_leaves, bytes);
            foreach (var leaf in _leaves.Leaves) Assert.InRange(leaf.Start + leaf.Length, 0, _leaves.TextLength);
        }
    }

    [Fact]
    public void NestingStopsAtTheBound()
    {
        string text = "'";
        for (int i = 0; i < 40; i++) text = Uri.EscapeDataString(text);
        LeafReader.ReadForm(_leaves, Encoding.UTF8.GetBytes("q=" + text), RequestPart.Query);
        Assert.Equal(LeafBuffer.MaxDepth + 1, _leaves.Count);
        Assert.True(_leaves.Truncated > 0);
    }

    private List<string> Named()
    {
        var named = new List<string>();
        foreach (var leaf in _leaves.Leaves) named.Add($"{Encoding.UTF8.GetString(_leaves.Name(leaf))}:{Encoding.UTF8.GetString(_leaves.Text(leaf))}");
        return named;
    }
}
