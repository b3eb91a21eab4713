using System.Text;

namespace Vedette.Storage.Events;

/// <summary>Strings for texts that repeat: user agents, hosts, routes. Bounded: a full table is begun anew.</summary>
internal sealed class SharedTexts
{
    private const int MaxTexts = 16_384;
    private const int MaxLength = 512;

    private readonly Dictionary<byte[], string> _texts = new(Utf8Comparer.Instance);

    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) return Encoding.UTF8.GetString(utf8);
        var texts = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (texts.TryGetValue(utf8, out string? text)) return text;
        if (_texts.Count >= MaxTexts) _texts.Clear();
        text = Encoding.UTF8.GetString(utf8);
        texts[utf8] = text;
        return text;
    }
}
