using System.Text.Json.Serialization;

namespace Vedette.AspNetCore;

/// <summary>What a refused caller is told (RFC 9457).</summary>
internal sealed record Refusal(string Type, string Title, int Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext;
