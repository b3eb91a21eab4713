using System.Net;
using System.Text;
using Vedette.Lab.Output;
using Vedette.Lab.Simulation;

namespace Vedette.Server.Tests;

/// <summary>Traffic of a fictional API, as lines for <c>POST /logs</c>, and as it goes on.</summary>
internal sealed class SimulatedTraffic
{
    private const int LinesPerRequest = 2000;

    private readonly TrafficSimulator _simulator;
    private TrafficEvent _request;

    public SimulatedTraffic(string api = "shop", double hours = 24, double rate = 600, DateTimeOffset? start = null) => _simulator = new TrafficSimulator(new SimulationOptions
    {
        Api = api, Start = start ?? TestEvents.Noon, Duration = TimeSpan.FromHours(hours), RequestsPerMinute = rate, AttackDensity = 0.1, Faults = false, Bodies = false,
    });

    /// <summary>The next events, one JSON object a line.</summary>
    public string Next(int events)
    {
        using var text = new MemoryStream();
        using (var writer = new TrafficWriter(text, LogFormat.Json))
            for (int i = 0; i < events && _simulator.TryRead(ref _request); i++) writer.Write(_request);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>Sends the next events to a server, which has analysed them when this returns.</summary>
    public async Task SendAsync(TestServer server, int events)
    {
        for (int sent = 0; sent < events; sent += LinesPerRequest)
            Assert.Equal(HttpStatusCode.Created, (await server.PostAsync("/logs", Next(Math.Min(LinesPerRequest, events - sent)), type: "application/x-ndjson")).Status);
    }
}
