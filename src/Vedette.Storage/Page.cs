namespace Vedette.Storage;

/// <summary>Part of a list, newest first.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Where the next page begins: opaque text to hand back; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Which part of a list: after a cursor, or by page number.</summary>
/// <param name="Limit">Rows at most, 1 to 1000.</param>
/// <param name="Cursor">Of the page before; null for the first.</param>
/// <param name="Skip">Rows to leave out first: <c>(page - 1) · page_size</c>; 0 with a cursor.</param>
public readonly record struct PageRequest(int Limit, string? Cursor = null, int Skip = 0);
