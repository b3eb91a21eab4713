using Vedette.Cli;
using Vedette.Cli.Commands;

return await CommandRunner.RunAsync(VedetteCommand.Create(), args);
