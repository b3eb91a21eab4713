using System.Text;
using Vedette.Engine.Normalization;
using Vedette.ML;

namespace Vedette.Engine.Tests.Normalization;

public class DecodingTests
{
    [Theory]
    [InlineData("a%20b", "a b")]
    [InlineData("%27%20or%201=1", "' or 1=1")]
    [InlineData("%u0027%u003c", "'<")]
    [InlineData("%2", "%2")]
    [InlineData("%zz%", "%zz%")]
    [InlineData("%%32%65", "%2e")]
    [InlineData("100%", "100%")]
    public void PercentEscapesAreUndoneOnceAndMalformedOnesStay(string encoded, string expected) => Assert.Equal(expected, Percent(encoded, isForm: false));

    [Fact]
    public void PlusIsASpaceInFormsOnly()
    {
        Assert.Equal("a b", Percent("a+b", isForm: true));
        Assert.Equal("a+b", Percent("a+b", isForm: false));
    }

    [Fact]
    public void PercentDecodingAgreesWithItsPlainTwinOnRandomBytes()
    {
        var random = new SeededRandom(7);
        byte[] alphabet = Encoding.ASCII.GetBytes("%%%%0123456789abcdefABCDEF+xyz&=\u007f");
        for (int round = 0; round < 2000; round++)
        {
            byte[] source = new byte[random.Next(40)];
            for (int i = 0; i < source.Length; i++) source[i] = alphabet[random.Next(alphabet.Length)];
            byte[] target = new byte[source.Length];
            var encodings = LeafEncodings.None;
            int length = DecodingPercent.Decode(source, target, isForm: true, ref encodings);
            Assert.Equal(PercentReference(source), target[..length]);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAE, 0xC0, 0xAF }, "./")]
    [InlineData(new byte[] { 0xE0, 0x80, 0xAE }, ".")]
    [InlineData(new byte[] { 0xF0, 0x80, 0x80, 0xAF }, "/")]
    [InlineData(new byte[] { 0xC0, 0x2F }, "/")]
    public void OverlongUtf8BecomesTheCharacterItHides(byte[] bytes, string expected)
    {
        var encodings = LeafEncodings.None;
        int length = DecodingText.Fold(bytes, ref encodings);
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes, 0, length));
        Assert.True((encodings & LeafEncodings.Overlong) != 0);
    }

    [Fact]
    public void FullWidthPunctuationBecomesAsciiAndLettersStay()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("＜script＞ é日本 ＇");
        var encodings = LeafEncodings.None;
        int length = DecodingText.Fold(bytes, ref encodings);
        Assert.Equal("<script> é日本 '", Encoding.UTF8.GetString(bytes, 0, length));
    }

    [Theory]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("&#60;&#x3C;&#x3c", "<<<")]
    [InlineData("&#0000060;", "<")]
    [InlineData("java&Tab;script&colon;", "java\tscript:")]
    public void EntitiesAreDecoded(string text, string expected)
    {
        byte[] target = new byte[text.Length * 2 + 8];
        int length = DecodingText.DecodeEntities(Encoding.UTF8.GetBytes(text), target);
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, length));
    }

    [Theory]
    [InlineData("AT&T & more")]
    [InlineData("&#;&#x;&unknown;&")]
    public void TextWithoutEntitiesIsLeftAlone(string text) => Assert.Equal(-1, DecodingText.DecodeEntities(Encoding.UTF8.GetBytes(text), new byte[64]));

    [Theory]
    [InlineData(@"\u0027 or", "' or")]
    [InlineData(@"\x3cscript\x3E", "<script>")]
    [InlineData(@"\u{3c}b", "<b")]
    public void BackslashEscapesAreDecoded(string text, string expected)
    {
        byte[] target = new byte[text.Length];
        int length = DecodingText.DecodeEscapes(Encoding.UTF8.GetBytes(text), target);
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, length));
    }

    [Theory]
    [InlineData("PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "<script>alert(1)</script>")]
    [InlineData("PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg", "<script>alert(1)</script>")]
    [InlineData("Jy8_Pz4-Pj4gJyBvciAxPTE", "'/??>>>> ' or 1=1")]
    public void Base64OfReadableTextIsDecodedWithOrWithoutPaddingInBothAlphabets(string text, string expected)
    {
        byte[] target = new byte[text.Length + 8];
        int length = DecodingBase64.Decode(Encoding.ASCII.GetBytes(text), target);
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, Math.Max(0, length)));
    }

    [Theory]
    [InlineData("administrator12")]
    [InlineData("d515145f9f40bdf042e56b5b621a6934")]
    [InlineData("short")]
    [InlineData("not base64 at all!")]
    public void WordsAndHashesAreNotTakenForBase64(string text) => Assert.Equal(-1, DecodingBase64.Decode(Encoding.ASCII.GetBytes(text), new byte[64]));

    private static string Percent(string encoded, bool isForm)
    {
        byte[] source = Encoding.UTF8.GetBytes(encoded);
        byte[] target = new byte[source.Length];
        var encodings = LeafEncodings.None;
        return Encoding.UTF8.GetString(target, 0, DecodingPercent.Decode(source, target, isForm, ref encodings));
    }

    /// <summary>%XX and plus, written plainly; the alphabet of the test has no %u.</summary>
    private static byte[] PercentReference(byte[] source)
    {
        var decoded = new List<byte>();
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                decoded.Add(Convert.ToByte(Encoding.ASCII.GetString(source, i + 1, 2), 16));
                i += 2;
            }
            else
            {
                decoded.Add(source[i] == '+' ? (byte)' ' : source[i]);
            }
        }
        return [.. decoded];
    }
}
