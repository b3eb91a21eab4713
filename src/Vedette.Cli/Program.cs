using System.CommandLine;
using Vedette.Cli;
using Vedette.Cli.Commands;

var root = new RootCommand("Vedette watches HTTP APIs and says, while it happens, who attacks, who abuses, what is about to fail, and why.");
root.Add(ScanCommand.Create());
root.Add(TailCommand.Create());
root.Add(ServeCommand.Create());
root.Add(KeysCommand.Create());
root.Add(DoctorCommand.Create());
root.Add(DemoCommand.Create());
root.Add(QueryCommand.Create());
root.Add(BacktestCommand.Create());
root.Add(ParseCommand.Create());
root.Add(InspectCommand.Create());
root.Add(OutliersCommand.Create());
root.Add(TimeSeriesCommand.Create());
root.Add(SimulateCommand.Create());
root.Add(DatasetCommand.Create());
root.Add(EvaluateCommand.Create());
root.Add(TrainCommand.Create());
root.Add(ModelsCommand.Create());

return await CommandRunner.RunAsync(root, args);
