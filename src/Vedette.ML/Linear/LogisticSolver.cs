namespace Vedette.ML.Linear;

/// <summary>Minimises the mean logistic loss plus penalties by proximal Newton steps, each solved by coordinate descent.</summary>
/// <remarks>
/// G.-X. Yuan, C.-H. Ho, C.-J. Lin, "An Improved GLMNET for L1-regularized Logistic Regression", JMLR 13, 2012, with an intercept that is not
/// penalised, an added L2 term and an optional bound at zero.
/// </remarks>
internal sealed class LogisticSolver
{
    private const int MaxSweeps = 200;
    private const int MaxHalvings = 40;
    // Keeps a column without curvature, e.g. of zeros alone, from dividing by zero.
    private const double MinCurvature = 1e-12;

    private readonly ColumnStore _columns;
    private readonly float[] _labels;
    private readonly LogisticRegressionOptions _options;
    private readonly double[] _rowWeights;
    private readonly double[] _margins;
    private readonly double[] _residuals;
    private readonly double[] _curvatures;
    private readonly double[] _moved;
    private readonly double[] _gradient;
    private readonly double[] _diagonal;
    private readonly double[] _step;

    // Where it serves, what a step has done so far is kept by columns in the matrix instead of by rows.
    private readonly CurvatureMatrix? _matrix;
    private double _interceptStep;
    private double _interceptGradient;
    private double _interceptDiagonal;

    public LogisticSolver(ColumnStore columns, ReadOnlySpan<float> labels, LogisticRegressionOptions options)
    {
        (_columns, _labels, _options) = (columns, labels.ToArray(), options);
        int rows = columns.RowCount;
        (_margins, _residuals, _curvatures, _moved) = (new double[rows], new double[rows], new double[rows], new double[rows]);
        (_gradient, _diagonal, _step) = (new double[columns.ColumnCount], new double[columns.ColumnCount], new double[columns.ColumnCount]);
        Weights = new double[columns.ColumnCount];
        _matrix = CurvatureMatrix.For(columns);
        (float negative, float positive) = ClassWeights.Of(options.Weighting, labels);
        _rowWeights = [.. _labels.Select(label => (label == 1 ? positive : negative) / (double)rows)];
    }

    public double[] Weights { get; }

    public double Intercept { get; private set; }

    /// <summary>Newton steps made.</summary>
    public int Iterations { get; private set; }

    public void Run(CancellationToken cancellation)
    {
        double positives = _labels.Sum();
        if (positives == 0 || positives == _labels.Length)
        {
            // One class alone: the best intercept is infinite. Half a row of each class is added instead.
            Intercept = Math.Log((positives + 0.5) / (_labels.Length - positives + 0.5));
            return;
        }
        double objective = Objective(0);
        while (Iterations < _options.MaxIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            Iterations++;
            double promised = FindStep();
            if (promised >= -_options.Tolerance * Math.Max(objective, 1e-9)) return;
            double length = 1, reached = Objective(1);
            for (int i = 0; i < MaxHalvings && !(reached <= objective + 0.01 * length * promised); i++)
            {
                length /= 2;
                reached = Objective(length);
            }
            if (!(reached < objective)) return;
            Move(length);
            objective = reached;
        }
    }

