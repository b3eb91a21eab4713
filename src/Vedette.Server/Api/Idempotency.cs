using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Vedette.Storage.Events;

namespace Vedette.Server.Api;

/// <summary>Answers a repeated request with the same <c>Idempotency-Key</c> as it was answered before, without taking its events again.</summary>
internal sealed class Idempotency(IEventStore store, TimeProvider time)
{
    private const int MaxKey = 150;

    private readonly TimeProvider _time = time;
    private readonly ConcurrentDictionary<string, byte> _inFlight = new(StringComparer.Ordinal);

    /// <summary>Claims the request's key, if it has one; null if the request has been answered already.</summary>
    public async ValueTask<Claim?> ClaimAsync(HttpContext context, string principal)
    {
        string? sent = context.Request.Headers["Idempotency-Key"];
        if (string.IsNullOrEmpty(sent)) return new Claim(this, null);
        if (sent.Length > MaxKey || sent.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            await Problem.BadFieldAsync(context, "Idempotency-Key", $"must be at most {MaxKey} visible ASCII characters");
            return null;
        }
        string key = $"{principal}:{sent}";
        if (!_inFlight.TryAdd(key, 0))
        {
            context.Response.Headers.RetryAfter = "1";
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, "A request with this Idempotency-Key is being worked on.");
            return null;
        }
        var claim = new Claim(this, key);
        try
        {
            if (await store.FindReceiptAsync(key, context.RequestAborted) is not { } receipt) return claim;
            claim.Dispose();
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = Answer.JsonType;
            context.Response.Headers["Idempotent-Replayed"] = "true";
            await context.Response.WriteAsync(receipt.Answer, Encoding.UTF8, context.RequestAborted);
            return null;
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>A key that nobody else may use until it is given back.</summary>
    internal sealed class Claim(Idempotency owner, string? key) : IDisposable
    {
        /// <summary>What to store with the events; null without a key.</summary>
        public Receipt? ReceiptFor(int accepted, byte[] answer) => key is null ? null : new Receipt(key, accepted, Encoding.UTF8.GetString(answer), owner._time.GetUtcNow());

        public void Dispose()
        {
            if (key is not null) owner._inFlight.TryRemove(key, out _);
        }
    }
}
