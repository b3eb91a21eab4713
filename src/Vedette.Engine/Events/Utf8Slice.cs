namespace Vedette.Engine.Events;

/// <summary>A piece of an <see cref="EventBatch"/>'s text, by position. The default value means "absent".</summary>
/// <param name="Offset">First byte, from the start of the batch's text.</param>
/// <param name="Length">Number of bytes.</param>
public readonly record struct Utf8Slice(int Offset, int Length)
{
    /// <summary>True if the field was absent or empty: the two mean the same to every detector.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>One past the last byte.</summary>
    public int End => Offset + Length;
}
