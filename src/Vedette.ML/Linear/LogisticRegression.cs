using Vedette.ML.Files;

namespace Vedette.ML.Linear;

/// <summary>Logistic regression with L1 and L2 penalties, for dense and sparse rows: a probability whose every part can be shown.</summary>
/// <remarks>
/// See <see cref="LogisticSolver"/> for the method; convex, so neither seed nor order of the rows matters beyond rounding. A penalty treats all columns
/// alike: scale them first. NaN counts as 0. Fit is O(iterations · values that are not zero). Immutable once fitted; predicting is thread-safe.
/// </remarks>
public sealed class LogisticRegression : IBinaryClassifier
{
    private const string Kind = "logistic_regression/1";

    private readonly double[] _weights;

    private LogisticRegression(double[] weights, double intercept) => (_weights, Intercept) = (weights, intercept);

    public int FeatureCount => _weights.Length;

    /// <summary>One weight per column: log-odds per unit.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Log-odds of a row of zeros.</summary>
    public double Intercept { get; }

    /// <summary>Learns from dense rows.</summary>
    /// <param name="rows">Row-major, shape (rows, <paramref name="featureCount"/>), at least one row.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="featureCount">Columns per row.</param>
    /// <param name="options">Penalties and limits.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="ArgumentException">Shapes disagree, an infinite value, a label neither 0 nor 1, or options out of range; all problems are named.</exception>
    public static LogisticRegression Fit(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> labels, int featureCount, LogisticRegressionOptions options, CancellationToken cancellation = default)
    {
        Options.Check(options.Problems());
        Shape.CheckBinaryLabels(labels, Shape.RowCount(rows, featureCount));
        return Solve(ColumnStore.From(rows, featureCount), labels, options, cancellation);
    }

    /// <summary>Learns from sparse rows.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="options">Penalties and limits.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a label neither 0 nor 1, or options out of range; all problems are named.</exception>
    public static LogisticRegression Fit(
        SparseRows rows, ReadOnlySpan<float> labels, LogisticRegressionOptions options, CancellationToken cancellation = default)
    {
        Options.Check(options.Problems());
        if (rows.RowCount == 0) throw new ArgumentException("0 rows are too few; at least 1 is needed.", nameof(rows));
        Shape.CheckBinaryLabels(labels, rows.RowCount);
        return Solve(ColumnStore.From(rows), labels, options, cancellation);
    }

    public void PredictProbability(ReadOnlySpan<float> rows, Span<float> probabilities)
    {
        Shape.CheckResults(rows, FeatureCount, probabilities);
        for (int row = 0; row < probabilities.Length; row++)
        {
            double margin = Intercept;
            ReadOnlySpan<float> values = rows.Slice(row * FeatureCount, FeatureCount);
            for (int column = 0; column < values.Length; column++) margin += Part(column, values[column]);
            probabilities[row] = Sigmoid(margin);
        }
    }

    /// <summary>Predicts sparse rows.</summary>
    /// <param name="rows">Rows of <see cref="FeatureCount"/> columns.</param>
    /// <param name="probabilities">Receives one probability of class 1 per row, in [0, 1].</param>
    /// <exception cref="ArgumentException">The two shapes disagree.</exception>
    public void PredictProbability(SparseRows rows, Span<float> probabilities)
    {
        if (rows.FeatureCount != FeatureCount || rows.RowCount != probabilities.Length)
            throw new ArgumentException($"{rows.RowCount} rows of {rows.FeatureCount} are not {probabilities.Length} rows of {FeatureCount} features.", nameof(rows));
        for (int row = 0; row < probabilities.Length; row++) probabilities[row] = PredictSparse(rows.Columns(row), rows.Values(row));
    }

    /// <summary>Predicts one sparse row without allocating.</summary>
    /// <param name="columns">Columns that are not zero; one outside the model's range is left out.</param>
    /// <param name="values">Their values.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public float PredictSparse(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        if (columns.Length != values.Length) throw new ArgumentException($"{columns.Length} columns do not fit {values.Length} values.", nameof(values));
        double margin = Intercept;
        for (int i = 0; i < columns.Length; i++)
            if ((uint)columns[i] < (uint)_weights.Length) margin += Part(columns[i], values[i]);
        return Sigmoid(margin);
    }

    /// <summary>What each column adds to the log-odds; with <see cref="Intercept"/> the parts make the whole.</summary>
    /// <param name="row">One row.</param>
    /// <param name="contributions">Receives one value per column.</param>
    /// <exception cref="ArgumentException">A length differs from <see cref="FeatureCount"/>.</exception>
    public void Contributions(ReadOnlySpan<float> row, Span<double> contributions)
    {
        if (row.Length != FeatureCount || contributions.Length != FeatureCount)
            throw new ArgumentException($"{row.Length} values and {contributions.Length} places are not one row of {FeatureCount} features.", nameof(row));
        for (int column = 0; column < row.Length; column++) contributions[column] = Part(column, row[column]);
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(Intercept);
        writer.Write<double>(_weights);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, damaged, or implausible.</exception>
    public static LogisticRegression Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        double intercept = reader.ReadDouble();
        double[] weights = reader.ReadArray<double>();
        if (weights.Length == 0) throw new InvalidDataException("The model file holds no weight.");
        return new LogisticRegression(weights, intercept);
    });

    private static LogisticRegression Solve(ColumnStore columns, ReadOnlySpan<float> labels, LogisticRegressionOptions options, CancellationToken cancellation)
    {
        var solver = new LogisticSolver(columns, labels, options);
        solver.Run(cancellation);
        return new LogisticRegression(solver.Weights, solver.Intercept);
    }

    /// <summary>Clipped to the range of float, so that infinities of both signs cannot cancel to NaN.</summary>
    private double Part(int column, float value) => float.IsNaN(value) ? 0 : _weights[column] * Math.Clamp(value, float.MinValue, float.MaxValue);

    private static float Sigmoid(double z) => (float)(1 / (1 + Math.Exp(-z)));
}
