using System.Diagnostics;
using System.Globalization;
using System.Text;
using Vedette.Engine.Events;
using Vedette.Storage.Tests.Contract;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Tests.Durability;

/// <summary>A process that is killed in the middle of its work loses nothing it acknowledged, keeps no half of a group, and its roll-ups agree with its rows.</summary>
public abstract class KillContract<TStore> : IAsyncLifetime
    where TStore : IStoreUnderTest, new()
{
    private const int Rounds = 20;
    private static readonly DateTimeOffset From = new(2026, 11, 19, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(5);

    private readonly TStore _underTest = new();

    public ValueTask InitializeAsync() => _underTest.CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _underTest.DisposeAsync();
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task WhatWasAcknowledgedSurvivesAKill()
    {
        var random = new Random(11);
        var acknowledged = new HashSet<int>();
        int next = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using (Process process = AppendingProcess.Start(_underTest.Options.Url, next))
            {
                for (int lines = random.Next(1, 25); lines > 0; lines--) Read(await process.StandardOutput.ReadLineAsync(), acknowledged);
                process.Kill();
                // What it still said before it died counts as well.
                while (await process.StandardOutput.ReadLineAsync() is { } line) Read(line, acknowledged);
                await process.WaitForExitAsync();
            }
            next = await VerifyAsync(acknowledged) + 1;
        }
    }

    private static void Read(string? line, HashSet<int> acknowledged)
    {
        Assert.NotNull(line);
        Assert.True(acknowledged.Add(int.Parse(line, CultureInfo.InvariantCulture)));
    }

    /// <summary>The highest group there is.</summary>
    private async Task<int> VerifyAsync(HashSet<int> acknowledged)
    {
        await using Store store = StoreFactory.Create(_underTest.Options, TimeProvider.System);
        await store.Events.OpenAsync(default);
        var sizes = new Dictionary<int, int>();
        var seen = new HashSet<string>();
        var perRoute = new Dictionary<string, long>();
        await store.Events.ReadAsync(From, To, new EventBatch(), batch =>
        {
            foreach (HttpEvent e in batch.Events)
            {
                string path = Encoding.UTF8.GetString(batch[e.Path]), route = Encoding.UTF8.GetString(batch[e.Route]);
                Assert.True(seen.Add(path), $"{path} is there twice.");
                int group = int.Parse(path.Split('/')[2], CultureInfo.InvariantCulture);
                sizes[group] = sizes.GetValueOrDefault(group) + 1;
                perRoute[route] = perRoute.GetValueOrDefault(route) + 1;
            }
            return ValueTask.CompletedTask;
        }, default);
        foreach ((int group, int size) in sizes) Assert.True(size == AppendingProcess.SizeOf(group), $"Group {group} has {size} of {AppendingProcess.SizeOf(group)} events.");
        Assert.Empty(acknowledged.Except(sizes.Keys));
        foreach (int group in sizes.Keys.Concat([sizes.Keys.Max() + 4 - sizes.Keys.Max() % 4]).Where(AppendingProcess.HasReceipt))
            Assert.Equal(sizes.ContainsKey(group), await store.Events.FindReceiptAsync(AppendingProcess.ReceiptKey(group), default) is not null);
        Dictionary<string, long> totals = (await store.Events.TotalsAsync(new TotalsQuery(From, To, TotalsBy.Route, 100), default)).ToDictionary(static t => t.Key, static t => t.Counts.Requests);
        Assert.Equal(perRoute.OrderBy(static r => r.Key, StringComparer.Ordinal), totals.OrderBy(static r => r.Key, StringComparer.Ordinal));
        Assert.Equal(seen.Count, (await store.Events.TrafficAsync(new TrafficQuery(From, To, TimeSpan.FromMinutes(1)), default)).Sum(static b => b.Counts.Requests));
        return sizes.Keys.Max();
    }
}

public sealed class SqliteKillTests : KillContract<SqliteUnderTest>;

public sealed class PostgreSqlKillTests : KillContract<PostgreSqlUnderTest>;
