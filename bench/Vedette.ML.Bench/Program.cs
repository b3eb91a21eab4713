using Vedette.ML.Bench;

var benchmarks = new SortedDictionary<string, Action>(StringComparer.Ordinal)
{
    ["boosting"] = BoostingBenchmarks.Run,
    ["forests"] = ForestBenchmarks.Run,
    ["neural"] = NeuralBenchmarks.Run,
    ["neighbors"] = NeighborBenchmarks.Run,
    ["trees"] = TreeBenchmarks.Run,
};

if (args is ["data", var path])
{
    SyntheticRows.Make().Save(path);
    return 0;
}
if (args is ["outliers", var folder])
{
    OutlierTables.Run(folder);
    return 0;
}
if (args is ["detectors", var tables])
{
    DetectorTables.Run(tables);
    return 0;
}
if (args is ["nab", var corpus])
{
    NabBenchmark.Run(corpus);
    return 0;
}
if (args is ["events", var labelled])
{
    EventSeriesBenchmark.Run(labelled);
    return 0;
}
if (args is ["petshop", var shop])
{
    PetShopBenchmark.Run(shop);
    return 0;
}
string[] chosen = args.Length == 0 ? [.. benchmarks.Keys] : args;
foreach (string name in chosen)
{
    if (benchmarks.TryGetValue(name, out var run))
    {
        run();
        continue;
    }
    Console.Error.WriteLine($"Unknown benchmark '{name}'. Known: {string.Join(", ", benchmarks.Keys)}, or: data FILE, outliers FOLDER, detectors FOLDER, nab FOLDER, events FOLDER, petshop FOLDER.");
    return 2;
}
return 0;
