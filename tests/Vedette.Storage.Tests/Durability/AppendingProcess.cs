using System.Diagnostics;
using System.Globalization;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Durability;

/// <summary>Appends groups until it is killed, and says which are acknowledged.</summary>
internal static class AppendingProcess
{
    public const string Command = "append-until-killed";

    private static readonly DateTimeOffset Midnight = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events of a group: how many is part of the group's number, so that anybody can tell whether all are there.</summary>
    public static int SizeOf(int group) => 1 + group * 37 % 90;

    /// <summary>True if a group comes with a receipt.</summary>
    public static bool HasReceipt(int group) => group % 4 == 0;

    public static string ReceiptKey(int group) => $"key:{group}";

    public static async Task<int> RunAsync(string url, int firstGroup)
    {
        await using Store store = StoreFactory.Create(new StorageOptions { Url = url }, new HastyTime());
        await store.Events.OpenAsync(default);
        for (int group = firstGroup; ; group++)
        {
            Receipt[] receipts = HasReceipt(group) ? [new Receipt(ReceiptKey(group), SizeOf(group), "{}", Midnight)] : [];
            await store.Events.AppendAsync([SampleBatch.Append(EventsOf(group), receipts)], default);
            Console.Out.WriteLine(group.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }

    public static Process Start(string url, int firstGroup)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(AppendingProcess).Assembly.Location);
        foreach (string argument in (string[])[Command, url, firstGroup.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Every third group lies on both sides of midnight.</summary>
    private static IEnumerable<SampleEvent> EventsOf(int group) => Enumerable.Range(0, SizeOf(group)).Select(i => new SampleEvent(Midnight.AddSeconds(group % 3 == 0 ? i - 10 : i + group))
    {
        Path = $"/g/{group}/{i}",
        Route = $"/g/{group % 7}",
        Client = $"10.0.0.{group % 200}",
        DurationMicros = 1000 + i,
    });

    /// <summary>Time flies, so that roll-ups are written often.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Midnight;

        public override long GetTimestamp() => _ticks += TimeSpan.TicksPerSecond;
    }
}
