using System.Text.Json.Serialization;

namespace Vedette.AspNetCore.Decisions;

/// <summary>What to do with a caller, as the server says it.</summary>
/// <param name="Uuid">Unique id.</param>
/// <param name="Scope">Ip, Range or User.</param>
/// <param name="Value">Whom it is about.</param>
/// <param name="Type">ban, throttle or captcha. An application without captchas refuses.</param>
/// <param name="Until">Until when.</param>
internal sealed record Decision(string Uuid, string Scope, string Value, string Type, DateTimeOffset Until);

/// <summary>The answer of <c>/v1/decisions/stream?startup=true</c>: all that is in force.</summary>
internal sealed record DecisionStream(IReadOnlyList<Decision>? New);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionStream))]
internal sealed partial class DecisionJson : JsonSerializerContext;
