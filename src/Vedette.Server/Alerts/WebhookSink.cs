using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vedette.Engine.Incidents;

namespace Vedette.Server.Alerts;

/// <summary>Posts alerts as JSON; incidents have the shape they have everywhere.</summary>
internal sealed class WebhookSink(WebhookOptions options, TimeProvider time) : IAlertSink, IDisposable
{
    private readonly AlertHttp _http = new(options.Url);

    public ValueTask DeliverAsync(Alert alert, CancellationToken cancellationToken)
    {
        byte[] body = Write(alert);
        string seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _http.PostAsync(body, headers =>
        {
            headers.Add("X-Vedette-Delivery", alert.Id);
            headers.Add("X-Vedette-Timestamp", seconds);
            if (options.Secret.Length > 0) headers.Add("X-Vedette-Signature", "sha256=" + Sign(options.Secret, seconds, body));
        }, cancellationToken);
    }

    /// <summary>HMAC-SHA256 in lower-case hexadecimal over <c>TIMESTAMP.BODY</c>: with the time in it, an old message cannot be sent again.</summary>
    internal static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static byte[] Write(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", alert.Kind is AlertKind.Raised or AlertKind.Worsened ? "incident" : alert.KindName);
            if (alert.Kind is AlertKind.Raised or AlertKind.Worsened) json.WriteString("change", alert.KindName);
            json.WriteString("title", alert.Title);
            IncidentJson.WriteTime(json, "time", alert.Time);
            if (alert.Kind == AlertKind.Digest) WriteAll(json, alert);
            else if (alert.Incidents.Count > 0) WriteOne(json, alert);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOne(Utf8JsonWriter json, Alert alert)
    {
        if (alert.LinkTo(alert.Incidents[0]) is { } link) json.WriteString("link", link);
        json.WritePropertyName("data");
        IncidentJson.Write(json, alert.Incidents[0]);
    }

    private static void WriteAll(Utf8JsonWriter json, Alert alert)
    {
        json.WriteNumber("omitted", alert.Omitted);
        json.WriteStartArray("data");
        foreach (Incident incident in alert.Incidents) IncidentJson.Write(json, incident);
        json.WriteEndArray();
    }

    public void Dispose() => _http.Dispose();
}
