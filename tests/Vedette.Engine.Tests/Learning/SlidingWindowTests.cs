using Vedette.Engine.Events;
using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class SlidingWindowTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void OneRequestGivesItsOwnValues()
    {
        float[] features = Read([new(Second, 1, 1, 200, 30_000, 400)]);
        Assert.Equal([1, 0, 30, 30, 400, 1, 0, 0], features);
    }

    [Fact]
    [Trait("Row", "E2")]
    [Trait("Row", "C8")]
    public void SharesMeansAndEntropyFollowTheirDefinitions()
    {
        float[] features = Read(
        [
            new(1 * Second, 1, 11, 200, 10_000, 100),
            new(2 * Second, 1, 11, 200, 20_000, -1),
            new(3 * Second, 2, 22, 404, -1, 300),
            new(4 * Second, 3, 33, 500, 60_000, -1),
        ]);
        Assert.Equal([4, 0.5f, 30, 60, 200, 3, 0.25f, 1.5f], features);
    }

    [Fact]
    public void RequestsOlderThanAMinuteLeaveTheWindow()
    {
        float[] features = Read([new(0, 1, 1, 500, -1, -1), new(30 * Second, 2, 2, 200, -1, -1), new(60 * Second, 3, 3, 200, -1, -1)]);
        Assert.Equal(2, features[0]);
        Assert.Equal(0, features[1]);
    }

    [Fact]
    public void RequestsThatComeLateCountInTheirOwnSecond()
    {
        float[] features = Read([new(100 * Second, 1, 1, 200, -1, -1), new(90 * Second, 2, 2, 200, -1, -1), new(20 * Second, 3, 3, 200, -1, -1)]);
        Assert.Equal(2, features[0]);
    }

    [Theory]
    [InlineData(16, 0)]
    [InlineData(100, 0.1)]
    [InlineData(400, 0.15)]
    public void DifferentRoutesAreCountedExactlyWhileFewAndNearlyWhenMany(int routes, double tolerance)
    {
        var requests = new List<WindowRequest>();
        for (int i = 0; i < routes * 3; i++) requests.Add(new WindowRequest(Second + i, Fingerprint.Combine((ulong)(i % routes), 99), (ulong)i, 200, -1, -1));
        float[] features = Read(requests);
        Assert.InRange(features[5], routes * (1 - tolerance), routes * (1 + tolerance));
    }

    [Fact]
    public void SlidingOverManySecondsEqualsCountingTheLastSixtyAnew()
    {
        var random = new Random(3);
        var requests = new List<WindowRequest>();
        var window = new SlidingWindow();
        float[] sliding = new float[WindowFeatures.BasicCount];
        long time = 0;
        for (int i = 0; i < 500; i++)
        {
            time += random.Next(4_000_000);
            requests.Add(new WindowRequest(time, Fingerprint.Combine((ulong)random.Next(10), 1), (ulong)random.Next(5), random.Next(3) == 0 ? 404 : 200, random.Next(90_000), random.Next(2000)));
            window.Add(requests[^1]);
        }
        window.Read(sliding);
        Assert.Equal(Recount(requests), sliding);
    }

    /// <summary>The definition, written with sets.</summary>
    private static float[] Recount(List<WindowRequest> all)
    {
        long newest = all[^1].TimeMicros / Second;
        int first = all.FindIndex(request => request.TimeMicros / Second > newest - 60);
        WindowRequest[] last = [.. all.Skip(first)];
        int repeats = 0;
        for (int i = first; i < all.Count; i++)
            if (all[i].Path == (i == 0 ? 0 : all[i - 1].Path)) repeats++;
        double entropy = last.GroupBy(request => request.Status).Sum(group => -(double)group.Count() / last.Length * Math.Log2((double)group.Count() / last.Length));
        return
        [
            last.Length, (float)last.Count(request => request.Status >= 400) / last.Length, (float)(last.Sum(request => request.DurationMicros) / (double)last.Length / 1000),
            last.Max(request => request.DurationMicros) / 1000f, (float)(last.Sum(request => request.RequestBytes) / (double)last.Length),
            last.Select(request => request.Endpoint).Distinct().Count(), (float)repeats / last.Length, (float)entropy,
        ];
    }

    private static float[] Read(IEnumerable<WindowRequest> requests)
    {
        var window = new SlidingWindow();
        foreach (WindowRequest request in requests) window.Add(request);
        float[] features = new float[WindowFeatures.BasicCount];
        window.Read(features);
        return features;
    }
}
