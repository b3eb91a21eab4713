namespace Vedette.Engine.Normalization;

/// <summary>Walks the non-empty segments of a path: <c>/a//b/</c> has two. Use it in <c>foreach</c>.</summary>
internal ref struct PathSegments(ReadOnlySpan<byte> path)
{
    private readonly ReadOnlySpan<byte> _path = path;
    private int _next;

    public Range Current { get; private set; }

    public readonly PathSegments GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _path.Length && _path[_next] == (byte)'/') _next++;
        if (_next >= _path.Length) return false;
        int start = _next;
        int length = _path[start..].IndexOf((byte)'/');
        _next = length < 0 ? _path.Length : start + length;
        Current = start.._next;
        return true;
    }
}
