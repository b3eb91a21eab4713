using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette dataset</c>: training data, made, imported, looked at and exported.</summary>
internal static class DatasetCommand
{
    public static Command Create() => new("dataset", "Make labelled training data, import CSIC 2010, look at a table and export it.")
    {
        DatasetMakeCommand.Create(),
        DatasetImportCommand.Create(),
        DatasetViewCommand.Create(),
        DatasetExportCommand.Create(),
    };
}
