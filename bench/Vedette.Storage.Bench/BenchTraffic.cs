using System.Text;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;
using Vedette.Lab.Simulation;
using Vedette.Storage.Events;

namespace Vedette.Storage.Bench;

/// <summary>Simulated traffic of a shop at a thousand requests a second, ready to be appended.</summary>
internal static class BenchTraffic
{
    public static IReadOnlyList<EventAppend> Make(int events, int perBatch)
    {
        var simulator = new TrafficSimulator(new SimulationOptions
        {
            Start = new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(Math.Max(60, events * 1.3 / 1000)),
            RequestsPerMinute = 60_000,
            AttackDensity = 0.01,
            NamesUsers = true,
            Bodies = false,
            CatalogueScale = 10,
        });
        var appends = new List<EventAppend>();
        var request = default(TrafficEvent);
        while (events > 0)
        {
            var batch = new EventBatch(perBatch * 256, perBatch);
            var outcomes = new EventOutcome[Math.Min(perBatch, events)];
            for (int i = 0; i < outcomes.Length; i++)
            {
                if (!simulator.TryRead(ref request)) throw new InvalidOperationException("The simulated traffic is too short.");
                Add(batch, request);
                outcomes[i] = new EventOutcome(request.Route.Length == 0 ? null : request.Route, request.Truth >= 0 ? 0.9f : 0.01f, request.Truth >= 0 ? PayloadClass.SqlInjection.AsSet() : PayloadClasses.None, IsLate: false);
            }
            events -= outcomes.Length;
            appends.Add(new EventAppend(batch, outcomes, ["bench"], []));
        }
        return appends;
    }

    private static void Add(EventBatch batch, in TrafficEvent request)
    {
        ref HttpEvent e = ref batch.AddEvent();
        e.TimeMicros = request.TimeMicros;
        e.DurationMicros = request.DurationMicros;
        e.RequestBytes = request.RequestBytes;
        e.ResponseBytes = request.ResponseBytes;
        e.Status = request.Status;
        e.MethodText = Text(batch, request.Method);
        e.Path = Text(batch, request.Path);
        e.Query = Text(batch, request.Query);
        e.UserAgent = Text(batch, request.UserAgent);
        e.Referer = Text(batch, request.Referer);
        e.Protocol = Text(batch, request.Protocol);
        e.Host = Text(batch, request.Host);
        e.User = Text(batch, request.User);
        e.Session = Text(batch, request.Session);
        e.ApiKey = Text(batch, request.ApiKey);
        if (!NetworkAddress.TryParse(Encoding.UTF8.GetBytes(request.Client), out e.Client)) throw new InvalidDataException($"'{request.Client}' is no address.");
    }

    private static Utf8Slice Text(EventBatch batch, string? text) => string.IsNullOrEmpty(text) ? default : batch.Append(Encoding.UTF8.GetBytes(text));
}
