using System.Text;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public class QuoteShapeTests
{
    [Theory]
    [InlineData("where name = 'anna' and city = 'rome'", true)]
    [InlineData("f('a', 'b')", true)]
    [InlineData("say 'hello' to o'brien", true)]
    [InlineData("x = 'list''s'", true)]
    [InlineData("x = 'it\\'s'", true)]
    [InlineData("o'brien", false)]
    [InlineData("x' or 'a'='a", false)]
    [InlineData("'quoted' first", false)]
    [InlineData("name = 'open", false)]
    [InlineData("a 'b'c", false)]
    [InlineData("1' and '1'='1", false)]
    [InlineData("plain", false)]
    public void PairsThatEncloseWordsAreToldFromABreakOut(string text, bool expected) => Assert.Equal(expected, QuoteShape.IsPaired(Encoding.UTF8.GetBytes(text), (byte)'\''));

    [Theory]
    [InlineData("title: \"blue garden\", size: \"4\"", true)]
    [InlineData("24\" monitor", false)]
    [InlineData("\" or \"\"=\"", false)]
    public void QuotationMarksLikewise(string text, bool expected) => Assert.Equal(expected, QuoteShape.IsPaired(Encoding.UTF8.GetBytes(text), (byte)'"'));
}
