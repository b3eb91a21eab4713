using System.Buffers;
using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Recognises accounts that programs use by the words people put into their names.</summary>
internal static class ServiceAccounts
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["svc", "service", "partner", "sync", "export", "import", "batch", "etl", "backup", "integration", "cron", "worker", "system", "daemon", "machine", "automation", "pipeline", "erp", "crm",
            "nightly", "runner", "deploy", "jenkins", "gitlab", "renovate", "k8s", "kube"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Too short to be looked for within other words.</summary>
    private static readonly string[] WholeWords = ["ci", "cd", "bot", "api", "rpc", "rfc"];

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>A claim by the account's owner, like a user agent: it lowers a risk, it never hides one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> user)
    {
        Span<char> chars = stackalloc char[64];
        int length = Encoding.Latin1.GetChars(user.Length > chars.Length ? user[..chars.Length] : user, chars);
        ReadOnlySpan<char> name = chars[..length];
        return name.ContainsAny(Words) || HasWholeWord(name);
    }

    private static bool HasWholeWord(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            int end = name.IndexOfAnyExcept(Letters);
            ReadOnlySpan<char> word = end < 0 ? name : name[..end];
            foreach (string whole in WholeWords)
                if (word.Equals(whole, StringComparison.OrdinalIgnoreCase)) return true;
            if (end < 0) return false;
            name = name[(end + 1)..];
        }
        return false;
    }
}
