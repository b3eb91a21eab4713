using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vedette.Engine.Events;
using Vedette.Server.Access;
using Vedette.Server.Alerts;
using Vedette.Server.Enforcement;
using Vedette.Server.Analysis;
using Vedette.Server.Ingestion;
using Vedette.Server.Live;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Storage;

namespace Vedette.Server.Api;

/// <summary><c>/metrics</c> for Prometheus. Labels are routes of this server, inputs, types and reasons; never a client, a user or a path from traffic.</summary>
internal sealed class MetricsPage(ServerMetrics metrics, EventIntake intake, AnalysisLoop analysis, ServiceState service, LiveFeed live, AlertTally alerts, AlertRouter router, AlertAllowance allowance, DecisionList decisions, AutomaticDecisions enforcement, Store store)
{
    private long _storageBytes;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", GetAsync).Describe(Role.Anonymous, "Metrics in Prometheus' text format.").With(QuerySchema.None).Produces(StatusCodes.Status200OK, contentType: "text/plain");

    private async Task GetAsync(HttpContext context)
    {
        await MeasureStoreAsync(context.RequestAborted);
        var text = new PrometheusText();
        AddTraffic(text);
        AddWork(text);
        AddState(text);
        AddRequests(text);
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    private async ValueTask MeasureStoreAsync(CancellationToken cancellationToken)
    {
        if (!intake.Health.IsUp) return;
        try
        {
            _storageBytes = await store.Events.SizeBytesAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The last figure stands; the store's state has a metric of its own.
        }
    }

    private void AddTraffic(PrometheusText text)
    {
        text.Begin("vedette_events_received_total", "counter", "Events that came in any way.");
        foreach (SourceState source in intake.Sources.All) text.Add("vedette_events_received_total", source.Received, ("source", source.Name));
        text.Single("vedette_events_analysed_total", "counter", "Events analysed and stored.", intake.Books.Analysed);
        text.Single("vedette_events_deferred", "gauge", "Events that wait for analysis or the store.", intake.Books.Deferred);
        text.Begin("vedette_events_rejected_total", "counter", "Events that were refused.");
        foreach ((string reason, long count) in intake.Books.RejectedByReason) text.Add("vedette_events_rejected_total", count, ("reason", reason));
        text.Begin("vedette_parse_failures_total", "counter", "Events that could not be read.");
        foreach (var (key, tally) in metrics.ParseFailures) text.Add("vedette_parse_failures_total", tally.Value, ("source", key.Source), ("reason", key.Reason.Name()));
        text.Single("vedette_events_late_total", "counter", "Events that came later than the clock allows.", analysis.State.LateEvents);
        text.Single("vedette_event_lag_seconds", "gauge", "Age of the latest event.", service.LagSeconds);
        text.Begin("anomalies_detected_total", "counter", "Anomalies found, in traffic or in answer to a question.");
        foreach (var (origin, tally) in metrics.AnomaliesByOrigin) text.Add("anomalies_detected_total", tally.Value, ("origin", origin));
        text.Begin("vedette_incidents_total", "counter", "Incidents raised, and raised to a level.");
        foreach (var (key, tally) in metrics.Incidents) text.Add("vedette_incidents_total", tally.Value, ("type", key.Type), ("level", key.Level));
    }

    private void AddWork(PrometheusText text)
    {
        text.Begin("vedette_stage_duration_seconds", "histogram", "Time a batch of events takes in each stage.");
        foreach (Stage stage in Enum.GetValues<Stage>()) text.Add("vedette_stage_duration_seconds", metrics.Stage(stage), ("stage", stage.ToString().ToLowerInvariant()));
        text.Begin("vedette_detector_duration_seconds", "histogram", "Time a detector takes for one question.");
        foreach (var (name, histogram) in metrics.Detectors) text.Add("vedette_detector_duration_seconds", histogram, ("detector", name));
        text.Begin("vedette_storage_write_seconds", "histogram", "Time of one commit to the store.").Add("vedette_storage_write_seconds", metrics.StorageWrite);
        text.Single("vedette_storage_bytes", "gauge", "Bytes the store takes.", _storageBytes);
        text.Single("vedette_storage_up", "gauge", "1 while the store can be written.", intake.Health.IsUp ? 1 : 0);
    }

    private void AddState(PrometheusText text)
    {
        EngineState state = analysis.State;
        text.Single("vedette_callers_tracked", "gauge", "Callers in memory.", state.Callers);
        text.Single("vedette_callers_evicted_total", "counter", "Callers forgotten for lack of room.", state.EvictedCallers);
        text.Single("vedette_incidents_dropped_total", "counter", "Incidents not kept for lack of room.", state.DroppedIncidents);
        text.Single("vedette_routes_known", "gauge", "Routes learnt.", state.Routes);
        text.Begin("vedette_decisions_active", "gauge", "Decisions in force.");
        foreach (var (key, count) in decisions.CountActive()) text.Add("vedette_decisions_active", count, ("type", key.Type), ("origin", key.Origin));
        text.Begin("vedette_enforcement_total", "counter", "Callers looked at for an automatic decision, by what became of it.");
        foreach (var (outcome, tally) in enforcement.Outcomes) text.Add("vedette_enforcement_total", tally.Value, ("outcome", outcome));
        text.Begin("vedette_model_age_seconds", "gauge", "Age of each model in use.");
        foreach ((string model, double age) in service.ModelAges()) text.Add("vedette_model_age_seconds", age, ("model", model));
        text.Single("vedette_alert_budget_remaining", "gauge", "What is left of the day's accepted alarms.", Math.Max(0, allowance.PerDay - alerts.LastDay));
        AddAlerts(text);
        text.Single("vedette_live_clients", "gauge", "Live readers connected.", live.Readers);
        text.Single("vedette_live_dropped_total", "counter", "Statistics that slow live readers did not get.", live.Dropped);
        text.Begin("vedette_build_info", "gauge", "Version of the program.").Add("vedette_build_info", 1, ("version", ServiceState.Version), ("runtime", Environment.Version.ToString()));
        text.Single("process_start_time_seconds", "gauge", "When the process began.", service.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        text.Single("process_resident_memory_bytes", "gauge", "Memory in use.", Environment.WorkingSet);
        text.Single("process_cpu_seconds_total", "counter", "Processor time used.", Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    private void AddAlerts(PrometheusText text)
    {
        text.Begin("vedette_alerts_sent_total", "counter", "Alert messages delivered, tried again, or given up.");
        foreach (var (key, tally) in router.Counters.BySink) text.Add("vedette_alerts_sent_total", tally.Value, ("sink", key.Sink), ("result", key.Result));
        text.Begin("vedette_alerts_dropped_total", "counter", "Incidents nobody was told of, for lack of room.");
        foreach (var (sink, tally) in router.Counters.DroppedBySink) text.Add("vedette_alerts_dropped_total", tally.Value, ("sink", sink));
        text.Begin("vedette_alerts_waiting", "gauge", "Incidents that wait to be told of.");
        foreach ((string sink, int count) in router.Waiting) text.Add("vedette_alerts_waiting", count, ("sink", sink));
    }

    private void AddRequests(PrometheusText text)
    {
        text.Begin("api_requests_total", "counter", "Requests to this server.");
        foreach (var (key, tally) in metrics.Requests)
            text.Add("api_requests_total", tally.Value, ("endpoint", key.Route), ("method", key.Method), ("status", key.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        text.Begin("api_request_duration_seconds", "histogram", "Time requests to this server take.");
        foreach (var (route, histogram) in metrics.Durations) text.Add("api_request_duration_seconds", histogram, ("endpoint", route));
    }
}
