using Vedette.Cli.Traffic;
using Vedette.Engine.Events;

namespace Vedette.Cli.Tests.Traffic;

public sealed class TimeTableTests
{
    private const long Second = 1_000_000;

    private static HttpEvent At(long seconds, short status = 200) => new() { TimeMicros = seconds * Second, Status = status, ResponseBytes = 7 };

    [Fact]
    public void AShortLogIsCountedByTheMinute()
    {
        var table = new TimeTable();
        foreach (HttpEvent request in (HttpEvent[])[At(0), At(59, 404), At(60, 500), At(3_600)]) table.Add(request);
        Assert.Equal(60, table.StepSeconds);
        Assert.Equal([(0, 2, 1, 0, 14), (60, 1, 0, 1, 7), (3_600, 1, 0, 0, 7)],
            table.Steps.Select(static step => (step.StartSeconds, step.Step.Requests, step.Step.ClientErrors, step.Step.ServerErrors, step.Step.Bytes)));
        Assert.Equal(3, table.Hours[0]);
        Assert.Equal(1, table.Hours[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(4_000)]
    public void ALongLogIsCountedInLongerStretchesAndLosesNothing(int days)
    {
        var table = new TimeTable();
        const int Requests = 20_000;
        for (int i = 0; i < Requests; i++) table.Add(At(i * (days * 86_400L / Requests)));
        Assert.InRange(table.Steps.Count(), 2, TimeTable.MaxSteps);
        Assert.Equal(Requests, table.Steps.Sum(static step => step.Step.Requests));
        Assert.All(table.Steps, step => Assert.Equal(0, step.StartSeconds % table.StepSeconds));
        Assert.Equal(0, table.Dropped);
    }

    [Fact]
    public void TimesScatteredOverMillenniaAreBoundedAndCounted()
    {
        var table = new TimeTable();
        for (long year = 0; year < 5_000; year++) table.Add(At(year * 366 * 86_400));
        Assert.InRange(table.Steps.Count(), 1, TimeTable.MaxSteps);
        Assert.Equal(5_000, table.Steps.Sum(static step => step.Step.Requests) + table.Dropped);
    }

    [Fact]
    public void ARequestWithoutATimeIsLeftOut()
    {
        var table = new TimeTable();
        table.Add(new HttpEvent { TimeMicros = HttpEvent.Unknown });
        Assert.Empty(table.Steps);
    }
}
