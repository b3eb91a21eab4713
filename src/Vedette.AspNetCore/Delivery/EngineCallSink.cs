using Microsoft.Extensions.Logging;
using Vedette.AspNetCore.Recording;
using Vedette.Engine;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Risk;

namespace Vedette.AspNetCore.Delivery;

/// <summary>Analyses the calls in this process, through the same reading as every other door.</summary>
internal sealed partial class EngineCallSink : ICallSink, IDisposable
{
    private readonly DetectionEngine _engine;
    private readonly Action<PreparedBatch> _prepare;
    private readonly PreparedBatch _batch = new();
    private readonly LogParser _parser;
    private readonly CallWriter _writer = new();
    private readonly ILogger<EngineCallSink> _logger;
    private readonly HashSet<string> _logged = [];
    private long _lines;

    public EngineCallSink(VedetteOptions options, ILogger<EngineCallSink> logger)
    {
        _logger = logger;
        _parser = new LogParser(LogFormats.Find("json")!);
        _engine = new DetectionEngine(options.Engine)
        {
            IncidentChanged = incident =>
            {
                Log(incident);
                options.OnIncident?.Invoke(incident);
            },
        };
        _prepare = _engine.CreatePreparer();
    }

    public ValueTask DeliverAsync(IReadOnlyList<RecordedCall> calls, CancellationToken cancellationToken)
    {
        _batch.Events.Clear();
        foreach (RecordedCall call in calls) _batch.Events.AddLine(_batch.Events.Append(_writer.Write(call)), ++_lines);
        _parser.Parse(_batch.Events);
        _prepare(_batch);
        _engine.Process(_batch);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Once per incident, however it grows; the explanation quotes traffic, so it is a parameter and never part of the message.</summary>
    private void Log(Incident incident)
    {
        const int remembered = 10_000;
        if (incident.Level < RiskLevel.Medium || incident.PartOf is not null) return;
        if (_logged.Count >= remembered) _logged.Clear();
        if (_logged.Add(incident.Id)) IncidentRaised(incident.Level.Name(), incident.Risk, incident.Explanation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Level} incident, risk {Risk}: {Explanation}")]
    private partial void IncidentRaised(string level, int risk, string explanation);
}
