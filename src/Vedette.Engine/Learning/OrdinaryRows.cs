namespace Vedette.Engine.Learning;

/// <summary>Windows taken to be ordinary, scaled and cut by time.</summary>
internal sealed class OrdinaryRows
{
    private const int MinLater = 60;

    private OrdinaryRows(FeatureScale scale, float[] raw, float[] training, float[] later, WindowRows laterWindows) =>
        (Scale, RawTraining, Training, Later, LaterWindows) = (scale, raw, training, later, laterWindows);

    /// <summary>The scale under which the models will work.</summary>
    public FeatureScale Scale { get; }

    /// <summary>The rows learnt from, as they were.</summary>
    public float[] RawTraining { get; }

    /// <summary>The same, scaled.</summary>
    public float[] Training { get; }

    /// <summary>Later rows, scaled; the same ones again if there are too few to hold out.</summary>
    public float[] Later { get; }

    /// <summary>Those as windows, not scaled.</summary>
    public WindowRows LaterWindows { get; }

    public int Count => Training.Length / WindowFeatures.Count;

    /// <summary>The user's own windows; or, if there are none, the ordinary ones of labelled streams, each scaled to its stream.</summary>
    public static OrdinaryRows Of(WindowSample[] own, IReadOnlyList<LabelledStream> streams, double holdOut) => own.Length > 0 ? OfOwn(own, holdOut) : OfStreams(streams);

    private static OrdinaryRows OfOwn(WindowSample[] own, double holdOut)
    {
        int kept = (int)(own.Length * (1 - holdOut));
        WindowSample[] later = own.Length - kept >= MinLater ? own[kept..] : own;
        float[] raw = [.. own.Take(kept).SelectMany(static window => window.Row)];
        FeatureScale scale = FeatureScale.Fit(raw, WindowFeatures.Count);
        float[] laterRaw = [.. later.SelectMany(static window => window.Row)];
        var windows = new WindowRows();
        foreach (WindowSample window in later) window.Row.CopyTo(windows.Add(new WindowMeta { Key = window.Caller, Time = window.TimeMicros, Tokens = window.Tokens }));
        return new OrdinaryRows(scale, raw, Apply(scale, raw), Apply(scale, laterRaw), windows);
    }

    private static OrdinaryRows OfStreams(IReadOnlyList<LabelledStream> streams)
    {
        var raw = new List<float>();
        var training = new List<float>();
        var later = new List<float>();
        var windows = new WindowRows();
        foreach (LabelledStream stream in streams)
        {
            for (int i = 0; i < stream.Training.Count; i++)
            {
                if (stream.Training.Labels[i] == 1) continue;
                training.AddRange(stream.Training.Row(i));
                raw.AddRange(stream.RawTraining.Row(i));
            }
            for (int i = 0; i < stream.Calibration.Count; i++)
            {
                if (stream.Calibration.Labels[i] == 1) continue;
                later.AddRange(stream.Calibration.Row(i));
                stream.RawCalibration.Row(i).CopyTo(windows.Add(new WindowMeta()));
            }
        }
        float[] rows = [.. raw];
        FeatureScale scale = rows.Length == 0 ? FeatureScale.Fit(new float[WindowFeatures.Count], WindowFeatures.Count) : FeatureScale.Fit(rows, WindowFeatures.Count);
        return new OrdinaryRows(scale, rows, [.. training], later.Count >= MinLater * WindowFeatures.Count ? [.. later] : [.. training], windows);
    }

    private static float[] Apply(FeatureScale scale, float[] rows)
    {
        float[] scaled = new float[rows.Length];
        scale.Apply(rows, scaled);
        return scaled;
    }
}
