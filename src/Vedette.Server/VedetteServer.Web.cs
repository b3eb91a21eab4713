using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NLog.Extensions.Logging;
using Vedette.Server.Access;
using Vedette.Server.Api;
using Vedette.Server.Dashboard;
using Vedette.Server.Inputs;
using Vedette.Server.Observability;
using Vedette.Server.Settings;

namespace Vedette.Server;

/// <content>The web framework: what is listened on, and what every request passes.</content>
public sealed partial class VedetteServer
{
    private static WebApplicationBuilder CreateBuilder(ServerOptions options, InputOptions inputs)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, inputs));
        // The framework has several lines to say about every request: only its warnings are news.
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Logging.AddNLog(new NLogProviderOptions { RemoveLoggerFactoryFilter = false });
        builder.Services.AddRoutingCore();
        builder.Services.AddCors();
        builder.Services.AddApiDocument();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTime);
        return builder;
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options, InputOptions inputs)
    {
        kestrel.AddServerHeader = false;
        // Who reads a body counts it: the framework would hang up on a larger one before its sender could read the answer.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 8 << 10;
        IPAddress address = options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host);
        kestrel.Listen(address, options.Port, static listener => listener.Protocols = HttpProtocols.Http1);
        IPAddress open = IPAddress.Parse(inputs.Host);
        if (inputs.OtlpGrpcPort > 0) kestrel.Listen(open, inputs.OtlpGrpcPort, static listener => listener.Protocols = HttpProtocols.Http2);
        if (inputs.OtlpHttpPort > 0) kestrel.Listen(open, inputs.OtlpHttpPort, static listener => listener.Protocols = HttpProtocols.Http1);
    }

    /// <summary>What every request passes, outermost first.</summary>
    private void UsePipeline(AccessGate gate, DashboardFiles dashboard, ILoggerFactory logs)
    {
        var meter = new RequestMeter(Metrics);
        var failures = new Failures(logs.CreateLogger<Failures>());
        _app.Use(next => context => meter.MeasureAsync(context, next));
        _app.Use(next => context => failures.GuardAsync(context, next));
        _app.Use(static next => context => SecurityHeaders.AddAsync(context, next));
        if (_settings.Access.CorsOrigins is { Count: > 0 } origins)
            _app.UseCors(policy => (origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins([.. origins])).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("Retry-After"));
        _app.UseApiReader();
        _app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) });
        _app.UseRouting();
        _app.Use(next => context => dashboard.TryAnswer(context, out Task writing) ? writing : next(context));
        _app.Use(next => context => gate.PassAsync(context, next));
        _app.Use(static next => context => QuerySchema.CheckAsync(context, next));
        _app.UseEndpoints(static _ => { });
    }
}
