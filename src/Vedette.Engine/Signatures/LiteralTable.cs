using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Where a literal counts.</summary>
[Flags]
internal enum LiteralScope : ushort
{
    Anywhere = 0,

    /// <summary>No letter, digit or underscore before it.</summary>
    WordStart = 1,

    /// <summary>No letter, digit or underscore after it.</summary>
    WordEnd = 2,

    /// <summary>An opening parenthesis follows, spaces allowed.</summary>
    Call = 4,

    /// <summary>Nothing before it but spaces.</summary>
    Begin = 8,

    /// <summary>Only in the request's path.</summary>
    Path = 16,

    /// <summary>Not in the request's path.</summary>
    Value = 32,

    /// <summary>Only in the User-Agent.</summary>
    Agent = 64,

    /// <summary>Nothing after it.</summary>
    End = 128,

    /// <summary>Only in names of parameters, keys and headers.</summary>
    Name = 256,

    /// <summary>Begins a path segment: a slash or nothing before it.</summary>
    Segment = 512,
}

/// <summary>One literal and the rule it speaks for.</summary>
internal sealed record Literal(byte[] Bytes, Rule Rule, LiteralScope Scope);

/// <summary>Reads <c>literals.txt</c>: one <c>rule scope literal</c> a line, <c>#</c> begins a comment; \s is a space, \\ a backslash, \xXX a byte.</summary>
internal static class LiteralTable
{
    /// <summary>The literals embedded in the assembly.</summary>
    public static List<Literal> Load()
    {
        using var stream = typeof(LiteralTable).Assembly.GetManifestResourceStream("Vedette.Engine.Signatures.Data.literals.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <exception cref="InvalidDataException">A line has an unknown rule or scope, or no literal.</exception>
    internal static List<Literal> Parse(string text)
    {
        var literals = new List<Literal>();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#') continue;
            string[] parts = trimmed.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 3 || Rules.Find(parts[0]) is not { } rule) throw new InvalidDataException($"literals.txt line {number}: '{trimmed}' names no rule.");
            foreach (string literal in parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                literals.Add(new Literal(Unescape(literal), rule, ParseScope(parts[1], number)));
        }
        return literals;
    }

    private static LiteralScope ParseScope(string names, int line)
    {
        var scope = LiteralScope.Anywhere;
        if (names == "-") return scope;
        foreach (string name in names.Split(','))
        {
            scope |= name switch
            {
                "word" => LiteralScope.WordStart | LiteralScope.WordEnd,
                "start" => LiteralScope.WordStart,
                "stop" => LiteralScope.WordEnd,
                "call" => LiteralScope.WordStart | LiteralScope.Call,
                "begin" => LiteralScope.Begin,
                "path" => LiteralScope.Path,
                "value" => LiteralScope.Value,
                "agent" => LiteralScope.Agent,
                "end" => LiteralScope.End,
                "name" => LiteralScope.Name,
                "segment" => LiteralScope.Segment,
                _ => throw new InvalidDataException($"literals.txt line {line}: unknown scope '{name}'."),
            };
        }
        return scope;
    }

    private static byte[] Unescape(string literal)
    {
        var bytes = new List<byte>();
        byte[] source = Encoding.UTF8.GetBytes(literal);
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] == '\\' && i + 3 < source.Length && source[i + 1] == 'x')
            {
                bytes.Add((byte)DecodingPercent.HexNumber(source.AsSpan(i + 2, 2)));
                i += 3;
            }
            else if (source[i] == '\\' && i + 1 < source.Length && source[i + 1] == 's')
            {
                bytes.Add((byte)' ');
                i++;
            }
            else if (source[i] == '\\' && i + 1 < source.Length && source[i + 1] == '\\')
            {
                bytes.Add((byte)'\\');
                i++;
            }
            else
            {
                bytes.Add(source[i]);
            }
        }
        return [.. bytes];
    }
}
