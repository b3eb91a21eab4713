namespace Vedette.Engine.Learning;

/// <summary>One stream's labelled windows, scaled to that stream and cut by time: to learn from, to calibrate on, to measure on.</summary>
internal sealed class LabelledStream
{
    public LabelledStream(LabelledWindows windows, double holdOut)
    {
        TrainingRows rows = windows.Judged;
        Source = windows.Source;
        int kept = (int)(rows.Count * (1 - holdOut)), calibrated = (rows.Count - kept) / 2;
        Raw = rows;
        Scale = FeatureScale.Fit(Ordinary(rows.Slice(0, kept)), WindowFeatures.Count);
        Training = Scaled(rows.Slice(0, kept));
        Calibration = Scaled(rows.Slice(kept, calibrated));
        Test = rows.Slice(kept + calibrated, rows.Count - kept - calibrated);
    }

    public string Source { get; }

    public FeatureScale Scale { get; }

    /// <summary>All rows, not scaled.</summary>
    public TrainingRows Raw { get; }

    public TrainingRows Training { get; }

    public TrainingRows Calibration { get; }

    /// <summary>Not scaled: what is measured is scaled as it will be when the models are at work.</summary>
    public TrainingRows Test { get; }

    private TrainingRows Scaled(TrainingRows rows)
    {
        var scaled = new TrainingRows(rows.Count);
        float[] row = new float[WindowFeatures.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            Scale.Apply(rows.Row(i), row);
            scaled.Add(row, rows.Labels[i]);
        }
        return scaled;
    }

    private static float[] Ordinary(TrainingRows rows)
    {
        var values = new List<float>((rows.Count - rows.AttackCount) * WindowFeatures.Count);
        for (int i = 0; i < rows.Count; i++)
            if (rows.Labels[i] == 0) values.AddRange(rows.Row(i));
        return values.Count > 0 ? [.. values] : rows.Values.ToArray();
    }
}
