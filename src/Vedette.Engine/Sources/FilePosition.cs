namespace Vedette.Engine.Sources;

/// <summary>A place in a log file that is told from its successors by how it begins.</summary>
/// <param name="Beginning">First bytes of the file, at most 256, in hexadecimal.</param>
/// <param name="Offset">Bytes before the place.</param>
public sealed record FilePosition(string Beginning, long Offset);
