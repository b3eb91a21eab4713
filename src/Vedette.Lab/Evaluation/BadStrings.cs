using System.Buffers;
using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>The strings an operator greps a log for: in the target, percent-decoded once, and in the user agent; case does not matter.</summary>
internal sealed class BadStrings
{
    private const int MostBytes = 16 << 10;

    /// <summary>What every list of this kind has; docs/evaluation.md says why each is there.</summary>
    public static IReadOnlyList<string> InTarget { get; } =
    [
        "union select", "union all select", "information_schema", "' or '1'='1", "' or 1=1", "sleep(", "benchmark(", "waitfor delay", "drop table", "xp_cmdshell",
        "<script", "javascript:", "onerror=", "onload=", "../..", "..\\..", "/etc/passwd", "win.ini", "php://", "/bin/sh", "/bin/bash", "cmd.exe", ";wget ", ";curl ", "${jndi:", "{{7*7}}",
        "<!entity", "169.254.169.254", "/.env", "/.git/", "/wp-login.php", "/phpmyadmin", "/cgi-bin/", "/etc/shadow",
    ];

    public static IReadOnlyList<string> InAgent { get; } = ["sqlmap", "nikto", "nuclei", "nmap", "masscan", "zgrab", "dirbuster", "gobuster", "wpscan", "acunetix", "hydra", "${jndi:"];

    private static readonly SearchValues<string> Targets = SearchValues.Create([.. InTarget], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Agents = SearchValues.Create([.. InAgent], StringComparison.OrdinalIgnoreCase);

    private readonly byte[] _bytes = new byte[MostBytes];
    private readonly char[] _chars = new char[MostBytes];

    public bool IsIn(EventBatch batch, in HttpEvent request) =>
        Contains(batch[request.Path], Targets) || Contains(batch[request.Query], Targets) || Contains(batch[request.UserAgent], Agents);

    private bool Contains(ReadOnlySpan<byte> text, SearchValues<string> strings)
    {
        if (text.IsEmpty) return false;
        int length = Decode(text[..Math.Min(text.Length, MostBytes)]);
        int chars = Encoding.Latin1.GetChars(_bytes.AsSpan(0, length), _chars);
        return _chars.AsSpan(0, chars).ContainsAny(strings);
    }

    private int Decode(ReadOnlySpan<byte> text)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '+') b = (byte)' ';
            else if (b == '%' && i + 2 < text.Length && Hex(text[i + 1]) is >= 0 and int high && Hex(text[i + 2]) is >= 0 and int low)
            {
                b = (byte)(high << 4 | low);
                i += 2;
            }
            _bytes[length++] = b;
        }
        return length;
    }

    private static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
