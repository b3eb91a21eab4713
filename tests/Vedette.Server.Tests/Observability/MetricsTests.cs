using System.Diagnostics;

namespace Vedette.Server.Tests.Observability;

public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly string[] Names =
    [
        "vedette_events_received_total", "vedette_events_analysed_total", "vedette_events_deferred", "vedette_events_rejected_total", "vedette_parse_failures_total", "vedette_event_lag_seconds",
        "vedette_stage_duration_seconds", "vedette_detector_duration_seconds", "vedette_incidents_total", "vedette_decisions_active", "vedette_callers_tracked", "vedette_callers_evicted_total",
        "vedette_storage_write_seconds", "vedette_storage_bytes", "vedette_model_age_seconds", "vedette_alert_budget_remaining", "vedette_live_clients", "vedette_live_dropped_total", "vedette_build_info",
        "vedette_alerts_sent_total", "vedette_alerts_dropped_total", "vedette_alerts_waiting", "vedette_enforcement_total",
        "api_requests_total", "api_request_duration_seconds", "anomalies_detected_total",
    ];

    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.PostAsync("/logs?source=" + Uri.EscapeDataString("we\"ird\\\n"), TestEvents.Lines(TestEvents.Ordinary(1), TestEvents.Attack(2), "garbage"));
        await _server.PostAsync("/detect", $$"""{"event":{{TestEvents.Attack(1)}}}""");
        await _server.PostAsync("/api/decisions", """{"scope":"ip","value":"203.0.113.9","type":"ban","duration":"4h"}""");
        await _server.UntilAsync(async () => (await PageAsync()).Contains("vedette_incidents_total{", StringComparison.Ordinal), "an incident to be counted");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("Row", "B7")]
    [Trait("Row", "A9")]
    public async Task EveryPromisedMetricIsThere()
    {
        string page = await PageAsync();
        Assert.Empty(Names.Where(name => !page.Contains($"# TYPE {name} ", StringComparison.Ordinal)));
        Assert.Contains("vedette_events_rejected_total{reason=\"unexpected_format\"} 1", page, StringComparison.Ordinal);
        Assert.Contains("api_requests_total{endpoint=\"/logs\",method=\"POST\",status=\"201\"} 1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrometheusItselfFindsNothingWrong()
    {
        const string promtool = "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(promtool), "promtool is not installed: apt-get install prometheus");
        using Process check = Process.Start(new ProcessStartInfo(promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(await PageAsync());
        check.StandardInput.Close();
        string complaints = await check.StandardError.ReadToEndAsync() + await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        Assert.Equal((0, ""), (check.ExitCode, complaints));
    }

    [Fact]
    public async Task NoCallerOrPathFromTrafficIsALabel()
    {
        string page = await PageAsync();
        Assert.DoesNotContain("203.0.113", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/users", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", page.Replace("channel", "", StringComparison.Ordinal).Replace("scanner", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private Task<string> PageAsync() => _server.Client.GetStringAsync("/metrics");
}
