using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Learning;

/// <summary>Finds the template a path belongs to, without the traffic it was learnt from. Immutable, thread-safe; linear in the path.</summary>
/// <remarks>A literal segment goes before a placeholder; a placeholder takes what <see cref="SegmentClassifier"/> says it may, <c>{slug}</c> any word.</remarks>
internal sealed class TemplateMatcher
{
    private readonly Node _root = new();

    /// <param name="templates">Method, a space, and the template, each; the index in this list is the answer.</param>
    public TemplateMatcher(IEnumerable<string> templates)
    {
        int index = 0;
        foreach (string template in templates)
        {
            int space = template.IndexOf(' ', StringComparison.Ordinal);
            Node node = _root.Child(template[..Math.Max(0, space)]);
            foreach (string segment in template[(space + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries)) node = node.Child(segment);
            if (node.Index < 0) node.Index = index;
            index++;
        }
    }

    /// <summary>Index of the template; -1 if there is none.</summary>
    public int Match(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path)
    {
        if (!_root.TryGet(method, out Node? node)) return -1;
        int count = 0;
        foreach (Range range in new PathSegments(path))
        {
            if (++count > RequestPath.MaxSegments) break;
            if (Next(node, path[range]) is not { } next) return -1;
            node = next;
        }
        return node.Index;
    }

    private static Node? Next(Node node, ReadOnlySpan<byte> segment)
    {
        if (node.TryGet(segment, out Node? literal)) return literal;
        SegmentKind kind = SegmentClassifier.Classify(segment);
        Node? placeholder = kind switch
        {
            SegmentKind.Number or SegmentKind.Identifier => node.Id,
            SegmentKind.Date => node.Date,
            SegmentKind.Asset => node.File(segment[segment.LastIndexOf((byte)'.')..]),
            _ => null,
        };
        return placeholder ?? node.Slug;
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _children = new(StringComparer.Ordinal);

        public int Index { get; set; } = -1;

        public Node? Id => _children.GetValueOrDefault("{id}") ?? Other;

        public Node? Date => _children.GetValueOrDefault("{date}") ?? Id;

        public Node? Slug => _children.GetValueOrDefault("{slug}") ?? Other;

        /// <summary>A placeholder under a name of its owner's choice: <c>{order}</c>.</summary>
        private Node? Other { get; set; }

        public Node Child(string segment)
        {
            if (_children.TryGetValue(segment, out Node? child)) return child;
            child = new Node();
            _children.Add(segment, child);
            if (segment.StartsWith('{') && !segment.StartsWith("{file}", StringComparison.Ordinal)) Other ??= child;
            return child;
        }

        public bool TryGet(ReadOnlySpan<byte> segment, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Node? child)
        {
            child = null;
            if (segment.Length > 128 || (segment.Length > 0 && segment[0] == (byte)'{')) return false;
            Span<char> text = stackalloc char[128];
            return Encoding.UTF8.TryGetChars(segment, text, out int length)
                && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out child);
        }

        public Node? File(ReadOnlySpan<byte> extension)
        {
            Span<char> text = stackalloc char[16];
            "{file}".CopyTo(text);
            if (extension.Length > 8) return null;
            for (int i = 0; i < extension.Length; i++) text[6 + i] = (char)(extension[i] is >= (byte)'A' and <= (byte)'Z' ? extension[i] | 0x20 : extension[i]);
            return _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..(6 + extension.Length)], out Node? file) ? file : null;
        }
    }
}
