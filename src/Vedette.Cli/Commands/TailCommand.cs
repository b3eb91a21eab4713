using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Cli.Reports;
using Vedette.Engine;
using Vedette.Engine.Incidents;
using Vedette.Engine.Parsing;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Risk;
using Vedette.Engine.Sources;
using Vedette.Server.Settings;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette tail</c>: follows log files through rotation and tells about incidents as they are raised.</summary>
internal static class TailCommand
{
    public static Command Create()
    {
        var files = LogFilesArgument.Create("Log files to follow; rotation and truncation are noticed.", ArgumentArity.OneOrMore);
        var format = LogFormatOption.Create();
        var output = OutputOption.Create("text for people; json: one incident a line, each time it is raised or gets worse.");
        var fromStart = new Option<bool>("--from-start") { Description = "Read what the files hold already, and learn from it." };
        var config = ConfigOption.Create();
        var command = new Command("tail", "Follow logs and report incidents as they happen.") { files, format, output, fromStart, config };
        command.SetAction((parsed, cancellationToken) => Task.Run(() =>
        {
            string[] paths = parsed.GetValue(files)!;
            using var source = new TailSource(paths, parsed.GetValue(fromStart));
            LogParser parser = CreateParser(paths, LogFormatOption.Resolve(parsed.GetValue(format)!));
            return Run(source, parser, SettingsLoader.LoadEngine(parsed.GetValue(config)), OutputOption.Resolve(parsed.GetValue(output)!), Console.Out, !Console.IsOutputRedirected, cancellationToken);
        }, cancellationToken));
        return command;
    }

    internal static int Run(TailSource source, LogParser parser, EngineOptions options, OutputKind output, TextWriter writer, bool isColored, CancellationToken cancellationToken)
    {
        var engine = new DetectionEngine(options);
        var told = new Dictionary<string, RiskLevel>();
        engine.IncidentChanged = incident =>
        {
            if (incident.PartOf is not null && output == OutputKind.Text) return;
            if (incident.PartOf is null && told.TryGetValue(incident.Id, out RiskLevel before) && incident.Level <= before) return;
            told[incident.Id] = incident.Level;
            Tell(incident, output, writer, isColored);
        };
        BatchPipeline.Run(source, parser, engine, ahead: 0, static _ => { }, cancellationToken);
        return ExitCode.Done;
    }

    private static void Tell(Incident incident, OutputKind output, TextWriter writer, bool isColored)
    {
        if (output == OutputKind.Text)
        {
            new TextReport(writer, isColored, 120).WriteIncident(incident);
        }
        else
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) IncidentJson.Write(json, incident);
            writer.WriteLine(System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
        }
        writer.Flush();
    }

    /// <summary>The format asked for, or what the files' beginnings look like; a file that is still empty may hold any common format.</summary>
    private static LogParser CreateParser(IReadOnlyList<string> paths, ILogFormat? format) =>
        format is not null ? new LogParser([format]) : new LogParser([.. paths.Select(Detect)], LogFormats.Fallbacks);

    private static IReadOnlyList<ILogFormat> Detect(string path)
    {
        if (!File.Exists(path)) return LogFormats.Fallbacks;
        using FileSource beginning = FileSource.Open(path);
        IReadOnlyList<ILogFormat> formats = beginning.DetectedFormats[0];
        return formats.Count > 0 ? formats : LogFormats.Fallbacks;
    }
}
