using System.Text;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests;

/// <summary>Makes what a store is given.</summary>
internal static class SampleBatch
{
    public const string Source = "test.log";

    public static EventAppend Append(IEnumerable<SampleEvent> events, params Receipt[] receipts)
    {
        var batch = new EventBatch();
        var outcomes = new List<EventOutcome>();
        foreach (SampleEvent sample in events)
        {
            Add(batch, sample);
            outcomes.Add(new EventOutcome(sample.Route, sample.Score, sample.Payloads, sample.IsLate));
        }
        return new EventAppend(batch, outcomes.ToArray(), [Source], receipts);
    }

    public static ValueTask AppendAsync(this IEventStore store, params IEnumerable<SampleEvent> events) => store.AppendAsync([Append(events)], CancellationToken.None);

    private static void Add(EventBatch batch, SampleEvent sample)
    {
        ref HttpEvent e = ref batch.AddEvent();
        e.TimeMicros = (sample.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        e.MethodText = Text(batch, sample.Method);
        e.Method = RequestMethods.Parse(batch[e.MethodText]);
        e.Path = Text(batch, sample.Path);
        e.Query = Text(batch, sample.Query);
        e.Status = (short)sample.Status;
        e.DurationMicros = sample.DurationMicros ?? HttpEvent.Unknown;
        e.RequestBytes = sample.RequestBytes ?? HttpEvent.Unknown;
        e.ResponseBytes = sample.ResponseBytes ?? HttpEvent.Unknown;
        e.User = Text(batch, sample.User);
        e.Session = Text(batch, sample.Session);
        e.ApiKey = Text(batch, sample.ApiKey);
        e.UserAgent = Text(batch, sample.Agent);
        e.Referer = Text(batch, sample.Referer);
        e.Host = Text(batch, sample.Host);
        e.Protocol = Text(batch, sample.Protocol);
        e.Headers = Text(batch, sample.Headers);
        e.Body = Text(batch, sample.Body);
        if (sample.Client is null) return;
        byte[] client = Encoding.UTF8.GetBytes(sample.Client);
        if (NetworkAddress.TryParse(client, out e.Client)) return;
        e.Client = NetworkAddress.FromName(client);
        e.ClientName = batch.Append(client);
    }

    private static Utf8Slice Text(EventBatch batch, string? text) => text is null ? default : batch.Append(Encoding.UTF8.GetBytes(text));
}
