using System.Globalization;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;

namespace Vedette.Engine.Tests;

/// <summary>Measures the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    [Trait("Row", "B11")]
    public void AMillionAddressesCostNoMoreMemoryThanAFewThousand()
    {
        const int capacity = 16_384, addresses = 1_000_000;
        var options = new EngineOptions { Tracking = new TrackingOptions { MaxCallers = capacity, MaxCallerRoutes = capacity, MaxSeen = capacity } };
        var engine = new DetectionEngine(options);
        long full = 0;
        using var source = new LineSource(Flood(addresses), 2000);
        long batches = 0;
        BatchPipeline.Run(source, new LogParser(LogFormats.Find("combined")!), engine, 0, _ =>
        {
            // By then every table is full.
            if (++batches == 50) full = GC.GetTotalMemory(forceFullCollection: true);
        }, CancellationToken.None);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - full;
        Assert.Equal(addresses, engine.EventCount);
        Assert.InRange(engine.CallerCount, 1, capacity);
        Assert.Equal(engine.AddressCount, engine.CallerCount + engine.EvictedCallerCount);
        Assert.True(engine.EvictedCallerCount > addresses / 2);
        Assert.True(grown < 8 << 20, $"{grown} bytes more after a million addresses than after a hundred thousand");
    }

    private static IEnumerable<string> Flood(int count)
    {
        var random = new Random(11);
        DateTime start = new(2026, 3, 10, 9, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < count; i++)
        {
            string time = start.AddMilliseconds(i * 4).ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
            yield return $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)} - - [{time}] \"GET /w{random.Next(100_000)}/{random.Next()} HTTP/1.1\" {(random.Next(3) == 0 ? 404 : 200)} 512 \"-\" \"agent {random.Next(5000)}\"";
        }
    }
}
