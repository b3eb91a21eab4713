using Vedette.ML.Drift;

namespace Vedette.Engine.Learning;

/// <summary>Keeps an even selection of the windows of the last half to whole day, and compares it with what the models were trained on.</summary>
internal sealed class DriftWatch
{
    private const int Capacity = 4096;
    private const long HalfDayMicros = 12L * 3600 * 1_000_000;
    private const int MinWindows = 500;

    private ThinningReservoir<(float[] Row, float Score)> _current = new(Capacity);
    private ThinningReservoir<(float[] Row, float Score)> _before = new(Capacity);
    private long _since;

    public void Add(WindowRows windows, WindowScores scores)
    {
        for (int i = 0; i < windows.Count; i++)
        {
            if (!WindowScorer.IsJudged(windows.Row(i))) continue;
            long time = windows.Meta(i).Time;
            if (time - _since >= HalfDayMicros)
            {
                (_before, _current) = (_current, _before);
                _current.Clear();
                _since = time;
            }
            if (_current.WantsNext) _current.Offer((windows.Row(i).ToArray(), scores.Anomaly(i)));
            else _current.Skip();
        }
    }

    /// <summary>The comparison; null while too little was seen, or if the models saw no traffic of their own.</summary>
    public DriftReport? Compare(ModelSet models)
    {
        (float[] Row, float Score)[] recent = [.. _before.Items, .. _current.Items];
        if (models.Parts.Drift is null || recent.Length < MinWindows) return null;
        ColumnDrift[] columns = models.Parts.Drift.Compare(recent.SelectMany(static window => window.Row).ToArray());
        var scores = DriftReference.Fit([.. models.Parts.ConsensusNull.Select(static score => (float)score)], 1);
        double moved = Math.Max(0, scores.Compare([.. recent.Select(static window => window.Score)])[0].Psi - ByChance(models.Parts.ConsensusNull.Length, recent.Length));
        return new DriftReport(recent.Length, moved,
        [
            .. WindowFeatures.All.Zip(columns, static (feature, drift) => new FeatureDrift(feature.Name, drift.Psi))
                .OrderByDescending(static drift => drift.Psi).ThenBy(static drift => drift.Name, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The index that two samples of one population have on average: (bins - 1)·(1/n + 1/m), as B. Yurdakul shows ("Statistical Properties of Population Stability Index", 2018).</summary>
    private static double ByChance(int reference, int current) => (DriftReference.Bins - 1) * (1.0 / reference + 1.0 / current);
}
