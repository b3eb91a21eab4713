using Vedette.ML.Bench;

var benchmarks = new SortedDictionary<string, Action>(StringComparer.Ordinal)
{
    ["neural"] = NeuralBenchmarks.Run,
};

string[] chosen = args.Length == 0 ? [.. benchmarks.Keys] : args;
foreach (string name in chosen)
{
    if (benchmarks.TryGetValue(name, out var run))
    {
        run();
        continue;
    }
    Console.Error.WriteLine($"Unknown benchmark '{name}'. Known: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}
return 0;
