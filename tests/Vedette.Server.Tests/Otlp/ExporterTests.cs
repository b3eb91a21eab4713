using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Vedette.Server.Tests.Otlp;

/// <summary>The exporter of the OpenTelemetry SDK itself sends spans and log records, in both protocols, to every port that takes them.</summary>
public sealed class ExporterTests : IAsyncLifetime
{
    private const string Line = "198.51.100.9 - - [04/May/2026:12:00:00 +0000] \"GET /b HTTP/1.1\" 200 12 \"-\" \"curl/8\"";

    private readonly int _grpcPort = TestServer.FreePort();
    private readonly int _httpPort = TestServer.FreePort();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(settings => settings with { Inputs = settings.Inputs with { OtlpGrpcPort = _grpcPort, OtlpHttpPort = _httpPort } });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public enum Door
    {
        MainPort,
        HttpPort,
        GrpcPort,
    }

    [Theory]
    [InlineData(Door.MainPort)]
    [InlineData(Door.HttpPort)]
    [InlineData(Door.GrpcPort)]
    public async Task SpansOfAServerArrive(Door door)
    {
        using (var source = new ActivitySource($"{nameof(ExporterTests)}.{door}"))
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(options => Configure(options, door, "/v1/traces")).Build())
        {
            using (Activity call = source.StartActivity("GET /orders/{id}", ActivityKind.Server)!)
            {
                call.SetTag("http.request.method", "GET").SetTag("url.path", "/orders/7").SetTag("url.query", "a=1").SetTag("http.route", "/orders/{id}")
                    .SetTag("http.response.status_code", 503).SetTag("client.address", "198.51.100.4").SetTag("user_agent.original", "curl/8").SetTag("enduser.id", "ann");
                using Activity inner = source.StartActivity("GET", ActivityKind.Client)!;
                inner.SetTag("http.request.method", "GET").SetTag("url.full", "http://elsewhere.example/x");
            }
            Assert.True(provider.ForceFlush());
        }
        JsonElement row = await OnlyRowAsync();
        Assert.Equal(("/orders/7", "a=1", "/orders/{id}", 503), (row.GetProperty("path").GetString(), row.GetProperty("query").GetString(), row.GetProperty("endpoint").GetString(), row.GetProperty("status").GetInt32()));
        Assert.Equal(("198.51.100.4", "curl/8", "ann"), (row.GetProperty("client_ip").GetString(), row.GetProperty("user_agent").GetString(), row.GetProperty("user").GetString()));
        Assert.True(row.GetProperty("duration_ms").GetDouble() >= 0);
    }

    [Theory]
    [InlineData(Door.MainPort)]
    [InlineData(Door.HttpPort)]
    [InlineData(Door.GrpcPort)]
    public async Task LogRecordsArrive(Door door)
    {
        using (ILoggerFactory logs = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.AddOtlpExporter(exporter => Configure(exporter, door, "/v1/logs"));
        })))
        {
            logs.CreateLogger("access").LogInformation("{Line}", Line);
            logs.CreateLogger("app").LogInformation("started");
        }
        Assert.Equal("/b", (await OnlyRowAsync()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task WithoutAKeyNothingArrives()
    {
        using (var source = new ActivitySource($"{nameof(ExporterTests)}.stranger"))
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(options =>
        {
            Configure(options, Door.GrpcPort, "");
            options.Headers = "x-api-key=wrong";
        }).Build())
        {
            using (Activity call = source.StartActivity("GET /", ActivityKind.Server)!) call.SetTag("http.request.method", "GET").SetTag("url.path", "/");
            provider.ForceFlush();
        }
        Assert.Equal(0, (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength());
    }

    private async Task<JsonElement> OnlyRowAsync()
    {
        await _server.UntilAsync(async () => (await _server.GetAsync("/logs")).Body.GetProperty("items").GetArrayLength() > 0, "what was exported");
        return Assert.Single((await _server.GetAsync("/logs")).Body.GetProperty("items").EnumerateArray());
    }

    private void Configure(OtlpExporterOptions options, Door door, string path)
    {
        options.Protocol = door == Door.GrpcPort ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = door switch
        {
            Door.GrpcPort => new Uri($"http://127.0.0.1:{_grpcPort}"),
            Door.HttpPort => new Uri($"http://127.0.0.1:{_httpPort}{path}"),
            _ => new Uri(_server.Address, path),
        };
        options.Headers = $"x-api-key={TestServer.Token}";
    }
}
