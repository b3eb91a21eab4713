using System.Text.Json.Serialization;

namespace Vedette.AspNetCore.Decisions;

/// <summary>What to do with a caller, as the server says it.</summary>
/// <param name="Id">Unique id.</param>
/// <param name="Scope">ip, range or user.</param>
/// <param name="Value">Whom it is about.</param>
/// <param name="Type">ban, throttle or captcha. An application without captchas refuses.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record Decision(string Id, string Scope, string Value, string Type, DateTimeOffset ExpiresAt);

/// <summary>One page of decisions.</summary>
internal sealed record DecisionPage(IReadOnlyList<Decision> Items, string? NextCursor);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DecisionPage))]
internal sealed partial class DecisionJson : JsonSerializerContext;
