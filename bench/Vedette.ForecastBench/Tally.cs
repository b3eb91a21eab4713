using System.Globalization;
using Vedette.Engine.Forecasting;

namespace Vedette.ForecastBench;

/// <summary>Adds up how one kind of traffic went.</summary>
internal sealed class Tally(string name)
{
    private readonly Dictionary<string, (int All, List<double> Leads)> _byKind = new(StringComparer.Ordinal);
    private readonly long[] _predictions = new long[10];
    private readonly double[] _predicted = new double[10];
    private readonly long[] _happened = new long[10];
    private readonly List<string> _falseAlarms = [];
    private double _days;
    private double _loss;
    private double _naiveLoss;
    private long _judged;
    private readonly List<double> _judgedLeads = [];
    private int _alarms;

    public IReadOnlyList<string> FalseAlarms => _falseAlarms;

    /// <summary>A build-up, and how many minutes before its failure it was foretold; null if it was not.</summary>
    public void AddBuildUp(string kind, double? lead)
    {
        foreach (string key in (string[])[kind, "all"])
        {
            (int all, List<double> leads) = _byKind.GetValueOrDefault(key, (0, []));
            if (lead is { } minutes) leads.Add(minutes);
            _byKind[key] = (all + 1, leads);
        }
    }

    public void AddAlarm(double? judgedLead, bool isFalse, string description)
    {
        _alarms++;
        if (judgedLead is { } lead) _judgedLeads.Add(lead);
        if (isFalse) _falseAlarms.Add(description);
    }

    public void AddRun(double days, IReadOnlyList<RouteForecast> forecasts)
    {
        _days += days;
        foreach (RouteForecast forecast in forecasts)
        {
            _judged += forecast.Judged;
            _loss += forecast.Brier * forecast.Judged;
            _naiveLoss += forecast.NaiveBrier * forecast.Judged;
            for (int i = 0; i < _predictions.Length; i++)
            {
                CalibrationBin bin = forecast.Calibration[i];
                _predictions[i] += bin.Predictions;
                _predicted[i] += bin.Predictions * bin.MeanPredicted;
                _happened[i] += bin.Happened;
            }
        }
    }

    public void Print(TextWriter output)
    {
        Line(output, $"## {name}");
        output.WriteLine();
        Line(output, $"{_days:0} days, {_alarms} alarms, {_judgedLeads.Count} followed by a failure as the engine judges it (median lead {(_judgedLeads.Count == 0 ? 0 : Median(_judgedLeads)):0.0} min), {_falseAlarms.Count} false: {_falseAlarms.Count / _days:0.00} a day. Brier score {_loss / Math.Max(1, _judged):0.00000}, naive {_naiveLoss / Math.Max(1, _judged):0.00000}.");
        output.WriteLine();
        if (_byKind.Count > 0)
        {
            output.WriteLine("| build-ups | all | foretold | median lead, min | with 0 for those missed | foretold 5 min ahead |");
            output.WriteLine("|---|--:|--:|--:|--:|--:|");
            foreach ((string kind, (int all, List<double> leads)) in _byKind.OrderBy(static k => k.Key == "all").ThenBy(static k => k.Key, StringComparer.Ordinal))
                Line(output, $"| {kind} | {all} | {leads.Count} | {(leads.Count == 0 ? "–" : Median(leads).ToString("0.0", CultureInfo.InvariantCulture))} | {Median([.. leads, .. new double[all - leads.Count]]):0.0} | {leads.Count(static l => l >= 5)} |");
            output.WriteLine();
        }
        output.WriteLine("| predicted | judged | mean | happened |");
        output.WriteLine("|---|--:|--:|--:|");
        for (int i = 0; i < _predictions.Length; i++)
            if (_predictions[i] > 0) Line(output, $"| {i * 10}–{i * 10 + 10}% | {_predictions[i]} | {_predicted[i] / _predictions[i]:0.000} | {(double)_happened[i] / _predictions[i]:0.000} |");
        output.WriteLine();
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
