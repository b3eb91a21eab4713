using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Access;

/// <summary>Notes who changed what. A note that cannot be stored is at least logged.</summary>
internal sealed partial class AuditLog(IControlStore store, TimeProvider time, ILogger<AuditLog> logger)
{
    private const int MaxTarget = 200;

    public async ValueTask AddAsync(HttpContext context, string action, string target)
    {
        var caller = Caller.Of(context);
        string text = target.Length <= MaxTarget ? target : target[..MaxTarget];
        try
        {
            await store.AddAuditAsync(new AuditRecord(time.GetUtcNow(), caller.Principal.Id, action, text, caller.Address.ToString()), context.RequestAborted);
        }
        catch (StoreUnavailableException)
        {
            LogUnstored(caller.Principal.Id, action);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Key {By} did {Action}; the audit log could not be written.")]
    private partial void LogUnstored(string by, string action);
}
