using System.CommandLine;
using System.Text;
using Vedette.Engine.Sources;
using Vedette.Lab.Datasets;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette dataset export</c>: a table as a workbook, a text report, and a table of statistics.</summary>
internal static class DatasetExportCommand
{
    public static Command Create()
    {
        var data = new Argument<string>("DATA.csv") { Description = "A table with a header, plain or gzip." };
        var xlsx = new Option<string?>("--xlsx") { Description = "Write a workbook with the sheets data, statistics, sample and correlation.", HelpName = "FILE" };
        var txt = new Option<string?>("--txt") { Description = "Write a text report.", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Write the statistics of each column as CSV.", HelpName = "FILE" };
        var command = new Command("export", "Write a table as an Excel workbook, a text report and a CSV summary.") { data, xlsx, txt, csv };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(data)!;
            (string? workbook, string? report, string? statistics) = (parsed.GetValue(xlsx), parsed.GetValue(txt), parsed.GetValue(csv));
            if (workbook is null && report is null && statistics is null) throw new UsageException("export needs at least one of --xlsx FILE, --txt FILE, --csv FILE.");
            OutputFile.RequireApart([path], ("--xlsx", workbook), ("--txt", report), ("--csv", statistics));
            if (path == LogStream.StandardInput && workbook is not null) throw new UsageException("--xlsx reads the table twice: give a file instead of '-'.");
            DatasetSummary summary = DatasetSummary.Of(DatasetFile.Read(path));
            if (workbook is not null) WriteWorkbook(summary, path, workbook);
            if (report is not null) WriteText(report, output => DatasetReport.Write(summary, Path.GetFileName(path), output));
            if (statistics is not null) WriteText(statistics, output => DatasetExport.WriteStatistics(summary, output));
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteWorkbook(DatasetSummary summary, string path, string workbook)
    {
        DatasetExport.CheckFits(summary);
        using OutputFile file = OutputFile.Create(workbook);
        long cut = DatasetExport.WriteWorkbook(summary, DatasetFile.Read(path), file.Stream);
        file.Complete();
        if (cut > 0) Console.Error.WriteLine($"vedette: {cut} cells were longer than the 32,767 characters a cell of a workbook holds, and were cut.");
    }

    private static void WriteText(string path, Action<TextWriter> write)
    {
        using OutputFile file = OutputFile.Create(path);
        using (var output = new StreamWriter(file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))) write(output);
        file.Complete();
    }
}
