namespace Vedette.Engine.Learning;

/// <summary>A bounded, even selection of a stream in its order: every item at first; when full, every other goes, and from then on half as many are taken.</summary>
/// <remarks>Depends on the stream alone. Holds between half of its capacity and all of it once it was full.</remarks>
internal sealed class ThinningReservoir<T>(int capacity)
{
    private readonly List<T> _items = [];

    /// <summary>Every so manieth item is taken; a power of two.</summary>
    public long Stride { get; private set; } = 1;

    /// <summary>Items offered.</summary>
    public long Offered { get; private set; }

    public IReadOnlyList<T> Items => _items;

    /// <summary>True if the next item offered will be taken: those that will not need not be made.</summary>
    public bool WantsNext => Offered % Stride == 0;

    /// <summary>Passes over an item that is not wanted.</summary>
    public void Skip() => Offered++;

    public void Offer(T item)
    {
        if (Offered++ % Stride != 0) return;
        _items.Add(item);
        if (_items.Count < capacity) return;
        for (int i = 0; 2 * i < _items.Count; i++) _items[i] = _items[2 * i];
        _items.RemoveRange((_items.Count + 1) / 2, _items.Count / 2);
        Stride *= 2;
    }

    /// <summary>Takes every item offered from now on: whoever offers has begun to leave out as many.</summary>
    public void ResetStride() => Stride = 1;

    public void Clear()
    {
        _items.Clear();
        Stride = 1;
        Offered = 0;
    }
}
