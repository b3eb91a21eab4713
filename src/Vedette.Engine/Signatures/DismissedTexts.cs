using Vedette.Engine.Events;

namespace Vedette.Engine.Signatures;

/// <summary>Remembers texts that were found ordinary, so that the next request with the same User-Agent or Referer costs a look-up.</summary>
/// <remarks>
/// A fixed table in which the latest text of a slot wins. A text counts as known only if every byte is the same, and whether one is ordinary depends on its bytes alone: what is in the table
/// changes the time a request takes and never the verdict, so each thread may have its own.
/// </remarks>
internal sealed class DismissedTexts
{
    /// <summary>Longer texts are looked at each time.</summary>
    public const int MaxLength = 256;

    private const int Slots = 256;

    private readonly byte[] _texts = new byte[Slots * MaxLength];
    private readonly ushort[] _lengths = new ushort[Slots];

    /// <summary>True if exactly this text was entered and has not been replaced since.</summary>
    /// <param name="text">The text.</param>
    /// <param name="slot">Receives where to enter it if it is found ordinary; -1 if it is too long.</param>
    public bool Contains(ReadOnlySpan<byte> text, out int slot)
    {
        slot = -1;
        if (text.Length > MaxLength) return false;
        slot = (int)(Fingerprint.Of(text) % Slots);
        return _lengths[slot] == text.Length && text.SequenceEqual(_texts.AsSpan(slot * MaxLength, text.Length));
    }

    /// <summary>Enters an ordinary text at the slot that <see cref="Contains"/> named.</summary>
    public void Enter(int slot, ReadOnlySpan<byte> text)
    {
        if (slot < 0) return;
        text.CopyTo(_texts.AsSpan(slot * MaxLength));
        _lengths[slot] = (ushort)text.Length;
    }
}
