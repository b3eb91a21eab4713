using System.Text;

namespace Vedette.Engine.Signatures;

/// <summary>A fixed table from short lower-case words to a small value, read without allocation.</summary>
internal sealed class WordTable
{
    public const int MaxWordLength = 32;

    private readonly (byte[] Word, byte Value)[] _slots;
    private readonly int _mask;

    /// <summary>Each group is a value and its words, separated by spaces. The first mention of a word counts.</summary>
    public WordTable(params (byte Value, string Words)[] groups)
    {
        var words = groups.SelectMany(group => group.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (word, group.Value))).ToArray();
        int size = 16;
        while (size < words.Length * 3) size *= 2;
        _slots = new (byte[], byte)[size];
        _mask = size - 1;
        foreach (var (word, value) in words) Insert(Encoding.ASCII.GetBytes(word), value);
    }

    /// <summary>The value of <paramref name="word"/>, or 0.</summary>
    public byte Find(ReadOnlySpan<byte> word)
    {
        if (word.Length is 0 or > MaxWordLength) return 0;
        for (uint slot = Hash(word); ; slot++)
        {
            ref readonly var found = ref _slots[slot & (uint)_mask];
            if (found.Word is null) return 0;
            if (word.SequenceEqual(found.Word)) return found.Value;
        }
    }

    private void Insert(byte[] word, byte value)
    {
        uint slot = Hash(word);
        while (_slots[slot & (uint)_mask].Word is { } taken)
        {
            if (taken.AsSpan().SequenceEqual(word)) return;
            slot++;
        }
        _slots[slot & (uint)_mask] = (word, value);
    }

    /// <summary>FNV-1a, mixed.</summary>
    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = 2166136261;
        foreach (byte b in word) hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }
}
