using System.Buffers;
using System.Text.Json;

namespace Vedette.Server.Live;

/// <summary>One message to live readers.</summary>
/// <param name="Type">incident, anomaly or phase.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="Text">The whole message as a WebSocket sends it.</param>
/// <param name="Data">The data alone, as an event stream sends it.</param>
internal sealed record LiveMessage(string Type, long Sequence, byte[] Text, byte[] Data)
{
    /// <summary>The incident it is about, or null.</summary>
    public string? Incident { get; init; }

    /// <summary>Writes <c>{"type","data","seq"}</c>.</summary>
    public static byte[] Format(string type, ReadOnlySpan<byte> data, long sequence)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data, skipInputValidation: true);
            json.WriteNumber("seq"u8, sequence);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
