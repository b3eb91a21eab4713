using System.Text.Json.Serialization;

namespace Vedette.Server.Api;

/// <summary>Part of a list, newest first.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next part; null at the end.</param>
public sealed record ListOf<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Number of the page, where pages were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Page { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PageSize { get; init; }

    /// <summary>Rows altogether, counted up to a bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Total { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? TotalIsExact { get; init; }
}
