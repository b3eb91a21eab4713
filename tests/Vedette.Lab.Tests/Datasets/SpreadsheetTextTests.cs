using Vedette.Lab.Datasets;

namespace Vedette.Lab.Tests.Datasets;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-1 OR 1=1", "'-1 OR 1=1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("'=1", "''=1")]
    [InlineData("/path", "/path")]
    [InlineData("O'Brien", "O'Brien")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("", "")]
    public void AFormulaGetsAnApostropheAndLosesItAgain(string text, string guarded)
    {
        Assert.Equal(guarded, SpreadsheetText.Guard(text));
        Assert.Equal(text, SpreadsheetText.Unguard(guarded));
    }

    [Fact]
    public void WhatXmlCannotHoldIsTakenOut()
    {
        Assert.Equal("ab\tc\nd", SpreadsheetText.ForXml("a\0b\u0001\tc\n\u001fd\uffff"));
        Assert.Equal("x\ufffdy\U0001F600", SpreadsheetText.ForXml("x\ud800y\U0001F600"));
        Assert.Equal("\ufffd", SpreadsheetText.ForXml("\udc00"));
    }
}
