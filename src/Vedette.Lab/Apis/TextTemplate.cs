using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>Text with drawn parts: <c>/api/orders/&lt;order&gt;</c>, <c>q=&lt;phrase&gt;&amp;page=&lt;page&gt;</c>.</summary>
/// <remarks>
/// A part is <c>&lt;kind&gt;</c> for a newly drawn object of that kind, <c>&lt;kind!&gt;</c> for the one the visit looked at last, or a word of
/// <see cref="TokenWriter"/>, with arguments after colons: <c>&lt;number:1:20&gt;</c>, <c>&lt;pick:asc:desc&gt;</c>.
/// </remarks>
internal sealed class TextTemplate
{
    private readonly Part[] _parts;

    private TextTemplate(Part[] parts) => _parts = parts;

    /// <summary>The first object kind that is named, or null.</summary>
    public ObjectKind? FirstObject => _parts.FirstOrDefault(p => p.Object is not null).Object;

    public static TextTemplate Parse(string text, IReadOnlyList<ObjectKind> kinds)
    {
        var parts = new List<Part>();
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf('<', at);
            if (open < 0) open = text.Length;
            if (open > at) parts.Add(new Part { Literal = text[at..open] });
            if (open == text.Length) break;
            int close = text.IndexOf('>', open);
            parts.Add(ParsePart(text[(open + 1)..close], kinds));
            at = close + 1;
        }
        return new TextTemplate([.. parts]);
    }

    /// <summary>The route template that output shows: every drawn part of a path becomes <c>{id}</c>.</summary>
    public static string ToRoute(string path)
    {
        var parts = path.Split('<', '>');
        for (int i = 1; i < parts.Length; i += 2) parts[i] = "{id}";
        return string.Concat(parts);
    }

    public void AppendTo(TextBuffer text, World world, Visit visit)
    {
        foreach (ref readonly Part part in _parts.AsSpan())
        {
            if (part.Literal is not null) text.Append(part.Literal);
            else if (part.Object is not null) part.Object.AppendId(text, visit.Choose(part.Object, part.IsCurrent, world.Random));
            else part.Write!(text, world, visit);
        }
    }

    private static Part ParsePart(string token, IReadOnlyList<ObjectKind> kinds)
    {
        bool isCurrent = token.EndsWith('!');
        string name = token.TrimEnd('!');
        var kind = kinds.FirstOrDefault(k => k.Name == name);
        return kind is null ? new Part { Write = TokenWriter.Create(name) } : new Part { Object = kind, IsCurrent = isCurrent };
    }

    private struct Part
    {
        public string? Literal;
        public ObjectKind? Object;
        public bool IsCurrent;
        public Action<TextBuffer, World, Visit>? Write;
    }
}
