namespace Vedette.ML.Neural;

/// <summary>Windows of several sequences, laid end to end: what goes in at each row and which token should come out.</summary>
/// <param name="vocabulary">Inputs outside 0 to vocabulary - 1 become the unknown input, numbered vocabulary; vocabulary + 1 is the beginning.</param>
internal sealed class SequenceBatch(int vocabulary)
{
    private int[] _inputs = [];
    private int[] _targets = [];
    private int[] _starts = [0];

    /// <summary>Number of rows, over all windows.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of windows.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Inputs => _inputs.AsSpan(0, Rows);

    public ReadOnlySpan<int> Targets => _targets.AsSpan(0, Rows);

    /// <summary>First row of each window, and the end of the last.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count + 1);

    /// <summary>Sum of the squared lengths: the size of one attention head's weights.</summary>
    public int SquaredLength { get; private set; }

    public void Clear() => (Rows, Count, SquaredLength) = (0, 0, 0);

    /// <summary>Appends tokens [<paramref name="start"/>, <paramref name="end"/>) of a sequence; each one's input is the token before it.</summary>
    /// <returns>The window's inputs.</returns>
    public Span<int> Add(ReadOnlySpan<int> sequence, int start, int end)
    {
        int length = end - start, rows = Rows + length;
        if (_inputs.Length < rows)
        {
            Array.Resize(ref _inputs, 2 * rows);
            Array.Resize(ref _targets, 2 * rows);
        }
        if (_starts.Length < Count + 2) Array.Resize(ref _starts, 2 * (Count + 2));
        Span<int> inputs = _inputs.AsSpan(Rows, length);
        for (int i = 0; i < length; i++) inputs[i] = start + i == 0 ? vocabulary + 1 : Known(sequence[start + i - 1]);
        sequence[start..end].CopyTo(_targets.AsSpan(Rows));
        Rows = rows;
        _starts[++Count] = rows;
        SquaredLength += length * length;
        return inputs;
    }

    /// <summary>No token of a caller may pose as the beginning of a sequence.</summary>
    private int Known(int token) => (uint)token < (uint)vocabulary ? token : vocabulary;
}
