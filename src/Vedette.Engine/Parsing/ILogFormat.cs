using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>A way to write an access log down: turns one line into one event.</summary>
/// <remarks>
/// Called by <see cref="LogParser"/> from several threads at once, on different batches: a format keeps no state per line. It never throws on
/// any input, allocates nothing, and takes time linear in the line. Formats are listed in <see cref="LogFormats"/>.
/// </remarks>
public interface ILogFormat
{
    /// <summary>Short stable name, as given to <c>--format</c> and counted in <c>formats</c>.</summary>
    string Name { get; }

    /// <summary>What writes this format, in a few words for a person.</summary>
    string Description { get; }

    /// <summary>Reads a line.</summary>
    /// <param name="batch">Holds the line; decoded text is added to it.</param>
    /// <param name="line">The line, without its line end; not empty.</param>
    /// <param name="parsed">Comes with everything absent, and is filled in. After a failure its content means nothing.</param>
    /// <param name="column">After a failure: 1-based byte of the line at which reading stopped, 0 for the line as a whole.</param>
    /// <returns><see cref="ParseError.None"/>, or why the line is no event in this format.</returns>
    ParseError Parse(EventBatch batch, Utf8Slice line, ref HttpEvent parsed, out int column);
}
