using Vedette.Lab.Simulation;

namespace Vedette.Lab.Tests.Simulation;

public sealed class ActorQueueTests
{
    [Fact]
    public void ActorsComeOutByTimeAndThenByEntry()
    {
        var random = new RandomSource(3);
        var queue = new ActorQueue();
        var actors = Enumerable.Range(0, 500).Select(i => new Idle(i) { NextMicros = random.Next(60) }).ToArray();
        foreach (var actor in actors) queue.Add(actor);
        var taken = new List<int>();
        while (queue.Count > 0)
        {
            taken.Add(((Idle)queue.First).Number);
            queue.RemoveFirst();
        }
        Assert.Equal(actors.OrderBy(a => a.NextMicros).ThenBy(a => a.Number).Select(a => a.Number), taken);
    }

    [Fact]
    public void AnActorMovesToItsNewTime()
    {
        var queue = new ActorQueue();
        var early = new Idle(1) { NextMicros = 1 };
        queue.Add(early);
        queue.Add(new Idle(2) { NextMicros = 5 });
        early.NextMicros = 9;
        queue.ReplaceFirst();
        Assert.Equal(2, ((Idle)queue.First).Number);
    }

    private sealed class Idle(int number) : Actor
    {
        public int Number => number;

        public override ActorStep Act(World world, ref TrafficEvent request) => ActorStep.Done;
    }
}
