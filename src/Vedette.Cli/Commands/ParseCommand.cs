using System.CommandLine;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette parse</c>: shows how lines are read, one row a line, and counts at the end.</summary>
internal static class ParseCommand
{
    private const double LoudFailureShare = 0.05;

    public static Command Create()
    {
        var files = LogFilesArgument.Create("Log files, plain or gzip; '-' is standard input, the default.", ArgumentArity.ZeroOrMore);
        var format = LogFormatOption.Create();
        var list = new Option<bool>("--list") { Description = "List the known formats and exit." };
        var command = new Command("parse", "Show how each line of a log is read: one NDJSON row a line, counts on stderr.") { files, format, list };
        command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            if (parsed.GetValue(list)) return List(Console.Out);
            using Stream output = Console.OpenStandardOutput();
            return Run(LogFilesArgument.OrStandardInput(parsed.GetValue(files)), parsed.GetValue(format)!, output, Console.Error, cancellationToken);
        }, cancellationToken));
        return command;
    }

    internal static int List(TextWriter output)
    {
        foreach (ILogFormat format in LogFormats.All) output.WriteLine($"{format.Name,-18} {format.Description}");
        return ExitCode.Done;
    }

    internal static int Run(IReadOnlyList<string> files, string formatName, Stream output, TextWriter errors, CancellationToken cancellationToken)
    {
        ILogFormat? format = LogFormatOption.Resolve(formatName);
        using FileSource source = FileSource.Open(files);
        LogParser parser = source.CreateParser(format);
        using var writer = new ParseRowWriter(output, parser.Formats, files.Count > 1 ? source.Names : []);
        var batch = new EventBatch();
        while (source.Read(batch, cancellationToken))
        {
            parser.Parse(batch);
            writer.Write(batch);
        }
        foreach (string warning in source.Warnings) errors.WriteLine($"vedette: warning: {warning}");
        Report(parser.Counts, source, format, errors);
        return IsUnreadable(parser.Counts, source) ? ExitCode.Failure : ExitCode.Done;
    }

    /// <summary>Whether there was something to read and none of it could be: that must not look like a quiet log.</summary>
    internal static bool IsUnreadable(ParseCounts counts, FileSource source) =>
        counts.Events == 0 && (counts.Failures > counts.FailuresByReason.GetValueOrDefault(ParseError.Empty) || source.Warnings.Count > 0);

    private static void Report(ParseCounts counts, FileSource source, ILogFormat? format, TextWriter errors)
    {
        errors.WriteLine($"{counts.Events + counts.Failures + counts.Comments} lines: {counts.Events} events, {counts.Failures} failures, {counts.Comments} comments");
        foreach (var (name, count) in counts.EventsByFormat.OrderByDescending(entry => entry.Value)) errors.WriteLine($"  {name}: {count}");
        foreach (var (reason, count) in counts.FailuresByReason.OrderByDescending(entry => entry.Value)) errors.WriteLine($"  {reason.Name()}: {count} ({reason.Explain()})");

        long failed = counts.Failures - counts.FailuresByReason.GetValueOrDefault(ParseError.Empty);
        if (failed == 0 || failed <= LoudFailureShare * (failed + counts.Events)) return;
        errors.WriteLine($"vedette: WARNING: {UnreadableLines(failed, counts, source, format)}");
    }

    /// <summary>Says how many lines could not be read, and what to try.</summary>
    internal static string UnreadableLines(long failed, ParseCounts counts, FileSource source, ILogFormat? format) =>
        $"{failed} of {failed + counts.Events} lines ({100.0 * failed / (failed + counts.Events):F0} %) could not be read. {Advice(source, format)}";

    private static string Advice(FileSource source, ILogFormat? format)
    {
        ILogFormat? likely = source.DetectedFormats.SelectMany(formats => formats.Take(1)).FirstOrDefault(detected => detected != format);
        if (likely == null) return "No known format fits; give --format the LogFormat or log_format string of the server.";
        return $"The most likely format is '{likely.Name}' ({likely.Description}): try --format {(format == null ? "with the LogFormat or log_format string of the server" : likely.Name)}.";
    }
}
