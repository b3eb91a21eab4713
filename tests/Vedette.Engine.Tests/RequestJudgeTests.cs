using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Learning;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Signatures;
using Vedette.Engine.Tests.Learning;

namespace Vedette.Engine.Tests;

public sealed class RequestJudgeTests
{
    private static readonly DateTime Start = new(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void WithoutModelsTheSignaturesAloneDecide()
    {
        var judge = new RequestJudge();
        RequestVerdict attack = Ask(judge, SmallModels.Line(Start, "203.0.113.1", "GET", "/products?id=1%27%20OR%20%271%27=%271", 200, 900));
        Assert.True(attack.IsAnomaly);
        Assert.Equal(attack.Signatures.Vote, attack.AnomalyScore, 1e-6f);
        Assert.True((attack.Payloads & PayloadClasses.SqlInjection) != 0);
        Assert.Equal((false, false), (attack.IsolationForest.IsReady, attack.Transformer.IsReady));
        Assert.False(Ask(judge, SmallModels.Line(Start, "203.0.113.1", "GET", "/products", 200, 900)).IsAnomaly);
    }

    [Fact]
    [Trait("Row", "D6")]
    [Trait("Row", "D2")]
    public void WeightsAreThoseOfTheContract()
    {
        RequestVerdict verdict = Ask(WithModels(), SmallModels.Line(Start, "203.0.113.1", "GET", "/products", 200, 900));
        Assert.Equal((0.8f, 0.6f, 0.7f), (verdict.Signatures.Weight, verdict.IsolationForest.Weight, verdict.Transformer.Weight));
        Assert.Equal((true, true, false), (verdict.Signatures.IsReady, verdict.IsolationForest.IsReady, verdict.Transformer.IsReady));
        float expected = (0.8f * verdict.Signatures.Vote + 0.6f * verdict.IsolationForest.Vote) / 1.4f;
        Assert.Equal(expected, verdict.AnomalyScore, 1e-5f);
        Assert.InRange(verdict.ForestScore!.Value, -1, 0);
    }

    [Fact]
    public void AnOrdinaryRequestIsOrdinaryAndAStrangeOneIsStrange()
    {
        RequestJudge judge = WithModels();
        RequestVerdict ordinary = Ask(judge, SmallModels.Line(Start, "203.0.113.1", "GET", "/products/150", 200, 2000));
        RequestVerdict strange = Ask(judge, SmallModels.Line(Start.AddHours(11), "203.0.113.2", "DELETE", "/internal/dump/all/tables?a=1&b=2&c=3&format=" + new string('z', 400), 500, 3));
        Assert.Equal("/products/{id}", ordinary.Endpoint);
        Assert.Null(strange.Endpoint);
        Assert.False(ordinary.IsolationForest.IsAnomaly);
        Assert.True(strange.IsolationForest.Vote > ordinary.IsolationForest.Vote);
        Assert.True(strange.ForestScore < ordinary.ForestScore, "negative is stranger");
        Assert.True(strange.ForestScore < WithModels().Models!.RequestThreshold);
    }

    [Fact]
    [Trait("Row", "D2")]
    public void ASessionIsJudgedByTheTransformerOnceItIsLongEnough()
    {
        RequestJudge judge = WithModels();
        RequestVerdict verdict = default;
        for (int i = 0; i < SequenceModel.MinTokens; i++)
        {
            Assert.False(verdict.Transformer.IsReady);
            verdict = Ask(judge, SmallModels.Line(Start.AddSeconds(i), "203.0.113.3", "GET", i % 2 == 0 ? "/cart" : "/about", 200, 900));
        }
        Assert.True(verdict.Transformer.IsReady);
        Assert.InRange(verdict.Surprisal!.Value, 0, 20);
        Assert.Equal(1, judge.SessionCount);
    }

    [Fact]
    public void ASureSignatureIsNotOutvoted()
    {
        RequestVerdict verdict = Ask(WithModels(), SmallModels.Line(Start, "203.0.113.4", "GET", "/products?id=1%27%20UNION%20SELECT%20password%20FROM%20users--", 200, 2000));
        Assert.True(verdict.IsAnomaly);
        Assert.True(verdict.AnomalyScore >= verdict.Signatures.Vote);
        Assert.Contains(IncidentType.SqlInjection, verdict.Types);
    }

    [Fact]
    public void SessionsAreBounded()
    {
        var judge = new RequestJudge(maxSessions: 50);
        judge.Adopt(SmallModels.Instance);
        for (int i = 0; i < 500; i++) Ask(judge, SmallModels.Line(Start.AddSeconds(i), $"10.0.{i / 250}.{i % 250}", "GET", "/cart", 200, 900));
        Assert.Equal(50, judge.SessionCount);
    }

    [Fact]
    public void ManyThreadsGetTheAnswersThatOneGets()
    {
        RequestJudge judge = WithModels();
        string[] lines = [.. Enumerable.Range(0, 200).Select(i => SmallModels.Line(Start.AddSeconds(i), $"10.1.{i}.1", "GET", $"/products/{i}?page={i}", 200, 900 + i))];
        RequestVerdict[] alone = [.. lines.Select(line => Ask(WithModels(), line))];
        var together = new RequestVerdict[lines.Length];
        Parallel.For(0, lines.Length, i => together[i] = Ask(judge, lines[i]));
        Assert.Equal(alone, together);
    }

    [Fact]
    [Trait("Row", "D10")]
    public void AJudgementAllocatesLittle()
    {
        RequestJudge judge = WithModels();
        PreparedBatch batch = Prepare(judge, SmallModels.Line(Start, "203.0.113.9", "GET", "/products/150", 200, 2000));
        for (int i = 0; i < 20; i++) judge.Judge(batch, 0);
        Assert.InRange(Allocations.Of(() => judge.Judge(batch, 0)), 0, 512);
    }

    [Fact]
    public void AnEventThatIsNotThereIsRefused()
    {
        var judge = new RequestJudge();
        PreparedBatch batch = Prepare(judge, SmallModels.Line(Start, "203.0.113.9", "GET", "/", 200, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => judge.Judge(batch, 1));
    }

    private static RequestJudge WithModels()
    {
        var judge = new RequestJudge();
        judge.Adopt(SmallModels.Instance);
        return judge;
    }

    private static RequestVerdict Ask(RequestJudge judge, string line) => judge.Judge(Prepare(judge, line), 0);

    private static PreparedBatch Prepare(RequestJudge judge, string line)
    {
        var batch = new PreparedBatch();
        batch.Events.AddLine(batch.Events.Append(Encoding.UTF8.GetBytes(line)), 1);
        new LogParser(LogFormats.Find("combined")!).Parse(batch.Events);
        judge.CreatePreparer()(batch);
        return batch;
    }
}
