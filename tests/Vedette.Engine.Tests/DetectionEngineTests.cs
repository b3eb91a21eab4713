using System.Globalization;
using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Sources;
using Vedette.Engine.Tests.Sources;

namespace Vedette.Engine.Tests;

public sealed class DetectionEngineTests
{
    private static readonly IReadOnlyList<string> Campaign = Scan.LinesOf("credential_stuffing_distributed");

    private static readonly string CampaignIncidents = Scan.Print(Scan.Run(Campaign, WithWorkers(1), linesPerBatch: Campaign.Count, ahead: 0).Incidents);

    [Theory]
    [InlineData("credential_stuffing_distributed", 2)]
    [InlineData("credential_stuffing_distributed", 8)]
    [InlineData("account_takeover", 8)]
    [InlineData("scanner", 2)]
    [InlineData("traffic_spike", 8)]
    [InlineData("rate_abuse", 8)]
    public void TheNumberOfWorkersDoesNotChangeAByte(string caseName, int workers)
    {
        string log = Scan.LogOf(caseName);
        string alone = Scan.Print(Scan.Run(log, WithWorkers(1)).Incidents);
        Assert.Contains("\"type\"", alone, StringComparison.Ordinal);
        Assert.Equal(alone, Scan.Print(Scan.Run(log, WithWorkers(workers)).Incidents));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void TheSizeOfBatchesDoesNotChangeAByte(int linesPerBatch) =>
        Assert.Equal(CampaignIncidents, Scan.Print(Scan.Run(Campaign, WithWorkers(2), linesPerBatch).Incidents));

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void ReadingAheadDoesNotChangeAByte(int ahead) =>
        Assert.Equal(CampaignIncidents, Scan.Print(Scan.Run(Campaign, WithWorkers(2), linesPerBatch: 50, ahead).Incidents));

    [Theory]
    [InlineData("credential_stuffing_distributed", "combined")]
    [InlineData("object_enumeration", "json")]
    public void FollowingAFileGivesWhatReadingItGives(string caseName, string format)
    {
        using var folder = new TemporaryFolder();
        string text = string.Concat(Scan.LinesOf(caseName).Select(static line => line + "\n"));
        string whole = folder.Write("whole.log", Encoding.Latin1.GetBytes(text)), growing = folder.Write("growing.log", "");
        using var source = new GrowingSource(growing, Encoding.Latin1.GetBytes(text));
        var engine = new DetectionEngine(WithWorkers(2));
        BatchPipeline.Run(source, new LogParser(LogFormats.Find(format)!), engine, ahead: 0, static _ => { }, CancellationToken.None);
        string read = Scan.Print(Scan.Run(whole, WithWorkers(1)).Incidents);
        Assert.Contains("\"type\"", read, StringComparison.Ordinal);
        Assert.Equal(read, Scan.Print(engine.Incidents));
    }

    [Fact]
    public void OrdinaryEventsBetweenTwoTicksAllocateNothing()
    {
        byte[][] lines = [.. Enumerable.Range(0, 400).Select(static i => Encoding.ASCII.GetBytes(
            $"198.51.100.{i % 200} - - [10/Mar/2026:09:00:{i / 10:00} +0000] \"GET /products/{i}?page={i % 7} HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\""))];
        var batch = new PreparedBatch();
        var parser = new LogParser(LogFormats.Find("combined")!);
        var engine = new DetectionEngine(WithWorkers(1));
        Action<PreparedBatch> prepare = engine.CreatePreparer();
        Assert.Equal(0, Allocations.Of(() =>
        {
            batch.Events.Clear();
            for (int i = 0; i < lines.Length; i++) batch.Events.AddLine(batch.Events.Append(lines[i]), i + 1);
            parser.Parse(batch.Events);
            prepare(batch);
            engine.Process(batch);
        }));
        Assert.True(engine.EventCount >= 2 * lines.Length);
        Assert.Equal(0, engine.EventCount % lines.Length);
    }

    [Fact]
    public void TheBooksBalance()
    {
        List<string> lines = [.. Campaign];
        for (int i = 0; i < 40; i++) lines.Insert(i * 37, i % 3 == 0 ? "" : i % 3 == 1 ? "no log line at all" : "203.0.113.1 - - [yesterday] \"GET / HTTP/1.1\" 200 1");
        long events = 0, failures = 0;
        DetectionEngine engine = Scan.Run(lines, new EngineOptions(), linesPerBatch: 100, onProcessed: batch =>
        {
            events += batch.Events.EventCount;
            failures += batch.Events.Failures.Count;
        });
        Assert.Equal(lines.Count, events + failures);
        Assert.InRange(failures, 14, 40);
        Assert.Equal(events, engine.EventCount);
        Assert.Equal(0, engine.LateEventCount);
        Assert.Equal(0, engine.EvictedCallerCount);
    }

    [Fact]
    public void LinesALittleOutOfOrderLeadToTheSameFindings()
    {
        var random = new Random(5);
        // Each line up to two minutes late, as several writers leave them.
        List<string> shuffled = [.. Campaign.Select(line => (Line: line, At: TimeOf(line).AddSeconds(random.NextDouble() * 120))).OrderBy(static x => x.At).Select(static x => x.Line)];
        DetectionEngine engine = Scan.Run(shuffled, new EngineOptions());
        Assert.Equal(0, engine.LateEventCount);
        Incident incident = Assert.Single(engine.Incidents);
        Assert.Equal(IncidentType.CredentialStuffing, incident.Type);
        Assert.True(incident.Actor.Members.Count >= 50, $"{incident.Actor.Members.Count} members");
    }

    [Fact]
    public void LinesFarOutOfOrderAreCountedAsLateAndStillAnalysed()
    {
        List<string> lines = [.. Campaign.Skip(200), .. Campaign.Take(200)];
        DetectionEngine engine = Scan.Run(lines, new EngineOptions());
        Assert.Equal(lines.Count, engine.EventCount);
        Assert.InRange(engine.LateEventCount, 100, 200);
        Assert.Contains(engine.Incidents, static i => i.Type == IncidentType.CredentialStuffing);
    }

    [Theory]
    [InlineData(10, "10/Mar/2099:09:00:00 +0000")]
    [InlineData(800, "10/Mar/2099:09:00:00 +0000")]
    [InlineData(800, "01/Jan/1970:00:00:01 +0000")]
    public void OneAbsurdTimestampDoesNotStopDetection(int position, string time)
    {
        List<string> lines = [.. Campaign];
        lines.Insert(position, $"198.51.100.3 - - [{time}] \"GET / HTTP/1.1\" 200 100 \"-\" \"-\"");
        Incident incident = Assert.Single(Scan.Run(lines, new EngineOptions()).Incidents);
        Assert.Equal(IncidentType.CredentialStuffing, incident.Type);
        Assert.Equal(2026, incident.LastSeen.Year);
    }

    [Fact]
    public void EveryIncidentIsToldWhenItIsRaisedAndWhenItGrows()
    {
        using var source = new LineSource(Campaign, 100);
        var engine = new DetectionEngine(new EngineOptions());
        var told = new List<Incident>();
        engine.IncidentChanged = told.Add;
        BatchPipeline.Run(source, new LogParser(LogFormats.Find("combined")!), engine, 0, static _ => { }, CancellationToken.None);
        Incident last = Assert.Single(engine.Incidents);
        Assert.NotEmpty(told);
        Assert.Equal(Scan.Print([last]), Scan.Print([told[^1]]));
    }

    [Fact]
    public void AnAllowedNetworkIsNeverBlamed()
    {
        DetectionEngine engine = Scan.Run(Scan.LinesOf("sql_injection"), new EngineOptions { Allow = ["203.0.113.0/24"] });
        Assert.Empty(engine.Incidents);
    }

    [Fact]
    public void WrongSettingsAreAllReportedAtOnce()
    {
        var options = new EngineOptions { Allow = ["nonsense"], Tracking = new TrackingOptions { MaxCallers = 1, MaxSeen = 1000 } };
        string message = Assert.Throws<ArgumentException>(() => new DetectionEngine(options)).Message;
        Assert.Contains("nonsense", message, StringComparison.Ordinal);
        Assert.Contains("Tracking:MaxCallers", message, StringComparison.Ordinal);
        Assert.Contains("Tracking:MaxSeen", message, StringComparison.Ordinal);
    }

    private static DateTime TimeOf(string line)
    {
        int open = line.IndexOf('[', StringComparison.Ordinal);
        return DateTime.ParseExact(line.AsSpan(open + 1, 20), "dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static EngineOptions WithWorkers(int workers) => new() { Tracking = new TrackingOptions { Workers = workers } };

    /// <summary>Follows a file that grows by pieces which end anywhere within a line; ends when it grows no more.</summary>
    private sealed class GrowingSource(string path, byte[] bytes) : IBatchSource
    {
        private readonly TailSource _tail = new([path], fromStart: true);
        private int _written;

        public IReadOnlyList<string> Names => _tail.Names;

        public IReadOnlyList<string> Warnings => _tail.Warnings;

        public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
        {
            while (!_tail.ReadAvailable(batch))
            {
                if (_written == bytes.Length) return false;
                int length = Math.Min(bytes.Length - _written, 997 + _written % 5000);
                using (var file = new FileStream(path, FileMode.Append)) file.Write(bytes, _written, length);
                _written += length;
            }
            return true;
        }

        public void Dispose() => _tail.Dispose();
    }
}
