using Vedette.Cli.Reports;

namespace Vedette.Cli.Tests.Reports;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text, ümläut, 日本", "plain text, ümläut, 日本")]
    [InlineData("\u001b[31m", "\\x1b[31m")]
    [InlineData("a\tb\r\nc\0", "a\\x09b\\x0d\\x0ac\\x00")]
    [InlineData("\u009b2J", "\\x9b2J")]
    [InlineData("\u202etxt.exe", "\\u202etxt.exe")]
    [InlineData("a\u2028b", "a\\u2028b")]
    public void WhatATerminalWouldObeyBecomesVisible(string text, string expected) => Assert.Equal(expected, TerminalText.Sanitize(text));

    [Fact]
    public void LongTextIsCut() => Assert.Equal("abc…", TerminalText.Sanitize("abcdefgh", 3));

    [Theory]
    [InlineData("one two three four", 9)]
    [InlineData("averyveryverylongwordwithoutanyspace and more", 10)]
    [InlineData("", 10)]
    [InlineData(" leading and trailing ", 5)]
    public void WrappedLinesFitAndLoseNoWord(string text, int width)
    {
        string[] lines = [.. TerminalText.Wrap(text, width)];
        Assert.All(lines, line => Assert.True(line.Length <= width));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }
}
