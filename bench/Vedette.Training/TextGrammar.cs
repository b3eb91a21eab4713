using System.Globalization;
using System.Text;
using Vedette.ML;

namespace Vedette.Training;

/// <summary>A context-free grammar of texts, read from a file: parts with alternatives, and kinds or families of whole texts.</summary>
/// <remarks>
/// <c>[part NAME]</c> begins the alternatives of a part, <c>[kind NAME PLACE...]</c> or <c>[family NAME CLASS PLACE...]</c> those of a whole text, one a line. <c>«name»</c> stands for a part or one of the
/// built-in terminals, <c>«encoder:name»</c> for its encoding. \n, \r, \t and \\ are escapes, except in whole bodies, whose escapes are their own.
/// </remarks>
internal sealed class TextGrammar
{
    private const int MaxDepth = 12;

    private readonly Dictionary<string, List<string>> _parts = new(StringComparer.Ordinal);
    private readonly List<TextKind> _kinds = [];

    private TextGrammar()
    {
    }

    public IReadOnlyList<TextKind> Kinds => _kinds;

    /// <exception cref="InvalidDataException">A line stands before the first section.</exception>
    public static TextGrammar Load(string file)
    {
        var grammar = new TextGrammar();
        List<string>? lines = null;
        foreach (string line in File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            string[] head = line.StartsWith("[part ", StringComparison.Ordinal) || line.StartsWith("[kind ", StringComparison.Ordinal) || line.StartsWith("[family ", StringComparison.Ordinal)
                ? line[1..^1].Split(' ') : [];
            if (head.Length == 0) (lines ?? throw new InvalidDataException($"{file}: '{line}' belongs to no section.")).Add(line);
            else if (head[0] == "part") grammar._parts[head[1]] = lines = [];
            else grammar._kinds.Add(head[0] == "kind" ? new TextKind(head[1], null, head[2..], lines = []) : new TextKind(head[1], head[2], head[3..], lines = []));
        }
        return grammar;
    }

    /// <summary>Expands a template.</summary>
    /// <exception cref="InvalidDataException">It names no part, or parts name each other without end.</exception>
    public string Expand(string template, ref SeededRandom random, int depth = 0)
    {
        if (depth > MaxDepth) throw new InvalidDataException($"'{template}' does not end.");
        var text = new StringBuilder();
        for (int at = 0; at < template.Length;)
        {
            int open = template.IndexOf('«', at);
            int close = open < 0 ? -1 : template.IndexOf('»', open);
            if (close < 0)
            {
                text.Append(template, at, template.Length - at);
                break;
            }
            string[] slot = template[(open + 1)..close].Split(':', 2);
            string? value = Terminal(slot[^1], ref random) ?? (_parts.TryGetValue(slot[^1], out var lines) ? Expand(lines[random.Next(lines.Count)], ref random, depth + 1) : null);
            text.Append(template, at, open - at);
            // Quotation marks of some languages look like slots and are none.
            text.Append(value is null ? template[open..(close + 1)] : slot.Length == 2 ? Encode(slot[0], Unescape(value)) : value);
            at = close + 1;
        }
        return text.ToString();
    }

    /// <summary>Resolves the escapes of a template.</summary>
    public static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            string? value = next switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '\\' => "\\", _ => null };
            plain.Append(value ?? text[i].ToString());
            if (value is not null) i++;
        }
        return plain.ToString();
    }

    private static string Encode(string encoder, string text) => encoder switch
    {
        "url" => Uri.EscapeDataString(text),
        "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        "json" => JsonEscape(text),
        "html" => System.Net.WebUtility.HtmlEncode(text),
        _ => throw new InvalidDataException($"Unknown encoder '{encoder}'."),
    };

    /// <summary>The text as it stands inside the quotes of a JSON string.</summary>
    public static string JsonEscape(string text) => System.Text.Json.JsonSerializer.Serialize(text, JsonOptions)[1..^1];

    private static readonly System.Text.Json.JsonSerializerOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? Terminal(string name, ref SeededRandom random) => name switch
    {
        "digit" => random.Next(10).ToString(CultureInfo.InvariantCulture),
        "n" => random.Next(random.Next(2) == 0 ? 30 : 10000).ToString(CultureInfo.InvariantCulture),
        "N" => (1000000000L + random.Next(int.MaxValue)).ToString(CultureInfo.InvariantCulture),
        "hex" => $"{random.Next(int.MaxValue):x8}",
        "token" => Convert.ToBase64String(BitConverter.GetBytes(random.NextUInt64()).Concat(BitConverter.GetBytes(random.NextUInt64())).ToArray()).TrimEnd('=').Replace('+', 'a').Replace('/', 'b'),
        "uuid" => new Guid(BitConverter.GetBytes(random.NextUInt64()).Concat(BitConverter.GetBytes(random.NextUInt64())).ToArray()).ToString(),
        _ => null,
    };
}

/// <summary>One kind of honest text, or one family of attacks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Category">The category of an attack; null for honest text.</param>
/// <param name="Places">Where such text is sent.</param>
/// <param name="Templates">Its alternatives.</param>
internal sealed record TextKind(string Name, string? Category, string[] Places, List<string> Templates);
