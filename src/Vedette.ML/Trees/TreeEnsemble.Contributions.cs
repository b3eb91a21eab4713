namespace Vedette.ML.Trees;

public sealed partial class TreeEnsemble
{
    /// <summary>Attributes one row's sum to features along the paths it takes (A. Saabas, 2014).</summary>
    /// <param name="row">One row of <see cref="FeatureCount"/> values.</param>
    /// <param name="contributions">Receives one number per feature; with the returned base they add up to the row's sum.</param>
    /// <returns>The base: the expectation over the training rows.</returns>
    /// <remarks>O(trees · depth). Splits near the root get less than their fair share.</remarks>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public double PathContributions(ReadOnlySpan<float> row, Span<double> contributions)
    {
        CheckContributions(row, contributions);
        contributions.Clear();
        double expected = _baseValue;
        for (int tree = 0; tree < TreeCount; tree++)
        {
            int index = _roots[tree];
            expected += _values[index];
            while (DistanceOf(_nodes[index]) != 0)
            {
                int child = Child(index, row);
                contributions[_columns[ColumnOf(_nodes[index])].Feature] += (double)_values[child] - _values[index];
                index = child;
            }
        }
        return expected;
    }

    private void CheckContributions(ReadOnlySpan<float> row, ReadOnlySpan<double> contributions)
    {
        if (row.Length != FeatureCount || contributions.Length != FeatureCount)
            throw new ArgumentException($"{row.Length} values and {contributions.Length} contributions are not one row of {FeatureCount} features.", nameof(row));
    }
}
