using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Lab.Evaluation;

/// <summary>How early failures are foretold.</summary>
/// <remarks>
/// A failure's label runs from its first sign to its outage. It is foretold if a failure_predicted incident was raised in that time; the lead is from there to the
/// outage. A failure_predicted incident that was raised while nothing failed or was about to fail, half an hour allowed, is a false alarm; one that comes too late is neither.
/// </remarks>
/// <param name="Failures">Labelled failures that showed signs.</param>
/// <param name="LeadMinutes">One lead per failure that was foretold, ascending.</param>
/// <param name="FalseAlarms">Predictions of nothing.</param>
/// <param name="Days">Length of the traffic.</param>
public sealed record FailureScore(int Failures, IReadOnlyList<double> LeadMinutes, int FalseAlarms, double Days)
{
    /// <summary>Median of <see cref="LeadMinutes"/>; null if nothing was foretold.</summary>
    public double? MedianLeadMinutes =>
        LeadMinutes.Count == 0 ? null : (LeadMinutes[(LeadMinutes.Count - 1) / 2] + LeadMinutes[LeadMinutes.Count / 2]) / 2;

    public double FalseAlarmsPerDay => FalseAlarms / Days;

    public static FailureScore Of(IReadOnlyList<EvaluatedTraffic> traffics)
    {
        FailureScore[] each = [.. traffics.Select(static traffic => Of(traffic.Truth, traffic.Incidents, traffic.Days))];
        return new FailureScore(each.Sum(static s => s.Failures), [.. each.SelectMany(static s => s.LeadMinutes).Order()], each.Sum(static s => s.FalseAlarms), each.Sum(static s => s.Days));
    }

    internal static FailureScore Of(IReadOnlyList<TruthRow> truth, IReadOnlyList<Incident> incidents, double days)
    {
        long[] raised = [.. incidents.Where(static incident => incident.Type == IncidentType.FailurePredicted).Select(static incident => CampaignScore.Micros(incident.DetectedAt))];
        TruthRow[] failures = [.. truth.Where(static row => row.Type == IncidentType.FailurePredicted.Name())];
        TruthRow[] faults = [.. truth.Where(static row => row.IsFault)];
        var leads = new List<double>();
        foreach (TruthRow failure in failures)
        {
            long[] inTime = [.. raised.Where(time => failure.Overlaps(time, time))];
            if (inTime.Length > 0) leads.Add((failure.EndMicros - inTime.Min()) / 60e6);
        }
        int wrong = raised.Count(time => !faults.Any(fault => fault.Overlaps(time - CampaignScore.SlackMicros, time + CampaignScore.SlackMicros)));
        return new FailureScore(failures.Length, [.. leads.Order()], wrong, days);
    }
}