    /// <summary>Minimises the quadratic model around the present weights; returns the change of the objective that its slope promises, at most 0.</summary>
    private double FindStep()
    {
        Linearize();
        Array.Clear(_step);
        Array.Clear(_moved);
        _interceptStep = 0;
        double first = 0;
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double change = StepIntercept();
            for (int column = 0; column < Weights.Length; column++) change = Math.Max(change, StepColumn(column));
            if (sweep == 0) first = change;
            if (change <= 1e-8 * first) break;
        }
        _matrix?.Spread(_step, _interceptStep, _moved);
        double promised = _interceptGradient * _interceptStep;
        for (int column = 0; column < Weights.Length; column++)
        {
            promised += _gradient[column] * _step[column]
                + _options.L1 * (Math.Abs(Weights[column] + _step[column]) - Math.Abs(Weights[column]));
        }
        return promised;
    }

    private void Linearize()
    {
        for (int row = 0; row < _margins.Length; row++)
        {
            double p = Sigmoid(_margins[row]);
            _residuals[row] = _rowWeights[row] * (p - _labels[row]);
            _curvatures[row] = _rowWeights[row] * p * (1 - p);
        }
        if (_matrix is null) DeriveColumns();
        else _matrix.Compute(_curvatures, _residuals, _gradient);
        for (int column = 0; column < Weights.Length; column++)
        {
            if (_matrix is not null) _diagonal[column] = _matrix.Diagonal(column);
            _gradient[column] += _options.L2 * Weights[column];
            _diagonal[column] += _options.L2 + MinCurvature;
        }
        (_interceptGradient, _interceptDiagonal) = (_residuals.Sum(), MinCurvature + (_matrix?.InterceptDiagonal ?? _curvatures.Sum()));
    }

    private void DeriveColumns()
    {
        for (int column = 0; column < Weights.Length; column++)
        {
            ReadOnlySpan<int> rows = _columns.Rows(column);
            ReadOnlySpan<double> values = _columns.Values(column);
            double slope = 0, curvature = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                slope += values[i] * _residuals[rows[i]];
                curvature += values[i] * values[i] * _curvatures[rows[i]];
            }
            (_gradient[column], _diagonal[column]) = (slope, curvature);
        }
    }

    /// <summary>Returns how much the model fell, roughly.</summary>
    private double StepIntercept()
    {
        double slope = _interceptGradient + (_matrix?.InterceptProduct ?? InterceptProductOverRows());
        double delta = -slope / _interceptDiagonal;
        _interceptStep += delta;
        if (_matrix is not null) _matrix.StepIntercept(delta);
        else for (int row = 0; row < _moved.Length; row++) _moved[row] += delta;
        return delta * delta * _interceptDiagonal;
    }

    private double StepColumn(int column)
    {
        double slope = _gradient[column] + _options.L2 * _step[column] + (_matrix?.Product(column) ?? ProductOverRows(column));
        double curvature = _diagonal[column];
        double present = Weights[column] + _step[column];
        double free = present - slope / curvature;
        double threshold = _options.L1 / curvature;
        double next = free > threshold ? free - threshold : free < -threshold ? free + threshold : 0;
        if (_options.NonNegative && next < 0) next = 0;
        double delta = next - present;
        if (delta == 0) return 0;
        _step[column] += delta;
        if (_matrix is not null) _matrix.Step(column, delta);
        else MoveRows(column, delta);
        return delta * delta * curvature;
    }

    private double InterceptProductOverRows()
    {
        double product = 0;
        for (int row = 0; row < _moved.Length; row++) product += _curvatures[row] * _moved[row];
        return product;
    }

    private double ProductOverRows(int column)
    {
        ReadOnlySpan<int> rows = _columns.Rows(column);
        ReadOnlySpan<double> values = _columns.Values(column);
        double product = 0;
        for (int i = 0; i < rows.Length; i++) product += values[i] * _curvatures[rows[i]] * _moved[rows[i]];
        return product;
    }

    private void MoveRows(int column, double delta)
    {
        ReadOnlySpan<int> rows = _columns.Rows(column);
        ReadOnlySpan<double> values = _columns.Values(column);
        for (int i = 0; i < rows.Length; i++) _moved[rows[i]] += delta * values[i];
    }

    /// <summary>The objective after <paramref name="length"/> of the step.</summary>
    private double Objective(double length)
    {
        double sum = 0;
        for (int row = 0; row < _margins.Length; row++)
        {
            double margin = _margins[row] + length * _moved[row];
            double z = _labels[row] == 1 ? -margin : margin;
            sum += _rowWeights[row] * (Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
        }
        for (int column = 0; column < Weights.Length; column++)
        {
            double weight = Weights[column] + length * _step[column];
            sum += _options.L1 * Math.Abs(weight) + 0.5 * _options.L2 * weight * weight;
        }
        return sum;
    }

    private void Move(double length)
    {
        Intercept += length * _interceptStep;
        for (int column = 0; column < Weights.Length; column++) Weights[column] += length * _step[column];
        for (int row = 0; row < _margins.Length; row++) _margins[row] += length * _moved[row];
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
