using System.Globalization;

namespace Vedette.BenchLog;

/// <summary>What the command line asked for.</summary>
internal sealed record BenchArguments(long Lines, ulong Seed, string Out, string? Truth)
{
    public const string Usage = "usage: Vedette.BenchLog --out FILE [--lines 2000000] [--truth FILE] [--seed 1]";

    public static bool TryParse(string[] args, out BenchArguments arguments)
    {
        arguments = new BenchArguments(2_000_000, 1, "", null);
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--lines" when long.TryParse(value, CultureInfo.InvariantCulture, out long lines) && lines >= 1000: arguments = arguments with { Lines = lines }; break;
                case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed): arguments = arguments with { Seed = seed }; break;
                case "--out": arguments = arguments with { Out = value }; break;
                case "--truth": arguments = arguments with { Truth = value }; break;
                default: return false;
            }
        }
        return args.Length % 2 == 0 && arguments.Out.Length > 0;
    }
}
