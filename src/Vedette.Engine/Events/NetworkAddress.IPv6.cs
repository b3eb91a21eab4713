namespace Vedette.Engine.Events;

public readonly partial record struct NetworkAddress
{
    private static bool TryParseIPv6(ReadOnlySpan<byte> text, out NetworkAddress address)
    {
        address = default;
        if (text.Length > 1 && text[0] == (byte)'[')
        {
            int close = text.IndexOf((byte)']');
            if (close < 0) return false;
            text = text[1..close];
        }
        int zone = text.IndexOf((byte)'%');
        if (zone >= 0) text = text[..zone];
        if (text.Length is < 2 or > MaxTextLength) return false;

        Span<ushort> groups = stackalloc ushort[8];
        return TryReadGroups(text, groups, out int count, out int gap) && TryCombine(groups, count, gap, out address);
    }

    /// <summary>Reads the groups written; <paramref name="gap"/> is how many stand before the <c>::</c>, or -1 without one.</summary>
    private static bool TryReadGroups(ReadOnlySpan<byte> text, Span<ushort> groups, out int count, out int gap)
    {
        count = 0;
        gap = -1;
        int at = 0;
        if (text[0] == (byte)':')
        {
            if (text[1] != (byte)':') return false;
            gap = 0;
            at = 2;
        }
        while (at < text.Length)
        {
            if (count == 8) return false;
            int start = at;
            uint value = 0;
            while (at < text.Length && at - start < 4 && HexDigit(text[at]) is var digit and >= 0)
            {
                value = value << 4 | (uint)digit;
                at++;
            }
            if (at == start) return false;
            if (at < text.Length && text[at] == (byte)'.') return TryReadEmbeddedIPv4(text[start..], groups, ref count);
            groups[count++] = (ushort)value;
            if (at == text.Length) return true;
            if (text[at++] != (byte)':' || at == text.Length) return false;
            if (text[at] != (byte)':') continue;
            if (gap >= 0) return false;
            gap = count;
            at++;
        }
        return true;
    }

    private static bool TryReadEmbeddedIPv4(ReadOnlySpan<byte> text, Span<ushort> groups, ref int count)
    {
        if (count > 6 || !TryParseIPv4(text, out uint v4, out int used) || used != text.Length) return false;
        groups[count++] = (ushort)(v4 >> 16);
        groups[count++] = (ushort)v4;
        return true;
    }

    private static bool TryCombine(ReadOnlySpan<ushort> groups, int count, int gap, out NetworkAddress address)
    {
        address = default;
        if (gap < 0 ? count != 8 : count > 7) return false;
        ulong high = 0, low = 0;
        int zeros = 8 - count;
        for (int i = 0; i < 8; i++)
        {
            ulong group = gap < 0 || i < gap ? groups[i] : i < gap + zeros ? (ushort)0 : groups[i - zeros];
            if (i < 4) high = high << 16 | group;
            else low = low << 16 | group;
        }
        address = new NetworkAddress(high, low);
        return true;
    }

    private static int HexDigit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
