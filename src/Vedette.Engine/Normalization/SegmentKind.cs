namespace Vedette.Engine.Normalization;

/// <summary>What a path segment looks like on its own, before anything is learnt.</summary>
internal enum SegmentKind : byte
{
    /// <summary>A word that names a resource: <c>orders</c>, <c>v2</c>.</summary>
    Literal,

    /// <summary>Digits only.</summary>
    Number,

    /// <summary>UUID, hash, prefixed or random id, e-mail address: names one object.</summary>
    Identifier,

    /// <summary>ISO date or date-time.</summary>
    Date,

    /// <summary>A file of a page (<c>.png</c>, <c>.js</c>): fetched along with it, rarely of interest alone.</summary>
    Asset,
}
