using Vedette.ForecastBench;

string command = args.Length > 0 ? args[0] : "";
SeedRange? seeds = args.Length > 1 ? SeedRange.Parse(args[1]) : null;
if (seeds is not null && command == "train") return TrainCommand.Run(seeds, args.Length > 2 ? args[2] : null);
if (seeds is not null && command == "score") return ScoreCommand.Run(seeds, args[2..]);
Console.Error.WriteLine("""
    usage: Vedette.ForecastBench train SEEDS [MODEL.json]    fits the model on drawn faults of these seeds (1-100)
           Vedette.ForecastBench score SEEDS [PART…]         measures the engine on simulated faults of these seeds (101-106)
    """);
return 2;
