using System.Text;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public class AnalyzerTests
{
    [Theory]
    [InlineData("1 or 1=1", "Number Logic Number Comparison Number")]
    [InlineData("union/**/select null,@@version", "Union Comment Select Null Comma Variable")]
    [InlineData("'it''s' || \"x\"", "String Concatenation String")]
    [InlineData("sleep (5)--x", "Function OpenParenthesis Number CloseParenthesis Comment")]
    [InlineData("0x41 <> `a`", "Number Comparison Name")]
    [InlineData("/*!50000select*/ 1", "Comment Select Comment Number")]
    public void SqlIsCutIntoTokens(string text, string expected) => Assert.Equal(expected, Kinds(text, 0));

    [Theory]
    [InlineData("x' or 1=1", '\'', "String Logic Number Comparison Number")]
    [InlineData("admin'--", '\'', "String Comment")]
    [InlineData("5\" x 7", '"', "String Name Number")]
    public void TextMayBeReadFromInsideALiteral(string text, char quote, string expected) => Assert.Equal(expected, Kinds(text, (byte)quote));

    [Theory]
    [InlineData("${jndi:ldap://a}", "jndi:ldap://a")]
    [InlineData("${${lower:j}ndi:x}", "jndi:x")]
    [InlineData("${${::-j}${::-n}${env:a:-d}i:x}", "jndi:x")]
    [InlineData("${${lower:${lower:j}}ndi:x}", "jndi:x")]
    [InlineData("${", "")]
    public void NestedLookupsAreSpelledOut(string text, string expected)
    {
        Span<byte> target = stackalloc byte[64];
        int length = LookupAnalyzer.Spell(Encoding.ASCII.GetBytes(text), target);
        Assert.Equal(expected, Encoding.ASCII.GetString(target[..length]));
    }

    [Fact]
    public void TheMatcherFindsWhatAPlainSearchFinds()
    {
        string[] words = ["he", "she", "his", "hers", "a\u00e9b", "rs"];
        var literals = words.Select((word, i) => new Literal(Encoding.UTF8.GetBytes(word), Rules.All[i], LiteralScope.Anywhere)).ToList();
        var matcher = new LiteralMatcher(literals);
        foreach (string text in new[] { "ushers", "his", "xxa\u00e9bxx", "hhe", "", "zzz", "sHeRS" })
        {
            string lower = text.ToLowerInvariant();
            var hits = new RuleHits();
            matcher.Match(new LeafView { Text = Encoding.UTF8.GetBytes(lower), Name = [], Leaf = default, Present = default, Hits = hits });
            Assert.Equal(words.Select(word => lower.Contains(word, StringComparison.Ordinal)), literals.Select(literal => hits.Has(literal.Rule)));
        }
    }

    [Fact]
    public void EveryLiteralNamesARuleAndEveryRuleHasItsOwnId()
    {
        Assert.NotEmpty(LiteralTable.Load());
        Assert.Equal(Rules.All.Count, Rules.All.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(Rules.All.Count, 1, Rules.Capacity);
        Assert.All(Rules.All, rule => Assert.Equal(rule.Id.ToLowerInvariant(), rule.Id));
    }

    [Fact]
    public void LiteralsAreLowerCaseBecauseTheTextIs() =>
        Assert.All(LiteralTable.Load(), literal => Assert.DoesNotContain(literal.Bytes, b => b is >= (byte)'A' and <= (byte)'Z'));

    [Theory]
    [InlineData("no.such_rule - x")]
    [InlineData("sql.xpath nowhere x")]
    [InlineData("sql.xpath -")]
    public void BadLiteralLinesAreRefused(string line) => Assert.Throws<InvalidDataException>(() => LiteralTable.Parse(line));

    [Fact]
    public void LiteralEscapesStandForSpaceBackslashAndBytes() =>
        Assert.Equal("a b\\c\u0001"u8.ToArray(), LiteralTable.Parse("sql.xpath - a\\sb\\\\c\\x01")[0].Bytes);

    [Theory]
    [InlineData("%20%2F%3A", false)]
    [InlineData("%C3%A9%E6%97%A5", false)]
    [InlineData("%E0%B8%81", false)]
    [InlineData("%27", true)]
    [InlineData("%2e", true)]
    [InlineData("%61", true)]
    [InlineData("%25", true)]
    [InlineData("%C0%AE", true)]
    [InlineData("%E0%80%AE", true)]
    [InlineData("%u0027", true)]
    [InlineData("100%", true)]
    public void OnlyTellingEscapesMakeTextSuspicious(string text, bool expected) => Assert.Equal(expected, Prefilter.HasTellingEscape(Encoding.ASCII.GetBytes(text)));

    private static string Kinds(string text, byte quote)
    {
        Span<SqlLexeme> tokens = stackalloc SqlLexeme[32];
        int count = SqlTokenizer.Tokenize(Encoding.ASCII.GetBytes(text), quote, tokens);
        return string.Join(' ', tokens[..count].ToArray().Select(token => token.Kind));
    }
}
