using System.Text;
using BenchmarkDotNet.Attributes;
using Vedette.Engine.Normalization;

namespace Vedette.Bench.Parsing;

/// <summary>Cost of sorting one user agent into its kind.</summary>
[MemoryDiagnoser]
public class UserAgentBenchmark
{
    private readonly byte[] _browser = Encoding.ASCII.GetBytes("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36");

    [Benchmark]
    public UserAgentKind Classify() => UserAgents.Classify(_browser).Kind;
}
