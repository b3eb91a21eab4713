using System.Buffers;
using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Recognises accounts that programs use by the words people put into their names.</summary>
internal static class ServiceAccounts
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["svc", "service", "partner", "sync", "export", "import", "batch", "etl", "backup", "integration", "cron", "worker", "system", "daemon", "machine", "automation", "pipeline", "erp", "crm"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>A claim by the account's owner, like a user agent: it lowers a risk, it never hides one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> user)
    {
        Span<char> chars = stackalloc char[64];
        int length = Encoding.Latin1.GetChars(user.Length > chars.Length ? user[..chars.Length] : user, chars);
        return chars[..length].ContainsAny(Words);
    }
}
