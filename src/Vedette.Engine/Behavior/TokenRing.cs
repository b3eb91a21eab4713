using System.Runtime.CompilerServices;

namespace Vedette.Engine.Behavior;

/// <summary>The last requests of a caller's episode as tokens, oldest overwritten. A mutable struct of 36 bytes.</summary>
internal struct TokenRing
{
    public const int Capacity = 16;

    private Tokens _tokens;
    private int _added;

    public readonly int Count => Math.Min(_added, Capacity);

    public void Add(ushort token)
    {
        _tokens[_added % Capacity] = token;
        // Stays small, and tells the oldest place all the same.
        _added = _added == 2 * Capacity - 1 ? Capacity : _added + 1;
    }

    /// <summary>Copies them out, oldest first.</summary>
    /// <returns>How many.</returns>
    public readonly int CopyTo(Span<ushort> tokens)
    {
        int count = Count;
        for (int i = 0; i < count; i++) tokens[i] = _tokens[(_added - count + i) % Capacity];
        return count;
    }

    [InlineArray(Capacity)]
    private struct Tokens
    {
        private ushort _first;
    }
}
