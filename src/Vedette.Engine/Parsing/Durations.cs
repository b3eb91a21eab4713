namespace Vedette.Engine.Parsing;

/// <summary>Reads durations that carry their unit, as Go and others print them: <c>1.5s</c>, <c>12ms</c>, <c>340µs</c>, <c>900ns</c>.</summary>
internal static class Durations
{
    /// <summary>Reads one number and unit as microseconds.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        int unit = text.IndexOfAnyExcept("0123456789."u8);
        if (unit <= 0) return false;
        ReadOnlySpan<byte> number = text[..unit], name = text[unit..];
        if (name.SequenceEqual("s"u8)) return Utf8Number.TryParseScaled(number, 6, out micros);
        if (name.SequenceEqual("ms"u8)) return Utf8Number.TryParseScaled(number, 3, out micros);
        if (name.SequenceEqual("us"u8) || name.SequenceEqual("µs"u8) || name.SequenceEqual("μs"u8)) return Utf8Number.TryParseScaled(number, 0, out micros);
        if (!name.SequenceEqual("ns"u8) || !Utf8Number.TryParseScaled(number, 0, out micros)) return false;
        micros /= 1000;
        return true;
    }
}
