using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;

namespace Vedette.Engine.Tests;

public sealed class SampledEventsTests
{
    [Theory]
    [InlineData("rate_abuse", "RateAbuse")]
    [InlineData("traffic_drop", "TrafficDrop")]
    [InlineData("traffic_spike", "TrafficSpike")]
    public void NoRateIsClaimedFromASample(string caseName, string type)
    {
        IReadOnlyList<string> lines = Scan.LinesOf(caseName);
        Assert.Contains(Enum.Parse<IncidentType>(type), TypesIn(lines, EventFlags.None));
        Assert.DoesNotContain(Enum.Parse<IncidentType>(type), TypesIn(lines, EventFlags.Sampled));
    }

    [Fact]
    public void AnAttackInASampleIsStillAnAttack() => Assert.Contains(IncidentType.SqlInjection, TypesIn(Scan.LinesOf("sql_injection"), EventFlags.Sampled));

    private static IEnumerable<IncidentType> TypesIn(IReadOnlyList<string> lines, EventFlags flags)
    {
        var engine = new DetectionEngine(new EngineOptions());
        Action<PreparedBatch> prepare = engine.CreatePreparer();
        var parser = new LogParser(LogFormats.Fallbacks);
        var batch = new PreparedBatch();
        for (int i = 0; i < lines.Count; i++) batch.Events.AddLine(batch.Events.Append(Encoding.UTF8.GetBytes(lines[i])), i + 1);
        parser.Parse(batch.Events);
        foreach (ref HttpEvent parsed in batch.Events.Events) parsed.Flags |= flags;
        prepare(batch);
        engine.Process(batch);
        engine.Complete();
        return engine.Incidents.Select(static incident => incident.Type);
    }
}
