using System.Numerics.Tensors;

namespace Vedette.ML.Linear;

/// <summary>The curvature of the loss as a matrix over the columns and the intercept, for tables of few and mostly filled columns.</summary>
/// <remarks>
/// J. Friedman, T. Hastie, R. Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent", Journal of Statistical Software
/// 33(1), 2010, section 2.2 ("covariance updates"): a sweep over the columns then costs their number squared, not a visit to every value.
/// </remarks>
internal sealed class CurvatureMatrix
{
    private const int MostColumns = 128;
    private const int LeastShareFilled = 4;

    // A piece of every column stays in the second-level cache while all pairs are multiplied.
    private const int PieceLength = 512;

    private readonly double[] _values;
    private readonly double[] _matrix;
    private readonly double[] _products;
    private readonly double[] _weighted = new double[PieceLength];
    private readonly int _rows;
    private readonly int _columns;

    private CurvatureMatrix(ColumnStore columns)
    {
        (_rows, _columns) = (columns.RowCount, columns.ColumnCount);
        _values = new double[_rows * _columns];
        for (int column = 0; column < _columns; column++)
        {
            ReadOnlySpan<int> rows = columns.Rows(column);
            ReadOnlySpan<double> values = columns.Values(column);
            Span<double> target = _values.AsSpan(column * _rows, _rows);
            for (int i = 0; i < rows.Length; i++) target[rows[i]] = values[i];
        }
        _matrix = new double[Width * Width];
        _products = new double[Width];
    }

    /// <summary>Columns, and the intercept as the last.</summary>
    private int Width => _columns + 1;

    /// <summary>A matrix, if the table is one that it serves.</summary>
    public static CurvatureMatrix? For(ColumnStore columns)
    {
        long cells = (long)columns.RowCount * columns.ColumnCount;
        bool serves = columns.ColumnCount <= MostColumns && cells <= Array.MaxLength && columns.ValueCount >= cells / LeastShareFilled;
        return serves ? new CurvatureMatrix(columns) : null;
    }

    /// <summary>Computes the matrix for weights of the rows, and forgets all steps.</summary>
    /// <param name="curvatures">Second derivative of the loss at each row.</param>
    /// <param name="residuals">First derivative.</param>
    /// <param name="gradient">Receives the slope along each column.</param>
    public void Compute(ReadOnlySpan<double> curvatures, ReadOnlySpan<double> residuals, Span<double> gradient)
    {
        Array.Clear(_matrix);
        Array.Clear(_products);
        gradient.Clear();
        for (int start = 0; start < _rows; start += PieceLength)
        {
            int length = Math.Min(PieceLength, _rows - start);
            var weights = curvatures.Slice(start, length);
            _matrix[^1] += TensorPrimitives.Sum(weights);
            for (int column = 0; column < _columns; column++)
            {
                var values = Piece(column, start, length);
                var weighted = _weighted.AsSpan(0, length);
                TensorPrimitives.Multiply(values, weights, weighted);
                gradient[column] += TensorPrimitives.Dot(values, residuals.Slice(start, length));
                _matrix[_columns * Width + column] += TensorPrimitives.Sum<double>(weighted);
                for (int other = 0; other <= column; other++) _matrix[column * Width + other] += TensorPrimitives.Dot(weighted, Piece(other, start, length));
            }
        }
        for (int row = 0; row < Width; row++)
            for (int column = 0; column < row; column++) _matrix[column * Width + row] = _matrix[row * Width + column];
    }

    public double Diagonal(int column) => _matrix[column * Width + column];

    public double InterceptDiagonal => _matrix[^1];

    /// <summary>What the steps so far have added to a column's slope.</summary>
    public double Product(int column) => _products[column];

    public double InterceptProduct => _products[^1];

    /// <summary>Takes a step along a column.</summary>
    public void Step(int column, double delta) => Add(column, delta);

    public void StepIntercept(double delta) => Add(_columns, delta);

    /// <summary>How far a step along all columns moves each row's margin.</summary>
    public void Spread(ReadOnlySpan<double> step, double interceptStep, Span<double> moved)
    {
        moved.Fill(interceptStep);
        for (int start = 0; start < _rows; start += PieceLength)
        {
            var piece = moved.Slice(start, Math.Min(PieceLength, _rows - start));
            for (int column = 0; column < _columns; column++)
                if (step[column] != 0) TensorPrimitives.MultiplyAdd(Piece(column, start, piece.Length), step[column], piece, piece);
        }
    }

    private ReadOnlySpan<double> Piece(int column, int start, int length) => _values.AsSpan(column * _rows + start, length);

    private void Add(int column, double delta) =>
        TensorPrimitives.MultiplyAdd(_matrix.AsSpan(column * Width, Width), delta, _products, _products);
}
