using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class CallerTableTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(1, 64, 40)]
    [InlineData(2, 64, 200)]
    [InlineData(3, 1000, 5000)]
    [InlineData(4, 8, 1000)]
    public void TheIndexStaysConsistentUnderRandomUse(int seed, int capacity, int keys)
    {
        var random = new Random(seed);
        var table = new CallerTable(capacity);
        var twin = new Dictionary<ulong, long>();
        long added = 0;
        for (int step = 1; step <= 6000; step++)
        {
            // Few distinct high bits, so that entries collide and eviction has gaps to close.
            ulong key = (ulong)random.Next(1, keys + 1) << 19 | 1;
            int slot = table.GetOrAdd(key, out bool isNew);
            Assert.Equal(key, table[slot].Key);
            if (isNew) added++;
            else Assert.Equal(twin[key], table[slot].LastSeen);
            table[slot].LastSeen = step * Second;
            table[slot].Total++;
            twin[key] = step * Second;
            if (step % 50 == 0) CheckIndex(table, keys);
        }
        Assert.InRange(table.Count, 1, capacity);
        Assert.Equal(added, table.Count + table.Evicted);
    }

    [Fact]
    public void AFloodDoesNotDisplaceCallersUnderWatch()
    {
        var table = new CallerTable(256);
        ulong[] watched = [.. Enumerable.Range(0, 60).Select(static i => Key(i))];
        for (int i = 0; i < 240; i++)
        {
            int slot = table.GetOrAdd(Key(i), out _);
            // One in four slots of the array is under watch.
            table[slot].LastSeen = i * Second;
            if (i % 4 == 0) table[slot].Raised = 1;
        }
        watched = [.. Enumerable.Range(0, 240).Where(static i => i % 4 == 0).Select(static i => Key(i))];
        for (int i = 1000; i < 21_000; i++) table[table.GetOrAdd(Key(i), out _)].LastSeen = i * Second / 10;
        Assert.All(watched, key => Assert.True(table.Find(key) >= 0));
        Assert.True(table.Evicted > 19_000);
    }

    [Fact]
    public void WhoFailedAtALoginIsFoundInOrderUntilAnotherTakesItsPlace()
    {
        var table = new CallerTable(200);
        for (int i = 0; i < 200; i++) table[table.GetOrAdd(Key(i), out _)].LastSeen = (100 + i) * Second;
        int[] failed = [0, 63, 64, 65, 130, 199];
        foreach (int slot in failed) table.MarkFailedLogin(slot);
        Assert.Equal(failed, FailedLogins(table));
        // The first eight are the candidates; the first of them is the oldest.
        Assert.Equal(0, table.GetOrAdd(Key(999), out _));
        Assert.Equal(failed[1..], FailedLogins(table));
        table.Clear();
        Assert.Empty(FailedLogins(table));
    }

    [Fact]
    public void OfOrdinaryCallersTheOldestGoes()
    {
        var table = new CallerTable(8);
        for (int i = 0; i < 8; i++) table[table.GetOrAdd(Key(i), out _)].LastSeen = (i == 5 ? 1 : 100 + i) * Second;
        table.GetOrAdd(Key(99), out bool isNew);
        Assert.True(isNew);
        Assert.Equal(-1, table.Find(Key(5)));
        Assert.Equal(1, table.Evicted);
    }

    [Fact]
    public void ANewCallerInAnOldPlaceStartsFreshAndWithoutAName()
    {
        var table = new CallerTable(8);
        for (int i = 0; i < 8; i++)
        {
            int slot = table.GetOrAdd(Key(i), out _);
            table.SetName(slot, $"user{i}");
            table[slot].Total = 40;
        }
        int reused = table.GetOrAdd(Key(99), out _);
        Assert.Equal(0, table[reused].Total);
        Assert.Null(table.Name(reused));
    }

    private static void CheckIndex(CallerTable table, int keys)
    {
        var present = new HashSet<ulong>();
        for (int slot = 0; slot < table.Count; slot++)
        {
            Assert.True(present.Add(table[slot].Key));
            Assert.Equal(slot, table.Find(table[slot].Key));
        }
        for (int i = 1; i <= keys; i++)
            if (!present.Contains((ulong)i << 19 | 1)) Assert.Equal(-1, table.Find((ulong)i << 19 | 1));
    }

    private static List<int> FailedLogins(CallerTable table)
    {
        var found = new List<int>();
        for (int slot = table.NextFailedLogin(0); slot >= 0; slot = table.NextFailedLogin(slot + 1)) found.Add(slot);
        return found;
    }

    private static ulong Key(int i) => ((ulong)i + 1) * 0x9E3779B97F4A7C15UL;
}
