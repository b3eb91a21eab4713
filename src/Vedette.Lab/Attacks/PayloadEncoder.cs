using System.Globalization;
using System.Text;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Ways to write a payload so that filters overlook it and the application does not.</summary>
internal static class PayloadEncoder
{
    private static readonly string[] Gaps = ["/**/", "%09", "%0a", "+", "%20%20"];

    /// <summary>Encodes for a place in a query or path. Loud attackers encode plainly; the others vary.</summary>
    public static string Encode(string payload, TruthType type, Intensity intensity, RandomSource random)
    {
        int style = intensity == Intensity.Easy ? random.Next(3) : random.Next(9);
        return style switch
        {
            0 or 1 => Uri.EscapeDataString(payload),
            2 => Loose(payload),
            3 => Uri.EscapeDataString(Uri.EscapeDataString(payload)),
            4 => Uri.EscapeDataString(FlipCase(payload, random)),
            5 => LowerHex(Uri.EscapeDataString(payload)),
            6 when type == TruthType.SqlInjection => Uri.EscapeDataString(payload).Replace("%20", random.Pick(Gaps), StringComparison.Ordinal),
            7 when type is TruthType.Xss or TruthType.SqlInjection or TruthType.PathTraversal => Everything(payload),
            8 when intensity == Intensity.Hard && random.Chance(0.3) => Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))),
            _ => Uri.EscapeDataString(payload).Replace("%20", "+", StringComparison.Ordinal),
        };
    }

    /// <summary>As a careless tool sends it: only what would break the request line is encoded.</summary>
    private static string Loose(string payload)
    {
        var text = new StringBuilder(payload.Length + 16);
        foreach (char c in payload)
        {
            if (c is ' ') text.Append("%20");
            else if (c is '#' or '&' or '"' || c < ' ' || c > '~') text.Append(Uri.EscapeDataString(c.ToString()));
            else text.Append(c);
        }
        return text.ToString();
    }

    private static string Everything(string payload) =>
        string.Concat(Encoding.UTF8.GetBytes(payload).Select(b => string.Create(CultureInfo.InvariantCulture, $"%{b:x2}")));

    private static string FlipCase(string payload, RandomSource random) =>
        string.Concat(payload.Select(c => char.IsAsciiLetter(c) && random.Chance(0.5) ? (char)(c ^ 0x20) : c));

    private static string LowerHex(string encoded)
    {
        var text = new StringBuilder(encoded);
        for (int i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%') continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }
        return text.ToString();
    }
}
