using System.Globalization;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Clients;

/// <summary>Draws client addresses from public space.</summary>
internal static class Addresses
{
    public static string IPv4(RandomSource random)
    {
        while (true)
        {
            int a = random.Between(1, 223);
            int b = random.Next(256);
            if (IsPublic(a, b)) return string.Create(CultureInfo.InvariantCulture, $"{a}.{b}.{random.Next(256)}.{random.Between(1, 254)}");
        }
    }

    /// <summary>An address in the same /24 as <paramref name="neighbor"/>, as rented servers often are.</summary>
    public static string Near(RandomSource random, string neighbor) =>
        string.Create(CultureInfo.InvariantCulture, $"{neighbor.AsSpan(0, neighbor.LastIndexOf('.'))}.{random.Between(1, 254)}");

    /// <summary>Prefix of a home or phone: four groups, no trailing colon.</summary>
    public static string IPv6Prefix(RandomSource random) =>
        string.Create(CultureInfo.InvariantCulture, $"{(random.Chance(0.5) ? "2a0" : "260")}{random.Next(16):x}:{random.Between(0x100, 0xffff):x}:{random.Between(1, 0xffff):x}:{random.Between(1, 0xffff):x}");

    /// <summary>A privacy address in a /64.</summary>
    public static string WithSuffix(string prefix, RandomSource random) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}:{random.Between(0x1000, 0xffff):x}:{random.Between(0x1000, 0xffff):x}:{random.Between(0x1000, 0xffff):x}:{random.Between(0x1000, 0xffff):x}");

    // Private, loopback, link-local, carrier NAT, test networks and the range of the health probes stay out.
    private static bool IsPublic(int a, int b) => a switch
    {
        10 or 127 => false,
        100 => b is < 64 or > 127,
        169 => b != 254,
        172 => b is < 16 or > 31,
        192 => b is not (0 or 168),
        198 => b is not (18 or 19 or 51),
        203 => b != 0,
        66 => b != 249,
        _ => true,
    };
}
