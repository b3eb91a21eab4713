using System.Text;

namespace Vedette.Engine.Parsing;

/// <summary>Finds what a name given in bytes stands for, without making a string. Fixed once built; lookups are thread-safe.</summary>
internal sealed class Utf8NameTable<T> where T : struct
{
    private readonly byte[]?[] _names;
    private readonly T[] _values;
    private readonly int _mask;

    public Utf8NameTable(IReadOnlyCollection<KeyValuePair<string, T>> entries)
    {
        int size = 16;
        while (size < entries.Count * 4) size *= 2;
        _mask = size - 1;
        _names = new byte[]?[size];
        _values = new T[size];
        foreach (var (name, value) in entries) Add(Encoding.UTF8.GetBytes(name), value);
    }

    public bool TryFind(ReadOnlySpan<byte> name, out T value)
    {
        for (int slot = Hash(name) & _mask; _names[slot] is { } candidate; slot = (slot + 1) & _mask)
        {
            if (!name.SequenceEqual(candidate)) continue;
            value = _values[slot];
            return true;
        }
        value = default;
        return false;
    }

    private void Add(byte[] name, T value)
    {
        int slot = Hash(name) & _mask;
        while (_names[slot] is { } taken)
        {
            if (taken.AsSpan().SequenceEqual(name)) throw new ArgumentException($"'{Encoding.UTF8.GetString(name)}' is listed twice.");
            slot = (slot + 1) & _mask;
        }
        _names[slot] = name;
        _values[slot] = value;
    }

    // The names are ours and the table is a quarter full, so a hostile name costs a few comparisons at most.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2_166_136_261; // FNV-1a
        foreach (byte b in name) hash = (hash ^ b) * 16_777_619;
        return (int)(hash ^ hash >> 15);
    }
}
