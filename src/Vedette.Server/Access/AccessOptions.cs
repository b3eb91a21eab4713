namespace Vedette.Server.Access;

/// <summary>Who may do how much.</summary>
public sealed record AccessOptions
{
    /// <summary>An administrator's key given from outside (AUTH_TOKEN). Empty (default): the first start makes a key and prints it once.</summary>
    public string Token { get; init; } = "";

    /// <summary>Hours after which a browser has to sign in again. Default 12.</summary>
    public double SessionHours { get; init; } = 12;

    /// <summary>Origins, as <c>https://console.example.com</c>, whose pages may call the API with a key; <c>*</c> for all. Default none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Requests a second and API key, on average; twice as many at once. 0: no limit. Default 20,000.</summary>
    public int RequestsPerKeyPerSecond { get; init; } = 20_000;

    /// <summary>Requests without a key a second and client address (IPv6: network /64). 0: no limit. Default 200.</summary>
    public int AnonymousPerAddressPerSecond { get; init; } = 200;

    /// <summary>Wrong keys a minute and client address; more are answered 429 unread. Default 30.</summary>
    public int FailuresPerAddressPerMinute { get; init; } = 30;

    internal IEnumerable<string> Problems()
    {
        if (Token.Length is > 0 and < 8) yield return "Access:Token (AUTH_TOKEN) is shorter than 8 characters; use a long random text.";
        if (Token.AsSpan().ContainsAnyExceptInRange('!', '~')) yield return "Access:Token (AUTH_TOKEN) has characters that no header can carry; use visible ASCII without blanks.";
        if (SessionHours is not (>= 0.1 and <= 24 * 90)) yield return $"Access:SessionHours is {SessionHours}; it must be from 0.1 to 2160.";
        if (RequestsPerKeyPerSecond < 0) yield return $"Access:RequestsPerKeyPerSecond is {RequestsPerKeyPerSecond}; it must be 0 or more.";
        if (AnonymousPerAddressPerSecond < 0) yield return $"Access:AnonymousPerAddressPerSecond is {AnonymousPerAddressPerSecond}; it must be 0 or more.";
        if (FailuresPerAddressPerMinute < 1) yield return $"Access:FailuresPerAddressPerMinute is {FailuresPerAddressPerMinute}; it must be at least 1.";
        foreach (string origin in CorsOrigins)
        {
            if (origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == origin))
                yield return $"Access:CorsOrigins has '{origin}'; write an origin as https://console.example.com, without a path.";
        }
    }
}
