using Vedette.Engine.Events;

namespace Vedette.Lab.Evaluation;

/// <summary>The static rules' alerts as a person would get them: windows of one caller with less than an hour between them are one alert.</summary>
internal static class StaticAlerts
{
    private const int IdleMinutes = 60;
    private const long MicrosPerMinute = 60_000_000;

    /// <summary>The factor on all thresholds at which each attack is still found: the best score of one of its actors within its time, half an hour allowed.</summary>
    public static float[] ScoresOfAttacks(EvaluatedTraffic traffic, float[] scores)
    {
        TruthRow[] attacks = [.. traffic.Truth.Where(static row => row.IsAttack)];
        Dictionary<NetworkAddress, List<int>> windows = ByCaller(traffic.Windows);
        float[] best = new float[attacks.Length];
        for (int i = 0; i < attacks.Length; i++)
        {
            foreach (string actor in attacks[i].Actors)
            {
                if (!CallerName.TryAddress(actor, out NetworkAddress caller) || !windows.TryGetValue(caller, out List<int>? own)) continue;
                foreach (int window in own)
                    if (IsDuring(attacks[i], traffic.Windows.Windows[window].Minute)) best[i] = Math.Max(best[i], scores[window]);
            }
        }
        return best;
    }

    /// <summary>Alerts about callers who attack nobody at that time, with all thresholds multiplied by <paramref name="factor"/>.</summary>
    public static int CountFalse(EvaluatedTraffic traffic, float[] scores, float factor)
    {
        ILookup<NetworkAddress, TruthRow> attacks = traffic.Truth.Where(static row => row.IsAttack)
            .SelectMany(static row => row.Actors.Select(actor => (IsAddress: CallerName.TryAddress(actor, out NetworkAddress caller), Caller: caller, Row: row)))
            .Where(static pair => pair.IsAddress).ToLookup(static pair => pair.Caller, static pair => pair.Row);
        int alerts = 0;
        foreach ((NetworkAddress caller, List<int> windows) in ByCaller(traffic.Windows))
        {
            long[] minutes = [.. windows.Where(window => scores[window] >= factor).Select(window => traffic.Windows.Windows[window].Minute).Order()];
            for (int start = 0; start < minutes.Length;)
            {
                int end = start + 1;
                while (end < minutes.Length && minutes[end] - minutes[end - 1] <= IdleMinutes) end++;
                (long first, long last) = (minutes[start], minutes[end - 1]);
                if (!attacks[caller].Any(row => row.Overlaps(first * MicrosPerMinute - CampaignScore.SlackMicros, (last + 1) * MicrosPerMinute + CampaignScore.SlackMicros))) alerts++;
                start = end;
            }
        }
        return alerts;
    }

    private static bool IsDuring(TruthRow row, long minute) => row.Overlaps(minute * MicrosPerMinute - CampaignScore.SlackMicros, (minute + 1) * MicrosPerMinute + CampaignScore.SlackMicros);

    private static Dictionary<NetworkAddress, List<int>> ByCaller(WindowTable windows)
    {
        var index = new Dictionary<NetworkAddress, List<int>>();
        ReadOnlySpan<CallerWindow> all = windows.Windows;
        for (int i = 0; i < all.Length; i++)
        {
            if (!index.TryGetValue(all[i].Caller, out List<int>? own)) index.Add(all[i].Caller, own = []);
            own.Add(i);
        }
        return index;
    }
}
