namespace Vedette.Server.Api;

/// <summary>Guesses from a route's words what it handles, for an inventory; a hint for people, never a judgement.</summary>
internal static class SensitiveRoutes
{
    private static readonly (string Hint, string[] Words)[] Hints =
    [
        ("credentials", ["login", "signin", "auth", "token", "tokens", "password", "passwords", "oauth", "sso", "otp", "mfa", "session", "sessions", "apikeys", "keys", "secret", "secrets"]),
        ("payment", ["pay", "payment", "payments", "checkout", "card", "cards", "invoice", "invoices", "billing", "refund", "refunds", "transfer", "transfers", "payout", "payouts"]),
        ("personal data", ["user", "users", "account", "accounts", "profile", "profiles", "customer", "customers", "address", "addresses", "patient", "patients", "employee", "employees", "contact", "contacts", "me"]),
        ("administration", ["admin", "administration", "internal", "debug", "actuator", "management", "config", "settings", "console"]),
        ("bulk data", ["export", "exports", "download", "downloads", "report", "reports", "backup", "backups", "dump"]),
    ];

    public static IReadOnlyList<string> HintsFor(string route)
    {
        var words = new HashSet<string>(route.ToLowerInvariant().Split(['/', '-', '_', '.', '{', '}'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        return [.. Hints.Where(hint => hint.Words.Any(words.Contains)).Select(static hint => hint.Hint)];
    }
}
