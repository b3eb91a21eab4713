using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Access;

/// <summary>Notes who changed what. A note that cannot be stored is at least logged.</summary>
internal sealed partial class AuditLog(IControlStore store, TimeProvider time, ILogger<AuditLog> logger)
{
    private const int MaxTarget = 200;

    public ValueTask AddAsync(HttpContext context, string action, string target)
    {
        var caller = Caller.Of(context);
        return AddAsync(caller.Principal.Id, action, target, caller.Address.ToString(), context.RequestAborted);
    }

    /// <summary>Notes what a part of the server did by itself.</summary>
    public ValueTask AddAsync(string by, string action, string target, CancellationToken cancellationToken) => AddAsync(by, action, target, "", cancellationToken);

    private async ValueTask AddAsync(string by, string action, string target, string address, CancellationToken cancellationToken)
    {
        string text = target.Length <= MaxTarget ? target : target[..MaxTarget];
        try
        {
            await store.AddAuditAsync(new AuditRecord(time.GetUtcNow(), by, action, text, address), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            LogUnstored(by, action);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Key {By} did {Action}; the audit log could not be written.")]
    private partial void LogUnstored(string by, string action);
}
