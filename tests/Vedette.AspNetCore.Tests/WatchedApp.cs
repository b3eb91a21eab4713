using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Vedette.AspNetCore.Tests;

/// <summary>An application on a real socket that is watched.</summary>
internal sealed class WatchedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WatchedApp(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<WatchedApp> StartAsync(Action<VedetteOptions> configure, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddVedette(options =>
        {
            options.FlushInterval = TimeSpan.FromMilliseconds(1);
            configure(options);
        });
        WebApplication app = builder.Build();
        app.UseVedette();
        app.UseRouting();
        map(app);
        await app.StartAsync();
        return new WatchedApp(app);
    }

    /// <summary>Stops the application, which delivers what still waits.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Waits until <paramref name="holds"/>, for at most half a minute.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        long started = Stopwatch.GetTimestamp();
        while (!holds() && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30)) await Task.Delay(5);
        Assert.True(holds());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
