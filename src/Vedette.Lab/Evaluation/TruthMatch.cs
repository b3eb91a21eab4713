using System.Globalization;
using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>Refuses labels that belong to another traffic: every figure made with them would be wrong, and none would look it.</summary>
internal static class TruthMatch
{
    /// <summary>Below this share of known actors the labels are taken for another traffic's. Not all need be there: logs lose lines, and a part of a log has part of its attackers.</summary>
    private const double LeastKnownActors = 0.5;

    /// <exception cref="InvalidDataException">The labels do not fit; the message says how.</exception>
    public static void Check(string name, IReadOnlyList<TruthRow> truth, WindowTable windows, (long First, long Last) span)
    {
        TruthRow[] during = [.. truth.Where(row => row.Overlaps(span.First, span.Last))];
        if (truth.Count > 0 && during.Length == 0)
            throw new InvalidDataException($"The truth belongs to another traffic: its rows are from {Time(truth.Min(static row => row.StartMicros))} to {Time(truth.Max(static row => row.EndMicros))}, "
                + $"the events of {name} from {Time(span.First)} to {Time(span.Last)}.");
        var known = new HashSet<NetworkAddress>();
        foreach (ref readonly CallerWindow window in windows.Windows) known.Add(window.Caller);
        // Labels that begin or end with the events are cut by them; their actors may all be in the part that is missing.
        string[] actors = [.. during.Where(row => row.IsAttack && row.StartMicros >= span.First && row.EndMicros <= span.Last).SelectMany(static row => row.Actors).Distinct(StringComparer.Ordinal)];
        string[] missing = [.. actors.Where(actor => CallerName.TryAddress(actor, out NetworkAddress caller) && !known.Contains(caller))];
        if (missing.Length > actors.Length * (1 - LeastKnownActors))
            throw new InvalidDataException($"The truth belongs to another traffic: {missing.Length} of the {actors.Length} addresses it blames send nothing in {name}, for example {missing[0]}. "
                + "Give the file that 'vedette simulate --truth' wrote beside these events.");
    }

    private static string Time(long micros) =>
        DateTime.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
