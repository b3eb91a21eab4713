namespace Vedette.Engine.Parsing;

/// <summary>The lines of W3C extended logs that start with <c>#</c>. No format has events that start so.</summary>
internal static class W3CDirective
{
    public static bool IsComment(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] == (byte)'#';

    /// <summary>True for <c>#Fields: …</c>, which names the fields of the lines that follow.</summary>
    public static bool IsFields(ReadOnlySpan<byte> line) => line.StartsWith("#Fields:"u8) || line.StartsWith("#fields:"u8);
}
