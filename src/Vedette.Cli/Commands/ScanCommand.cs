using System.CommandLine;
using System.Diagnostics;
using Vedette.Cli.Reports;
using Vedette.Cli.Traffic;
using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Risk;
using Vedette.Engine.Sources;
using Vedette.Server.Settings;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette scan</c>: reads logs to their end and reports who attacked, who abused and what failed.</summary>
internal static class ScanCommand
{
    private const double LoudSkippedShare = 0.05;

    public static Command Create()
    {
        var files = LogFilesArgument.Create("Log files, plain or gzip, merged by time; '-' is standard input, the default.", ArgumentArity.ZeroOrMore);
        var format = LogFormatOption.Create();
        var output = OutputOption.CreateWithHtml("text for people, json for programs, html for a page to keep or send.");
        var outFile = new Option<string?>("--out") { HelpName = "FILE", Description = "Write the report to this file instead of standard output." };
        var annotate = new Option<string?>("--annotate") { HelpName = "FILE", Description = "Write one NDJSON row per line: line, score, is_anomaly, types, incident." };
        var since = new Option<string?>("--since") { HelpName = "TIME", Description = "Leave out events before this time (RFC 3339)." };
        var until = new Option<string?>("--until") { HelpName = "TIME", Description = "Leave out events from this time on (RFC 3339)." };
        Option<string?> models = ModelsOption.Create();
        var config = ConfigOption.Create();
        var failOn = new Option<string?>("--fail-on") { HelpName = "LEVEL", Description = "Exit with 1 if there is an incident of this level or above: low, medium, high, critical." };
        var command = new Command("scan", "Read logs, learn what is normal, and report attacks, abuse and failures.") { files, format, output, outFile, annotate, since, until, models, config, failOn };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(new ScanRequest
        {
            Files = LogFilesArgument.OrStandardInput(parsed.GetValue(files)),
            Format = LogFormatOption.Resolve(parsed.GetValue(format)!),
            Output = OutputOption.Resolve(parsed.GetValue(output)!, hasHtml: true),
            OutFile = parsed.GetValue(outFile),
            Annotate = parsed.GetValue(annotate),
            SinceMicros = TimeOption.Resolve("--since", parsed.GetValue(since), long.MinValue),
            UntilMicros = TimeOption.Resolve("--until", parsed.GetValue(until), long.MaxValue),
            Options = SettingsLoader.LoadEngine(parsed.GetValue(config)),
            Models = ModelsOption.Load(parsed.GetValue(models)),
            FailOn = ResolveLevel(parsed.GetValue(failOn)),
        }, cancellationToken), cancellationToken));
        return command;
    }

    internal static int Run(ScanRequest request, CancellationToken cancellationToken)
    {
        if (request.Output == OutputKind.Html && !HtmlReport.IsAvailable) throw new UsageException("--output html: this program was built without Node.js, so it has no form to fill. Install Node 20 and build again, or use --output json.");
        OutputFile.RequireApart(request.Files, ("--out", request.OutFile ?? "-"), ("--annotate", request.Annotate));
        long started = Stopwatch.GetTimestamp();
        // Begun before anything is read: what cannot be written is told at once, and a log is not read for nothing.
        using OutputFile? report = request.OutFile is null ? null : OutputFile.Create(request.OutFile);
        using OutputFile? rows = request.Annotate is null ? null : OutputFile.Create(request.Annotate);
        using FileSource source = FileSource.Open(request.Files);
        LogParser parser = source.CreateParser(request.Format);
        var engine = new DetectionEngine(request.Options);
        if (request.Models is not null) engine.Adopt(request.Models);
        var tally = new ScanTally();
        TrafficTally? traffic = request.Output == OutputKind.Html ? new TrafficTally(engine) : null;
        using FileStream? spool = request.Annotate is null ? null : SpoolFile.Create();
        EventLedger? ledger = spool is null ? null : new EventLedger(spool);
        var progress = new ProgressLine(Console.Error, !Console.IsErrorRedirected, TotalBytes(request.Files));
        BatchPipeline.Run(new TimeSlice(source, parser, request.SinceMicros, request.UntilMicros), parser, engine, 2 * Environment.ProcessorCount, batch =>
        {
            tally.Add(batch);
            traffic?.Add(batch);
            ledger?.Add(batch);
            progress.Update(tally.Lines, tally.Bytes);
        }, cancellationToken);
        progress.Clear();

        bool isInterrupted = cancellationToken.IsCancellationRequested;
        ScanReport found = MakeReport(request, source, parser.Counts, engine, tally, isInterrupted, Stopwatch.GetElapsedTime(started));
        Write(request, found, traffic, report);
        if (ledger is not null) Annotate(rows!, ledger, engine.Incidents, source.Names.Count > 1);
        if (isInterrupted) return ExitCode.Failure;
        if (ParseCommand.IsUnreadable(parser.Counts, source))
        {
            Console.Error.WriteLine("vedette: nothing could be read, so nothing was judged; 'vedette parse FILE' shows why.");
            return ExitCode.Failure;
        }
        return request.FailOn is { } level && found.Incidents.Any(incident => incident.Level >= level) ? ExitCode.IncidentsFound : ExitCode.Done;
    }

    private static ScanReport MakeReport(ScanRequest request, FileSource source, ParseCounts counts, DetectionEngine engine, ScanTally tally, bool isInterrupted, TimeSpan elapsed) => new()
    {
        Sources = source.Names,
        Lines = counts.Events + counts.Failures + counts.Comments,
        Parsed = counts.Events,
        Skipped = counts.Failures,
        First = tally.FirstMicros == long.MaxValue ? null : DateTimeOffset.UnixEpoch.AddTicks(tally.FirstMicros * 10),
        Last = tally.LastMicros == long.MinValue ? null : DateTimeOffset.UnixEpoch.AddTicks(tally.LastMicros * 10),
        Clients = engine.AddressCount,
        Endpoints = engine.Routes.Count,
        Bytes = tally.Bytes,
        Elapsed = elapsed,
        Formats = counts.EventsByFormat,
        SkippedReasons = counts.FailuresByReason.ToDictionary(static reason => reason.Key.Name(), static reason => reason.Value),
        SkippedSamples = tally.Samples,
        Warnings = [.. isInterrupted ? ["The scan was interrupted: what follows is about the lines read until then."] : (string[])[], .. source.Warnings, .. Warnings(counts, engine, source, request.Format)],
        Incidents = [.. engine.Incidents.OrderByDescending(static i => i.Risk).ThenBy(static i => i.DetectedAt).ThenBy(static i => i.Id, StringComparer.Ordinal)],
    };

    private static IEnumerable<string> Warnings(ParseCounts counts, DetectionEngine engine, FileSource source, ILogFormat? format)
    {
        long failed = counts.Failures - counts.FailuresByReason.GetValueOrDefault(ParseError.Empty);
        if (failed > LoudSkippedShare * (failed + counts.Events)) yield return ParseCommand.UnreadableLines(failed, counts, source, format);
        if (engine.LateEventCount > 0) yield return $"Events out of order by more than five minutes, taken to happen when they were read: {engine.LateEventCount}.";
        if (engine.DroppedIncidentCount > 0) yield return $"{engine.DroppedIncidentCount} incidents were not kept for lack of room; raise Incidents:MaxKept to see them.";
        if (engine.OverflowedRouteCount > 0) yield return $"{engine.OverflowedRouteCount} requests belong to no route for lack of room; raise Routes:MaxRoutes to tell them apart.";
        if (engine.EvictedCallerCount > 0) yield return $"{engine.EvictedCallerCount} callers were forgotten for lack of room; raise Tracking:MaxCallers to remember more.";
    }

    private static void Write(ScanRequest request, ScanReport report, TrafficTally? traffic, OutputFile? file)
    {
        using Stream output = file?.Stream ?? Console.OpenStandardOutput();
        if (request.Output == OutputKind.Json) JsonReport.Write(report, output);
        else if (traffic is not null) HtmlReport.Write(report, traffic, output);
        else WriteText(request, report, output);
        file?.Complete();
    }

    private static void WriteText(ScanRequest request, ScanReport report, Stream output)
    {
        bool isTerminal = request.OutFile is null && !Console.IsOutputRedirected;
        using var text = new StreamWriter(output, leaveOpen: true);
        new TextReport(text, isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or "", isTerminal ? Math.Clamp(Console.WindowWidth, 60, 160) : 120).Write(report);
    }

    private static void Annotate(OutputFile file, EventLedger ledger, IReadOnlyList<Incident> incidents, bool hasManySources)
    {
        using (var buffered = new BufferedStream(file.Stream, 1 << 16))
        using (var writer = new AnnotationWriter(buffered, hasManySources)) ledger.Judge(incidents, writer.Write);
        file.Complete();
    }

    private static long TotalBytes(IReadOnlyList<string> files)
    {
        // Compressed input and pipes have no length worth showing.
        if (files.Any(static file => file == "-" || file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))) return 0;
        return files.Sum(static file => new FileInfo(file) is { Exists: true } info ? info.Length : 0);
    }

    private static RiskLevel? ResolveLevel(string? name)
    {
        if (name is null) return null;
        return RiskLevels.TryParse(name, out RiskLevel level) ? level : throw new UsageException($"--fail-on {name}: the levels are low, medium, high and critical.");
    }
}
