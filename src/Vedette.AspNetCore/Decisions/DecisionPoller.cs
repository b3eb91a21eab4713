using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Vedette.AspNetCore.Decisions;

/// <summary>Fetches the decisions in force. While the server cannot be reached the last ones stay, each until it expires.</summary>
internal sealed partial class DecisionPoller(VedetteOptions options, DecisionBook book, TimeProvider time, ILogger<DecisionPoller> logger) : BackgroundService
{
    /// <summary>More decisions than this are not enforced here: a list of that length belongs into a firewall.</summary>
    private const int MaxDecisions = 100_000;

    private const int MaxAnswerBytes = 64 << 20;

    private bool _isReachable = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = options.Server, Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MaxAnswerBytes };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.DecisionsKey);
        using var timer = new PeriodicTimer(options.DecisionsInterval, time);
        try
        {
            do await PollAsync(client, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task PollAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            book.Replace(await FetchAsync(client, cancellationToken));
            if (!_isReachable) ReachableAgain();
            _isReachable = true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (_isReachable) NotReachable(e);
            _isReachable = false;
        }
    }

    /// <summary>Always everything: changes alone would be lost where several instances of an application share a key.</summary>
    private static async Task<IReadOnlyList<Decision>> FetchAsync(HttpClient client, CancellationToken cancellationToken)
    {
        DecisionStream? got = await client.GetFromJsonAsync("/v1/decisions/stream?startup=true", DecisionJson.Default.DecisionStream, cancellationToken);
        return got?.New is { } decisions ? [.. decisions.Take(MaxDecisions)] : [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Decisions cannot be fetched; those known stay in force until they expire.")]
    private partial void NotReachable(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Decisions are fetched again.")]
    private partial void ReachableAgain();
}
