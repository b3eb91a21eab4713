using Vedette.Storage.Tests.Durability;
using Xunit.Runner.InProc.SystemConsole;

// With these arguments the program is a process to be killed, else the test runner.
if (args is [AppendingProcess.Command, var url, var first]) return await AppendingProcess.RunAsync(url, int.Parse(first, System.Globalization.CultureInfo.InvariantCulture));
return await ConsoleRunner.Run(args);
