using System.Text;
using Vedette.Engine.Sources;

namespace Vedette.Cli;

/// <summary>Opens the text that a command reads as a whole: a table, or a data set.</summary>
internal static class TextInput
{
    private const int BufferLength = 1 << 16;

    /// <param name="path">A file, plain or gzip, or <see cref="LogStream.StandardInput"/>.</param>
    /// <param name="encoding">Of its text; UTF-8 if none is given.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is compressed in a way that is not supported; while reading: its gzip data is cut off or damaged.</exception>
    public static TextReader Open(string path, Encoding? encoding = null) => new StreamReader(LogStream.Open(path, mustBeWhole: true), encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength);
}
