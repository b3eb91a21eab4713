using System.Diagnostics;
using System.Globalization;

namespace Vedette.Cli.Reports;

/// <summary>A line on a terminal's stderr that tells how far a run is; silent when stderr is no terminal.</summary>
internal sealed class ProgressLine(TextWriter errors, bool isTerminal, long totalBytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown;

    /// <summary>Shows the progress if it is time to.</summary>
    /// <param name="lines">Lines read so far.</param>
    /// <param name="bytes">Bytes of the total read so far.</param>
    public void Update(long lines, long bytes)
    {
        TimeSpan now = _clock.Elapsed;
        if (!isTerminal || now - _shown < Interval) return;
        _shown = now;
        double seconds = now.TotalSeconds;
        string text = string.Create(CultureInfo.InvariantCulture, $"{lines:#,##0} lines, {lines / seconds:#,##0} lines/s");
        if (totalBytes > 0 && bytes > 0)
        {
            double done = Math.Min(1, (double)bytes / totalBytes);
            text = string.Create(CultureInfo.InvariantCulture, $"[{new string('=', (int)(done * 30)),-30}] {done * 100,3:0}%  {text}, {seconds * (1 - done) / done:0} s left");
        }
        errors.Write($"\r{text}\u001b[K");
    }

    public void Clear()
    {
        if (isTerminal && _shown > TimeSpan.Zero) errors.Write("\r\u001b[K");
    }
}
