namespace Vedette.ML.Neural;

/// <summary>One array of weights inside a network's flat parameters, row-major.</summary>
internal readonly record struct Slice(int Offset, int Rows, int Columns)
{
    public int Length => Rows * Columns;

    public Span<float> Of(float[] parameters) => parameters.AsSpan(Offset, Length);
}

/// <summary>Hands out places in one flat array, so that optimiser, files and gradient checks see a network as one vector.</summary>
internal sealed class ParameterLayout
{
    public int Count { get; private set; }

    public Slice Add(int rows, int columns)
    {
        var slice = new Slice(Count, rows, columns);
        Count = checked(Count + rows * columns);
        return slice;
    }
}
