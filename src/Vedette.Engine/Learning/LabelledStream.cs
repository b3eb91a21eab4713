namespace Vedette.Engine.Learning;

/// <summary>One stream's labelled windows, scaled to that stream and cut by time: to learn from, to calibrate on, to measure on.</summary>
internal sealed class LabelledStream
{
    /// <param name="windows">The windows.</param>
    /// <param name="holdOut">Share of them, the latest, that are held out.</param>
    /// <param name="most">Windows to learn from at most; the scale is that of all.</param>
    public LabelledStream(LabelledWindows windows, double holdOut, int most)
    {
        TrainingRows rows = windows.Judged;
        Source = windows.Source;
        int kept = (int)(rows.Count * (1 - holdOut)), calibrated = (rows.Count - kept) / 2;
        Raw = rows;
        Scale = FeatureScale.Fit(Ordinary(rows.Slice(0, kept)), WindowFeatures.Count);
        RawTraining = rows.Slice(0, kept).Thin(most);
        RawCalibration = rows.Slice(kept, calibrated);
        Training = Scaled(RawTraining);
        Calibration = Scaled(RawCalibration);
        Test = rows.Slice(kept + calibrated, rows.Count - kept - calibrated);
    }

    public string Source { get; }

    public FeatureScale Scale { get; }

    /// <summary>All rows, not scaled.</summary>
    public TrainingRows Raw { get; }

    public TrainingRows RawTraining { get; }

    public TrainingRows RawCalibration { get; }

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
        if (rows.AttackCount == rows.Count) return rows.Values.ToArray();
        float[] values = new float[(rows.Count - rows.AttackCount) * WindowFeatures.Count];
        int at = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows.Labels[i] != 0) continue;
            rows.Row(i).CopyTo(values.AsSpan(at));
            at += WindowFeatures.Count;
        }
        return values;
    }
}
