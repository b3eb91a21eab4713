using System.Globalization;

namespace Vedette.Server.Api;

/// <summary>One parameter of a query string: what it may be, and what the documentation says of it.</summary>
/// <param name="Name">As sent.</param>
/// <param name="Type">OpenAPI's type: string, integer, number.</param>
/// <param name="Format">OpenAPI's format, or null.</param>
/// <param name="Description">For people.</param>
/// <param name="Read">Reads a value; the second part says what is wrong.</param>
internal sealed record QueryParameter(string Name, string Type, string? Format, string Description, Func<string, (object? Value, string? Error)> Read)
{
    private const int MaxText = 2000;

    /// <summary>The words that may be sent; null where anything goes.</summary>
    public IReadOnlyList<string>? Choices { get; private init; }

    public static QueryParameter Text(string name, string description) => new(name, "string", null, description, static text =>
        text.Length > MaxText ? (null, $"must be at most {MaxText} characters") : text.Contains('\0', StringComparison.Ordinal) ? (null, "must not hold NUL") : (text, null));

    public static QueryParameter Time(string name, string description) => new(name, "string", "date-time", description, static text =>
        TimeConverter.TryParse(text.Replace(' ', '+'), out DateTimeOffset time) || TimeConverter.TryParse(text, out time) ? (TimeBounds.Clamp(time), null) : (null, TimeConverter.Expected));

    public static QueryParameter Integer(string name, string description, int least, int most) => new(name, "integer", "int32", description, text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? (value, null) : (null, $"must be a whole number from {least} to {most}"));

    public static QueryParameter Number(string name, string description, double least, double most) => new(name, "number", "double", description, text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most ? (value, null)
            : (null, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}")));

    public static QueryParameter Choice(string name, string description, params string[] choices) =>
        new(name, "string", null, description, text =>
            Array.Find(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found ? (found, null) : (null, $"must be one of {string.Join(", ", choices)}"))
        {
            Choices = choices,
        };

    /// <summary>A status (<c>404</c>) or a class of them (<c>5xx</c>), as the range it stands for.</summary>
    public static QueryParameter Status(string name) => new(name, "string", null, "Status, as 404, or class of status, as 5xx.", static text =>
        text is [>= '1' and <= '5', 'x' or 'X', 'x' or 'X'] ? (((text[0] - '0') * 100, (text[0] - '0') * 100 + 99), null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 100 and <= 599 ? ((status, status), null)
        : (null, "must be a status from 100 to 599, or a class as 5xx"));

    /// <summary>An address or a network.</summary>
    public static QueryParameter Network(string name, string description) => new(name, "string", null, description, static text =>
        Engine.Normalization.NetworkRange.TryParse(text, out _) ? (text.Trim(), null) : (null, "must be an address, or a network as 203.0.113.0/24"));
}
