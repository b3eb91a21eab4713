using System.Text;

namespace Vedette.Engine.Redaction;

/// <summary>Masks credentials and personal data in text out of traffic: queries, headers, bodies, whole log lines. Immutable and thread-safe.</summary>
/// <remarks>
/// Values are masked by the name before them (<c>password=</c>, <c>"api_key":"</c>, <c>Authorization:</c>), whatever they look like, and without a name where they cannot be anything else: tokens,
/// passwords in URLs, payment cards and accounts. Only the secret becomes <c>***</c>: the rest stays as it was sent, attacks included. Redacting twice changes nothing more. Linear in the
/// text; text without a secret is neither copied nor allocated for. What nobody can know for a secret, such as a token that is a segment of a path, stays.
/// </remarks>
public sealed class Redactor
{
    private readonly SecretNames _names;
    private readonly SecretPatterns _patterns;

    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public Redactor(RedactionOptions options)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        _names = new SecretNames(options);
        _patterns = new SecretPatterns(options);
    }

    /// <summary>Masks with the default rules.</summary>
    public static Redactor Default { get; } = new(new RedactionOptions());

    /// <summary>The text without its secrets.</summary>
    /// <param name="text">UTF-8, or any bytes that came as text.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="buffer">Holds the answer if something is masked.</param>
    /// <returns><paramref name="text"/> itself if nothing is to be masked; else part of the buffer, at most five times as long.</returns>
    public ReadOnlySpan<byte> Redact(ReadOnlySpan<byte> text, RedactedKind kind, RedactionBuffer buffer)
    {
        ReadOnlySpan<byte> named = kind == RedactedKind.Cookies ? CookieValues.Mask(text, buffer) : NamedValues.Mask(text, kind, _names, buffer);
        return _patterns.Mask(named, buffer);
    }

    /// <summary>The text without its secrets; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Redact(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(Redact(text, RedactedKind.Text, new RedactionBuffer()));

    /// <summary>Masks what is a secret by its own form, and leaves what is one by its name only: for parts of requests that are shown because they are attacks.</summary>
    public string RedactPatterns(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ReadOnlySpan<byte> masked = _patterns.Mask(bytes, new RedactionBuffer());
        return masked == bytes ? text : Encoding.UTF8.GetString(masked);
    }
}
