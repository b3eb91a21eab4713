using System.CommandLine;
using System.Text;
using Vedette.Lab.Datasets;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette dataset import</c>: other people's requests in the columns of our own.</summary>
internal static class DatasetImportCommand
{
    public static Command Create()
    {
        var csic = new Option<string[]>("--csic") { Description = "Raw files of the HTTP data set CSIC 2010, plain or gzip; a file with 'anomal' in its name holds attacks, one with 'normal' none.", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "FILE" };
        var label = new Option<string?>("--label") { Description = "What the files hold, where their names do not tell: normal or attack.", HelpName = "normal|attack" };
        var output = new Option<string>("--out") { Description = "Where the table goes; - is standard output.", DefaultValueFactory = _ => "-", HelpName = "FILE.csv" };
        var command = new Command("import", "Read the data set CSIC 2010 as a labelled table.") { csic, label, output };
        command.SetAction(parsed =>
        {
            bool? given = parsed.GetValue(label) switch
            {
                null => null,
                "normal" => false,
                "attack" => true,
                var other => throw new UsageException($"--label {other}: it is normal or attack."),
            };
            OutputFile.RequireApart(parsed.GetValue(csic)!, ("--out", parsed.GetValue(output)));
            CsicFile[] files = [.. parsed.GetValue(csic)!.Select(file => CsicFile.Of(file, given))];
            DatasetTally tally = DatasetFile.Write(parsed.GetValue(output)!, writer =>
            {
                foreach (CsicFile file in files) file.AddTo(writer);
            });
            Console.Error.WriteLine(DatasetMakeCommand.Describe(tally));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>A raw file of CSIC 2010 and what it holds.</summary>
internal sealed record CsicFile(string Path, bool IsAttack)
{
    /// <exception cref="UsageException">Neither the name nor the user tells what the file holds.</exception>
    public static CsicFile Of(string path, bool? label) =>
        new(path, label ?? CsicReader.LabelOf(System.IO.Path.GetFileName(path)) ?? throw new UsageException($"{path}: its name tells neither normal nor anomalous requests; use 'dataset import' with --label normal or --label attack."));

    /// <exception cref="InvalidDataException">It holds no request, or something else.</exception>
    public void AddTo(DatasetWriter writer)
    {
        using TextReader reader = TextInput.Open(Path, Encoding.Latin1);
        long before = writer.Tally.Rows;
        writer.Write(new CsicReader(reader, System.IO.Path.GetFileName(Path)).ReadAll(), IsAttack);
        if (writer.Tally.Rows == before) throw new InvalidDataException($"{Path} holds no request. This reads the raw files of CSIC 2010.");
    }
}
