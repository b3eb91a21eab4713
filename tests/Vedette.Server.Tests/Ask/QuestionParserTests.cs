using System.Text.Json;
using Vedette.Server.Ask;
using Vedette.Server.Tests.Deploy;

namespace Vedette.Server.Tests.Ask;

public sealed class QuestionParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 11, 15, 30, 0, TimeSpan.Zero);

    /// <summary>A question, the filter it means, and the words that are left over.</summary>
    public static TheoryData<string, string, string> Questions
    {
        get
        {
            var questions = new TheoryData<string, string, string>();
            foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "questions.txt")))
            {
                if (line.Length == 0 || line[0] == '#') continue;
                string[] parts = line.Split(" => "), meant = parts[1].Split(" ?? ");
                questions.Add(parts[0], meant[0], meant.Length > 1 ? meant[1] : "");
            }
            return questions;
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    [Trait("Row", "E7")]
    public void AQuestionInPlainWordsBecomesAFilter(string question, string filter, string left)
    {
        Interpretation understood = QuestionParser.Parse(question, Now);
        Assert.Equal(filter, understood.Filter);
        Assert.Equal(left, string.Join(' ', understood.NotUnderstood));
        Assert.Equal(left.Length > 0, understood.Suggestions.Count > 0);
        Assert.NotEmpty(understood.Sentence);
    }

    [Fact]
    public void ThereAreFiftyQuestionsAndMore() => Assert.True(Questions.Count >= 50);

    [Fact]
    public void WhatWasNotUnderstoodIsSaidAndNearQuestionsAreOffered()
    {
        Interpretation understood = QuestionParser.Parse("show frobnicated incidents", Now);
        Assert.Equal(["frobnicated"], understood.NotUnderstood);
        Assert.NotEmpty(understood.Suggestions);
    }

    [Theory]
    [InlineData("errors excluding 404", "subject=requests&status=4xx,5xx", "excluding", "404")]
    [InlineData("attacks not from 10.0.0.0/8", "subject=incidents", "not", "10.0.0.0/8")]
    [InlineData("incidents excluding scanners last day", "subject=incidents&last=1d", "excluding", "scanners")]
    [InlineData("attacks today without brute force", "subject=incidents&from=2026-03-11T00:00", "without", "brute", "force")]
    [InlineData("anomalies that are not bots", "subject=anomalies", "not", "bots")]
    [InlineData("incidents except on /login", "subject=incidents", "except", "/login")]
    [InlineData("4xx on POST /login excluding 10.0.0.0/8", "subject=requests&method=POST&endpoint=/login&status=4xx", "excluding", "10.0.0.0/8")]
    public void WhatIsExcludedIsNeverTakenForWhatIsMeant(string question, string filter, params string[] left)
    {
        Interpretation understood = QuestionParser.Parse(question, Now);
        Assert.Equal(filter, understood.Filter);
        Assert.Equal(left, understood.NotUnderstood);
    }

    /// <summary>A condition that cannot be asked for is said, and is not taken for another one.</summary>
    [Theory]
    [Trait("Row", "E7")]
    [InlineData("endpoints without authentication", "subject=endpoints", "without", "authentication")]
    [InlineData("requests between 9999-12-30 and 9999-12-31", "subject=requests", "between", "9999-12-30", "9999-12-31")]
    [InlineData("requests since 0001-01-01", "subject=requests", "since", "0001-01-01")]
    [InlineData("bots pretending to be chrome", "subject=anomalies&usage_class=bot", "pretending", "chrome")]
    public void WhatCannotBeAskedForIsLeftOver(string question, string filter, params string[] left)
    {
        Interpretation understood = QuestionParser.Parse(question, Now);
        Assert.Equal(filter, understood.Filter);
        Assert.Equal(left, understood.NotUnderstood);
        Assert.DoesNotContain(question, understood.Suggestions);
        Assert.NotEmpty(understood.Suggestions);
    }

    [Fact]
    public void WhatIsOfferedIsUnderstood()
    {
        string page = File.ReadLines(Path.Combine(Repository.Root, "web", "src", "features", "ask", "AskPage.tsx")).Single(static line => line.StartsWith("const examples", StringComparison.Ordinal));
        string[] offered = [.. Suggestions.Examples, .. JsonSerializer.Deserialize<string[]>(page[page.IndexOf('[', StringComparison.Ordinal)..].TrimEnd(';'))!];
        Assert.True(offered.Length > 20);
        Assert.All(offered, static example => Assert.Empty(QuestionParser.Parse(example, Now).NotUnderstood));
    }

    [Fact]
    public void NoTypingErrorIsSeenInWhatIsExcluded() => Assert.DoesNotContain(QuestionParser.Parse("errors excluding checkout", Now).Suggestions, static suggestion => suggestion.Contains("checkout", StringComparison.Ordinal));

    [Fact]
    public void AFilterSurvivesBeingWrittenAndRead()
    {
        var filter = new Filter { ["subject"] = "requests", ["endpoint"] = "/a&b=c%d#e", ["user"] = "o'brien+x" };
        Assert.Equal(filter.ToString(), Filter.Parse(filter.ToString()).ToString());
        Assert.Equal("/a&b=c%d#e", Filter.Parse(filter.ToString())["endpoint"]);
    }

    [Fact]
    public void AFieldThatIsNoneIsNamed() => Assert.Contains("'drop'", Assert.Throws<FormatException>(() => Filter.Parse("subject=incidents&drop=table")).Message, StringComparison.Ordinal);

    [Fact]
    public void HostileQuestionsDoNoHarm()
    {
        var random = new Random(3);
        string[] pieces = ["'", "\"", "/", "last", "9999999999999", "between", "and", "%", "<script>", "drop table", "\0", "::::", "1.2.3.4.5.6", "top", "since", "99:99", "💥", "user"];
        for (int i = 0; i < 3000; i++)
        {
            string question = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.NotNull(QuestionParser.Parse(question, Now).Filter);
        }
    }
}
