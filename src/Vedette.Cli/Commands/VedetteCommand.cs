using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette</c> itself: everything it can do.</summary>
internal static class VedetteCommand
{
    public static RootCommand Create() => new("Vedette watches HTTP APIs and says, while it happens, who attacks, who abuses, what is about to fail, and why.")
    {
        ScanCommand.Create(),
        TailCommand.Create(),
        ServeCommand.Create(),
        KeysCommand.Create(),
        DoctorCommand.Create(),
        DemoCommand.Create(),
        QueryCommand.Create(),
        BacktestCommand.Create(),
        ParseCommand.Create(),
        InspectCommand.Create(),
        OutliersCommand.Create(),
        TimeSeriesCommand.Create(),
        SimulateCommand.Create(),
        DatasetCommand.Create(),
        EvaluateCommand.Create(),
        TrainCommand.Create(),
        ModelsCommand.Create(),
    };
}
