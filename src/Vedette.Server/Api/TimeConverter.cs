using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vedette.Engine.Incidents;

namespace Vedette.Server.Api;

/// <summary>Times as RFC 3339 in UTC with milliseconds; reads any RFC 3339 time.</summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>What the sender of anything else is told.</summary>
    public const string Expected = "must be a time as 2026-05-01T10:00:00Z";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out DateTimeOffset time) ? time : throw new JsonException(Expected);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out int length, IncidentJson.TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>Reads RFC 3339; a time without a zone is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is { Length: >= 10 and <= 40 } && char.IsAsciiDigit(text[0])
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
