using Vedette.ML;
using Vedette.Training;

namespace Vedette.Engine.Tests.PayloadTraining;

public sealed class TextGrammarTests
{
    private const string Grammar = """
        # A comment.
        [part fruit]
        apple
        [part loop]
        «loop»
        [kind note value body]
        I like «fruit»
        [family break_out sqli value]
        ' OR «n»=«n»
        """;

    [Fact]
    public void KindsAndFamiliesHaveTheirPlacesAndTemplates()
    {
        TextGrammar grammar = Load(Grammar);
        Assert.Equal(["note", "break_out"], grammar.Kinds.Select(static kind => kind.Name));
        Assert.Equal([null, "sqli"], grammar.Kinds.Select(static kind => kind.Category));
        Assert.Equal(["value", "body"], grammar.Kinds[0].Places);
        Assert.Equal(["' OR «n»=«n»"], grammar.Kinds[1].Templates);
    }

    [Theory]
    [InlineData("I like «fruit»", "I like apple")]
    [InlineData("«url:fruit»/«base64:fruit»", "apple/YXBwbGU=")]
    [InlineData("«guillemets» stay", "«guillemets» stay")]
    [InlineData("an open «slot", "an open «slot")]
    public void SlotsAreFilledWithPartsAndEncodings(string template, string expected)
    {
        var random = new SeededRandom(1);
        Assert.Equal(expected, Load(Grammar).Expand(template, ref random));
    }

    [Fact]
    public void PartsThatNameEachOtherWithoutEndAreRefused()
    {
        var random = new SeededRandom(1);
        TextGrammar grammar = Load(Grammar);
        Assert.Throws<InvalidDataException>(() => grammar.Expand("«loop»", ref random));
    }

    [Fact]
    public void ALineBeforeTheFirstSectionIsRefused() => Assert.Throws<InvalidDataException>(() => Load("lost\n"));

    [Theory]
    [InlineData(@"a\nb\tc\\d\q", "a\nb\tc\\d\\q")]
    [InlineData(@"end\", @"end\")]
    public void EscapesAreResolved(string text, string expected) => Assert.Equal(expected, TextGrammar.Unescape(text));

    private static TextGrammar Load(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return TextGrammar.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
