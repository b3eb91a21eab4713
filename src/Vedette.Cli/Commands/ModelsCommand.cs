using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vedette.Engine.Learning;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette models</c>: lists the versions of trained models, makes one the active one, goes back to the one before.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "List, activate and roll back versions of trained models.") { CreateList(), CreateActivate(), CreateRollBack() };

    /// <summary>A table of metrics.</summary>
    internal static void WriteMetrics(TextWriter output, IReadOnlyList<ModelMetrics> metrics)
    {
        if (metrics.Count == 0)
        {
            output.WriteLine("Nothing was measured: that takes labelled windows with attacks among the latest.");
            return;
        }
        output.WriteLine($"{"model",-22} {"precision",9} {"recall",9} {"F1",9} {"AUC",9} {"false positives",16}");
        foreach (ModelMetrics model in metrics)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name,-22} {model.Precision,9:0.000} {model.Recall,9:0.000} {model.F1,9:0.000} {model.Auc,9:0.000} {model.FalsePositives,16:N0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"on {metrics[0].Rows:N0} windows held out, {metrics[0].Attacks:N0} of attacks"));
    }

    private static Command CreateList()
    {
        Option<string> data = ModelsOption.CreateData();
        var output = OutputOption.Create("text for people, json for programs.");
        var command = new Command("list", "List the versions, the newest first.") { data, output };
        command.SetAction(parsed =>
        {
            ModelDirectory directory = ModelsOption.Directory(parsed.GetValue(data)!);
            if (OutputOption.Resolve(parsed.GetValue(output)!) == OutputKind.Json) WriteJson(directory.List());
            else WriteText(directory);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateActivate()
    {
        var version = new Argument<string>("VERSION") { Description = "Name of the version, as 'vedette models list' shows it." };
        Option<string> data = ModelsOption.CreateData();
        var command = new Command("activate", "Make a version the active one.") { version, data };
        command.SetAction(parsed => Tell(ModelsOption.Directory(parsed.GetValue(data)!).Activate(parsed.GetValue(version)!)));
        return command;
    }

    private static Command CreateRollBack()
    {
        Option<string> data = ModelsOption.CreateData();
        var command = new Command("rollback", "Go back to the version that was active when the present one was trained.") { data };
        command.SetAction(parsed => Tell(ModelsOption.Directory(parsed.GetValue(data)!).RollBack()));
        return command;
    }

    private static int Tell(ModelSet active)
    {
        Console.Out.WriteLine($"{active.Version} is active.");
        Console.Error.WriteLine("vedette: a server that runs takes it at its next start, or at once with POST /load-model.");
        return ExitCode.Done;
    }

    private static void WriteText(ModelDirectory directory)
    {
        IReadOnlyList<ModelVersion> versions = directory.List();
        if (versions.Count == 0) Console.Out.WriteLine($"There are no models in {directory.Path}; 'vedette train' makes them.");
        foreach (ModelVersion version in versions)
        {
            ModelLineage lineage = version.Lineage;
            ModelMetrics? consensus = lineage.Metrics.LastOrDefault();
            string quality = consensus is null ? "not measured" : string.Create(CultureInfo.InvariantCulture, $"consensus AUC {consensus.Auc:0.000}, precision {consensus.Precision:0.000}, recall {consensus.Recall:0.000}");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(version.IsActive ? "*" : " ")} {version.Version}  {lineage.CreatedAt:yyyy-MM-dd HH:mm}  {lineage.Windows,7:N0} windows  {version.Bytes / 1048576.0,6:0.0} MiB  {quality}"));
        }
    }

    private static void WriteJson(IReadOnlyList<ModelVersion> versions)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (ModelVersion version in versions)
            {
                json.WriteStartObject();
                json.WriteString("version", version.Version);
                json.WriteBoolean("active", version.IsActive);
                json.WriteNumber("bytes", version.Bytes);
                json.WritePropertyName("lineage");
                version.Lineage.WriteJson(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        Console.Out.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    }
}
