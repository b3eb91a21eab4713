using Vedette.Engine.Events;

namespace Vedette.Engine.Parsing;

/// <summary>Decides from a sample of lines in which formats they are.</summary>
/// <remarks>
/// Every format tries every line of the sample. The one that reads most wins; of equals the one listed first in <see cref="LogFormats"/>, where the
/// more specific stand before those that read their lines less completely. The others that read anything are kept for lines the winner cannot read.
/// </remarks>
public static class FormatDetector
{
    /// <summary>Lines that a decision is based on.</summary>
    public const int SampleLines = 200;

    /// <summary>How many formats besides the winner are tried on a line.</summary>
    public const int MaxAlternatives = 5;

    /// <summary>The formats of a sample, best first; none if no format reads any of its lines.</summary>
    /// <param name="sample">Its first <see cref="SampleLines"/> lines that are neither empty nor comments are considered. Events and failures are left as they were.</param>
    public static IReadOnlyList<ILogFormat> Detect(EventBatch sample)
    {
        int[] fits = new int[LogFormats.All.Count];
        Utf8Slice directive = sample.FieldsDirective;
        int considered = 0;
        foreach (LineSpan line in sample.Lines)
        {
            if (W3CDirective.IsComment(sample[line.Text]))
            {
                if (W3CDirective.IsFields(sample[line.Text])) sample.FieldsDirective = line.Text;
                continue;
            }
            if (line.Text.IsEmpty) continue;
            for (int i = 0; i < fits.Length; i++)
                if (Fits(LogFormats.All[i], sample, line.Text)) fits[i]++;
            if (++considered == SampleLines) break;
        }
        sample.FieldsDirective = directive;
        return Rank(fits);
    }

    private static bool Fits(ILogFormat format, EventBatch sample, Utf8Slice line)
    {
        ref HttpEvent trial = ref sample.AddEvent();
        bool fits = format.Parse(sample, line, ref trial, out _) == ParseError.None;
        sample.RemoveLastEvent();
        return fits;
    }

    private static List<ILogFormat> Rank(int[] fits) =>
    [
        .. Enumerable.Range(0, fits.Length)
            .Where(i => fits[i] > 0)
            .OrderByDescending(i => fits[i])
            .ThenBy(i => i)
            .Take(1 + MaxAlternatives)
            .Select(i => LogFormats.All[i]),
    ];
}
