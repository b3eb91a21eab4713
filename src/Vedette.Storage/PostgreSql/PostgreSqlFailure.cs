using System.Net.Sockets;
using Npgsql;

namespace Vedette.Storage.PostgreSql;

/// <summary>Tells failures of the outside world from mistakes in the program.</summary>
internal static class PostgreSqlFailure
{
    private const string Canceled = PostgresErrorCodes.QueryCanceled;

    /// <summary>True if the server broke a statement off because it took too long.</summary>
    public static bool IsTimeout(Exception e) => e is PostgresException { SqlState: Canceled } or NpgsqlException { InnerException: TimeoutException };

    public static bool IsOutside(Exception e) => e is NpgsqlException or SocketException or TimeoutException or IOException;

    /// <summary>The exception to throw in place of <paramref name="e"/>. Messages name server and database, never the password.</summary>
    public static Exception Translate(Exception e, string database, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && (e is OperationCanceledException || IsTimeout(e))) return new OperationCanceledException("The query was canceled.", e, cancellationToken);
        if (e is not PostgresException refused) return IsOutside(e) ? new StoreUnavailableException($"{database} cannot be reached: {Innermost(e)}", e) : e;
        string? reason = refused.SqlState switch
        {
            "28P01" or "28000" => "refuses the user or password; check Storage:Url or DATABASE_URL",
            "3D000" => "does not exist; create it or correct Storage:Url",
            "42501" => "does not allow this user to do what is needed; grant CREATE on the schema",
            "25006" => "is read-only, probably a standby; use the primary",
            "53100" => "has no disk space left; free some or lower Storage:MaxBytes",
            "53300" => "has no connection left; raise max_connections",
            Canceled => "took longer than Storage:CommandTimeout",
            "55P03" => "holds a lock for too long",
            "40001" or "40P01" => "gave way to another transaction",
            _ => refused.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" ? "failed" : null,
        };
        return reason is null ? e : new StoreUnavailableException($"{database} {reason} ({refused.MessageText}).", e);
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }
}
