using System.Buffers;
using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>Words of path templates that tell what is at stake there.</summary>
internal static class RouteWords
{
    private static readonly SearchValues<string> Personal = SearchValues.Create(
        ["user", "account", "customer", "order", "invoice", "patient", "document", "profile", "payment", "transaction", "statement", "card", "member", "employee",
         "message", "ticket", "contract", "booking", "reservation", "medical", "record", "wallet", "subscription", "address", "tenant", "receipt", "file"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Sensitive = SearchValues.Create(
        ["transfer", "payout", "withdraw", "beneficiar", "payee", "bank-account", "bankaccount", "payment-method", "giftcard", "gift-card", "profile", "webhook"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Who comes in with these owns the account.</summary>
    private static readonly SearchValues<string> Credentials = SearchValues.Create(
        ["password", "passwd", "email", "e-mail", "phone", "mfa", "2fa", "otp", "api-key", "apikey", "recovery", "credentials", "two-factor", "totp", "security", "tokens", "ssh-key"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>How the owner is reached, where it is changed and not only used.</summary>
    private static readonly SearchValues<string> Contact = SearchValues.Create(["contact"], StringComparison.OrdinalIgnoreCase);

    public static RouteTraits Classify(RequestMethod method, string template, PathTraits path)
    {
        RouteTraits traits = RouteTraits.None;
        if ((path & (PathTraits.Login | PathTraits.LoginAction)) == PathTraits.Login) traits |= RouteTraits.Login;
        if (path.HasFlag(PathTraits.Asset)) traits |= RouteTraits.Asset;
        if (template.Contains('{')) traits |= RouteTraits.HasObject;
        if (template.AsSpan().ContainsAny(Personal)) traits |= RouteTraits.Personal;
        if (template.AsSpan().ContainsAny(Credentials) || RegistersDevice(template) || (Changes(method) && template.AsSpan().ContainsAny(Contact))) traits |= RouteTraits.Sensitive | RouteTraits.Credentials;
        if (template.AsSpan().ContainsAny(Sensitive) || IsOneself(template)) traits |= RouteTraits.Sensitive;
        return traits;
    }

    private static bool Changes(RequestMethod method) => method is RequestMethod.Put or RequestMethod.Patch;

    /// <summary>Where a bank's or a mail's app makes itself known as one its owner trusts.</summary>
    private static bool RegistersDevice(string template) => template.EndsWith("/devices", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for what belongs to whoever asks: <c>/api/me</c>, <c>/me/tokens</c>.</summary>
    private static bool IsOneself(string template) => template.EndsWith("/me", StringComparison.Ordinal) || template.Contains("/me/", StringComparison.Ordinal);
}
