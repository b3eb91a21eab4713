using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>Which windows hold requests of an attack.</summary>
/// <param name="Values">Per window 1 for an attack, else 0.</param>
/// <param name="Rows">Per window the index of its attack's row in the truth, the first if there are several, or -1.</param>
public sealed record WindowLabels(float[] Values, int[] Rows)
{
    private const long MicrosPerMinute = 60_000_000;

    /// <summary>A window is an attack's if its caller is one of the attack's actors and the attack goes on in that minute.</summary>
    internal static WindowLabels Of(WindowTable windows, IReadOnlyList<TruthRow> truth)
    {
        Dictionary<NetworkAddress, List<int>> byActor = IndexByActor(truth);
        float[] values = new float[windows.Count];
        int[] rows = new int[windows.Count];
        ReadOnlySpan<CallerWindow> all = windows.Windows;
        for (int i = 0; i < all.Length; i++)
        {
            rows[i] = -1;
            if (!byActor.TryGetValue(all[i].Caller, out List<int>? candidates)) continue;
            long start = all[i].Minute * MicrosPerMinute;
            foreach (int row in candidates)
            {
                if (!truth[row].Overlaps(start, start + MicrosPerMinute - 1)) continue;
                (values[i], rows[i]) = (1, row);
                break;
            }
        }
        return new WindowLabels(values, rows);
    }

    private static Dictionary<NetworkAddress, List<int>> IndexByActor(IReadOnlyList<TruthRow> truth)
    {
        var index = new Dictionary<NetworkAddress, List<int>>();
        for (int row = 0; row < truth.Count; row++)
        {
            if (!truth[row].IsAttack) continue;
            foreach (string actor in truth[row].Actors)
            {
                if (!CallerName.TryAddress(actor, out NetworkAddress caller)) continue;
                if (!index.TryGetValue(caller, out List<int>? rows)) index.Add(caller, rows = []);
                rows.Add(row);
            }
        }
        return index;
    }
}
