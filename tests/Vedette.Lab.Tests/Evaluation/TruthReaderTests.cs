using Vedette.Lab.Evaluation;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class TruthReaderTests
{
    [Fact]
    public void WhatTheSimulatorWritesReadsBack()
    {
        var simulator = new TrafficSimulator(Traffic.Small);
        Assert.NotEmpty(simulator.ReadAll());
        using var file = new MemoryStream();
        TruthWriter.Write(file, simulator.Truth);
        file.Position = 0;
        IReadOnlyList<TruthRow> read = TruthReader.Read(new StreamReader(file));
        TruthRow[] meant = [.. TruthRow.From(simulator).OrderBy(static row => row.StartMicros).ThenBy(static row => row.Id, StringComparer.Ordinal)];
        Assert.Equal(meant.Length, read.Count);
        foreach ((TruthRow a, TruthRow b) in meant.Zip(read))
        {
            Assert.Equal((a.Id, a.Type, a.Intensity, a.Scenario, a.StartMicros / 1000), (b.Id, b.Type, b.Intensity, b.Scenario, b.StartMicros / 1000));
            Assert.Equal(a.Actors, b.Actors);
            Assert.Equal(a.Users, b.Users);
        }
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("""{"type":"xss","start":"soon","end":"2026-01-05T00:00:00Z"}""", "\"start\"")]
    [InlineData("""{"type":"mischief","start":"2026-01-05T00:00:00Z","end":"2026-01-05T00:00:00Z"}""", "'mischief'")]
    [InlineData("""{"start":"2026-01-05T00:00:00Z","end":"2026-01-05T00:00:00Z"}""", "\"type\"")]
    [InlineData("""{"type":"xss","start":"2026-01-05T01:00:00Z","end":"2026-01-05T00:00:00Z"}""", "ends before")]
    [InlineData("""{"type":"xss","actors":[1],"start":"2026-01-05T00:00:00Z","end":"2026-01-05T00:00:00Z"}""", "\"actors\"")]
    public void AWrongLineIsNamedWithWhatIsWrong(string line, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => TruthReader.Read(new StringReader("\n" + line)));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
