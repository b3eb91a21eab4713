namespace Vedette.ML.Neural;

/// <summary>Many sequences of integer tokens in one array.</summary>
public sealed class TokenSequences
{
    private readonly List<int> _starts = [0];
    private int[] _tokens = [];

    /// <summary>Number of sequences.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>Number of tokens in all sequences.</summary>
    public int TokenCount => _starts[^1];

    /// <summary>The tokens of sequence number <paramref name="index"/>.</summary>
    public ReadOnlySpan<int> this[int index] => _tokens.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    /// <summary>Appends a sequence; an empty one is left out.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty) return;
        int end = checked(TokenCount + tokens.Length);
        if (_tokens.Length < end) Array.Resize(ref _tokens, (int)Math.Max(end, Math.Min(2L * end, Array.MaxLength)));
        tokens.CopyTo(_tokens.AsSpan(TokenCount));
        _starts.Add(end);
    }
}
