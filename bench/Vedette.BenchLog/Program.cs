using Vedette.BenchLog;

if (BenchArguments.TryParse(args, out var arguments)) return BenchLogFile.Write(arguments);
Console.Error.WriteLine(BenchArguments.Usage);
return 2;
