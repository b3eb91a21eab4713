namespace Vedette.ML.Selection;

/// <summary>Rows to learn from and rows to judge by; both ascending, none in common.</summary>
public sealed record Fold(int[] Training, int[] Validation);

/// <summary>Divides rows into folds.</summary>
public static class CrossValidation
{
    /// <summary>Folds with the same share of each class, drawn at random. Not for rows in time: use <see cref="ExpandingWindow"/>.</summary>
    /// <param name="labels">0 or 1 per row.</param>
    /// <param name="folds">Number of folds, from 2 to the number of rows.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <returns>Folds whose validation parts hold each row once; their sizes differ by at most 2, and by at most 1 per class.</returns>
    /// <exception cref="ArgumentException">Too few rows, or a label neither 0 nor 1.</exception>
    public static Fold[] Stratified(ReadOnlySpan<float> labels, int folds, ulong seed)
    {
        Shape.CheckBinaryLabels(labels, labels.Length);
        if (folds < 2 || folds > labels.Length) throw new ArgumentException($"{labels.Length} rows cannot be divided into {folds} folds.", nameof(folds));
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new SeededRandom(seed).Shuffle<int>(order);
        int[] foldOf = new int[labels.Length];
        int dealt = 0;
        foreach (float label in (ReadOnlySpan<float>)[0, 1])
        {
            foreach (int row in order)
                if (labels[row] == label) foldOf[row] = dealt++ % folds;
        }
        var result = new Fold[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            result[fold] = new Fold(
                [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)],
                [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)]);
        }
        return result;
    }

    /// <summary>Folds for rows in order of time: each learns from all rows before those it is judged by.</summary>
    /// <param name="rowCount">Number of rows, oldest first.</param>
    /// <param name="folds">Number of folds, at least 1; the rows are cut into one part more, of nearly equal size.</param>
    /// <param name="gap">Rows left out between learning and judging, so that what overlaps in time cannot leak.</param>
    /// <exception cref="ArgumentException">Too few rows.</exception>
    public static Fold[] ExpandingWindow(int rowCount, int folds, int gap = 0)
    {
        if (folds < 1 || gap < 0 || (long)rowCount / (folds + 1L) <= gap)
            throw new ArgumentException($"{rowCount} rows cannot be divided into {folds} folds with gaps of {gap}.", nameof(rowCount));
        var result = new Fold[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int cut = (int)((long)rowCount * (fold + 1) / (folds + 1)), end = (int)((long)rowCount * (fold + 2) / (folds + 1));
            result[fold] = new Fold([.. Enumerable.Range(0, cut - gap)], [.. Enumerable.Range(cut, end - cut)]);
        }
        return result;
    }

    /// <summary>Evaluates each fold, on several threads; a fold's value does not depend on the others.</summary>
    /// <param name="folds">Folds to evaluate.</param>
    /// <param name="evaluate">Learns from a fold's training rows and judges by its validation rows.</param>
    /// <param name="maxThreads">Most threads; 0 for one per processor.</param>
    /// <param name="cancellation">Stops before the next fold.</param>
    /// <returns>One value per fold, in order.</returns>
    public static double[] Evaluate(IReadOnlyList<Fold> folds, Func<Fold, double> evaluate, int maxThreads = 0, CancellationToken cancellation = default)
    {
        double[] values = new double[folds.Count];
        Workers.For(folds.Count, maxThreads, index =>
        {
            if (!cancellation.IsCancellationRequested) values[index] = evaluate(folds[index]);
        });
        cancellation.ThrowIfCancellationRequested();
        return values;
    }
}
