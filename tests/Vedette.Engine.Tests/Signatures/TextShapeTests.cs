using System.Text;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public class TextShapeTests
{
    [Theory]
    [InlineData("we don't think it's correct: 1 < 2", 5)]
    [InlineData("where clause and 1=1", 2)]
    [InlineData("admin or 1=1", 1)]
    [InlineData("union select a", 0)]
    [InlineData("1' or 1=1", 0)]
    [InlineData("größe und länge = 5", 3)]
    [InlineData("", 0)]
    public void WordsBeforeTheFirstSymbolAreCounted(string text, int expected) => Assert.Equal(expected, Read(text).LeadWords);

    [Theory]
    [InlineData("what does ' or 1=1 do", true)]
    [InlineData("javascript alert() not working?", true)]
    [InlineData("preventing <b> in comments (part 2)", true)]
    [InlineData("x' or name", false)]
    [InlineData("x' union select a from users", false)]
    [InlineData("1=1 limit 1", false)]
    [InlineData("1=1", false)]
    public void ASentenceGoesOnAfterTheSymbols(string text, bool expected) => Assert.Equal(expected, Read(text).EndsInWords);

    [Theory]
    [InlineData("don't say that's o'brien", false)]
    [InlineData("f(x) = y", false)]
    [InlineData("x' or", true)]
    [InlineData("x) or", true)]
    [InlineData("x; drop", true)]
    [InlineData("x -- y", true)]
    public void WhatCouldEndALiteralIsSeen(string text, bool expected) => Assert.Equal(expected, Read(text).HasBreak);

    [Theory]
    [InlineData("x' or 1=1--", true)]
    [InlineData("x' or 1=1-- -", true)]
    [InlineData("x' or 1=1 # ", true)]
    [InlineData("x' or '1'='1", true)]
    [InlineData("x' or 1=1", false)]
    [InlineData("a 'quoted' word", false)]
    public void WhatCutsOffTheRestIsSeen(string text, bool expected) => Assert.Equal(expected, Read(text).IsTerminated);

    [Theory]
    [InlineData("(&(a=b)(c=d))", true)]
    [InlineData("x)(|(a=b)", false)]
    [InlineData("((", false)]
    public void ParenthesesAreMatched(string text, bool expected) => Assert.Equal(expected, TextShape.IsBalanced(Encoding.UTF8.GetBytes(text)));

    private static TextShape Read(string text) => TextShape.Read(Encoding.UTF8.GetBytes(text));
}
