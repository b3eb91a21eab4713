using Vedette.Engine.Events;
using Vedette.Engine.Parsing;

namespace Vedette.Server.Inputs;

/// <summary>Finds out in which format the lines of a stream are, while they come. For one stream and one thread.</summary>
/// <remarks>
/// The first <see cref="FormatDetector.SampleLines"/> lines are read in the format each batch of them looks like. Later a batch of which most lines cannot be read makes it look again:
/// somebody has changed the log's format.
/// </remarks>
internal sealed class LineFormats(ILogFormat? given)
{
    private const int MinLines = 10;

    private LogParser? _parser = given is null ? null : new LogParser([[given]], LogFormats.Fallbacks);
    private long _lines;

    /// <summary>The format named in the settings; null for <c>auto</c>.</summary>
    public static ILogFormat? Resolve(string setting) => setting != "auto" && LogFormats.TryResolve(setting, out ILogFormat? format, out _) ? format : null;

    /// <summary>Fills the batch's events and failures from its lines.</summary>
    public void Parse(EventBatch batch)
    {
        if (given is null && (_parser is null || _lines < FormatDetector.SampleLines)) Detect(batch);
        _lines += batch.LineCount;
        _parser!.Parse(batch);
        if (given is null && batch.LineCount >= MinLines && batch.Failures.Count * 2 > batch.LineCount) _lines = 0;
    }

    private void Detect(EventBatch batch)
    {
        IReadOnlyList<ILogFormat> formats = FormatDetector.Detect(batch);
        if (formats.Count > 0) _parser = new LogParser([formats], LogFormats.Fallbacks);
        else _parser ??= new LogParser(LogFormats.Fallbacks);
    }
}
