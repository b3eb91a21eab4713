using Microsoft.Extensions.Logging;
using Vedette.Engine;
using Vedette.Server.Analysis;
using Vedette.Server.Api;
using Vedette.Storage.Control;

namespace Vedette.Server.Models;

/// <summary>How many false alarms a day the engine's thresholds allow: the setting, moved by what people said about the alarms of the last week. Thread-safe.</summary>
/// <remarks>
/// The setting is multiplied by (2 + confirmed) / (2 + false positives), but never by less than a tenth or more than two: a week of false alarms makes detection stricter, a week of confirmed ones looser,
/// and neither silences it.
/// </remarks>
internal sealed partial class AlertAllowance
{
    private const double Prior = 2;
    private const double Least = 0.1;
    private const double Most = 2;
    private const double MostPerDay = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly Verdicts _verdicts;
    private readonly AnalysisLoop _analysis;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertAllowance> _logger;
    private EngineOptions _options;

    public AlertAllowance(EngineOptions options, Verdicts verdicts, AnalysisLoop analysis, TimeProvider time, ILogger<AlertAllowance> logger)
    {
        (_options, _verdicts, _analysis, _time, _logger) = (options, verdicts, analysis, time, logger);
        verdicts.Changed = Review;
    }

    /// <summary>What the setting is multiplied by at present.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>False alarms a day that the thresholds allow at present: the setting times <see cref="Factor"/>.</summary>
    public double PerDay
    {
        get
        {
            lock (_lock) return Math.Min(MostPerDay, _options.Risk.AlertsPerDay * Factor);
        }
    }

    /// <summary>Puts changed settings to work, with what people said.</summary>
    public void Use(EngineOptions options)
    {
        lock (_lock)
        {
            _options = options;
            Apply();
        }
    }

    /// <summary>Looks at the verdicts again: there are new ones, or old ones have lapsed.</summary>
    public void Review()
    {
        lock (_lock)
        {
            double factor = FactorOf(_verdicts.All, _time.GetUtcNow());
            if (factor == Factor) return;
            Factor = factor;
            Apply();
            LogMoved(PerDay, _options.Risk.AlertsPerDay);
        }
    }

    internal static double FactorOf(IReadOnlyList<FeedbackRecord> verdicts, DateTimeOffset now)
    {
        double confirmed = 0, wrong = 0;
        foreach (FeedbackRecord feedback in verdicts)
        {
            if (now - feedback.Time > Memory) continue;
            if (feedback.Verdict == "confirmed") confirmed++;
            else if (feedback.Verdict == "false_positive") wrong++;
        }
        return Math.Clamp((Prior + confirmed) / (Prior + wrong), Least, Most);
    }

    /// <summary>Not waited for: at the start the loop that answers is not running yet.</summary>
    private void Apply()
    {
        EngineOptions options = _options;
        var risk = options.Risk with { AlertsPerDay = PerDay };
        _ = _analysis.AskAsync(engine => engine.Reconfigure(risk, options.Incidents, options.Allow), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "By the verdicts of the last week {Allowed:0.##} false alarms a day are allowed; the setting is {Setting}.")]
    private partial void LogMoved(double allowed, double setting);
}
