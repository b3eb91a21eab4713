using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Vedette.AspNetCore.Decisions;
using Vedette.AspNetCore.Delivery;
using Vedette.AspNetCore.Recording;

namespace Vedette.AspNetCore;

/// <summary>Two lines for the application to be watched: <c>builder.Services.AddVedette(…)</c> and <c>app.UseVedette()</c>.</summary>
public static class VedetteExtensions
{
    /// <summary>Adds what <see cref="UseVedette"/> needs.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; without it the calls are analysed in this process and incidents are logged.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names all that are.</exception>
    public static IServiceCollection AddVedette(this IServiceCollection services, Action<VedetteOptions>? configure = null)
    {
        var options = new VedetteOptions();
        configure?.Invoke(options);
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0) throw new ArgumentException("Vedette: " + string.Join(" ", problems), nameof(configure));
        options.Engine.Validate();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<VedetteMeter>();
        services.AddSingleton<CallQueue>();
        services.AddSingleton<DecisionBook>();
        if (options.Server is null) services.AddSingleton<ICallSink, EngineCallSink>();
        else services.AddSingleton<ICallSink, ServerCallSink>();
        services.AddHostedService<CallForwarder>();
        if (options.DecisionsKey is not null) services.AddSingleton<IHostedService, DecisionPoller>();
        return services;
    }

    /// <summary>Records every call from here on, and enforces decisions. Put it behind the middleware for forwarded headers and before everything that answers.</summary>
    public static IApplicationBuilder UseVedette(this IApplicationBuilder app) => app.UseMiddleware<VedetteMiddleware>();
}
