namespace Vedette.ML.Trees;

public sealed partial class TreeEnsemble
{
    /// <summary>Attributes one row's sum to features by their Shapley values.</summary>
    /// <param name="row">One row of <see cref="FeatureCount"/> values.</param>
    /// <param name="contributions">Receives one number per feature; with the returned base they add up to the row's sum.</param>
    /// <returns>The base: the expectation over the training rows.</returns>
    /// <remarks>
    /// S. M. Lundberg et al., "From local explanations to global understanding with explainable AI for trees", Nature Machine Intelligence 2, 2020, path-dependent
    /// TreeSHAP: an unknown feature lets rows pass in the proportion of the training rows. O(trees · leaves · depth²), so for boosters and shallow forests; for deep
    /// forests <see cref="PathContributions"/> is quick and nearly as good.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public double ShapContributions(ReadOnlySpan<float> row, Span<double> contributions)
    {
        CheckContributions(row, contributions);
        contributions.Clear();
        double expected = _baseValue;
        int deepest = _depths.Length == 0 ? 0 : _depths.Max();
        // A path of d elements leaves the space behind it to its children, which are one longer each.
        var space = new ShapleyPath.Element[(deepest + 2) * (deepest + 3) / 2];
        for (int tree = 0; tree < TreeCount; tree++)
        {
            expected += _values[_roots[tree]];
            Descend(_roots[tree], row, contributions, space, 0, 1, 1, -1);
        }
        return expected;
    }

    private void Descend(
        int index, ReadOnlySpan<float> row, Span<double> contributions, Span<ShapleyPath.Element> path, int last, double unknown, double known, int feature)
    {
        ShapleyPath.Extend(path, last, unknown, known, feature);
        int distance = DistanceOf(_nodes[index]);
        if (distance == 0)
        {
            for (int i = 1; i <= last; i++)
                contributions[path[i].Feature] += ShapleyPath.UnwoundSum(path, last, i) * (path[i].Known - path[i].Unknown) * _values[index];
            return;
        }
        int split = _columns[ColumnOf(_nodes[index])].Feature;
        int taken = Child(index, row);
        int other = 2 * (index + distance) + 1 - taken;
        double incomingUnknown = 1, incomingKnown = 1;
        for (int i = 1; i <= last; i++)
        {
            if (path[i].Feature != split) continue;
            (incomingUnknown, incomingKnown) = (path[i].Unknown, path[i].Known);
            ShapleyPath.Unwind(path, last, i);
            last--;
            break;
        }
        DescendCopy(taken, CoverShare(taken, other), incomingKnown, incomingUnknown, row, contributions, path, last, split);
        DescendCopy(other, CoverShare(other, taken), 0, incomingUnknown, row, contributions, path, last, split);
    }

    private void DescendCopy(
        int child, double share, double known, double incomingUnknown, ReadOnlySpan<float> row, Span<double> contributions,
        Span<ShapleyPath.Element> path, int last, int split)
    {
        // A branch that no row takes, known or unknown, weighs nothing.
        if (share * incomingUnknown == 0 && known == 0) return;
        var copy = path[(last + 1)..];
        path[..(last + 1)].CopyTo(copy);
        Descend(child, row, contributions, copy, last + 1, share * incomingUnknown, known, split);
    }

    private double CoverShare(int child, int sibling)
    {
        double sum = (double)_covers[child] + _covers[sibling];
        return sum > 0 ? _covers[child] / sum : 0.5;
    }
}
