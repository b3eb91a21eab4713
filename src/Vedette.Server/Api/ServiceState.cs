using Vedette.Engine.Learning;
using Vedette.Server.Analysis;
using Vedette.Server.Ingestion;
using Vedette.Server.Models;

namespace Vedette.Server.Api;

/// <summary>What several calls tell about the server as a whole.</summary>
internal sealed class ServiceState(EventIntake intake, AnalysisLoop analysis, ModelKeeper keeper, ModelStates models, TimeProvider time)
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public static string Version { get; } = typeof(ServiceState).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>warmup, training, ensemble or waiting.</summary>
    public string Phase => keeper.Phase;

    /// <summary>Models that have a vote now.</summary>
    public IReadOnlyList<string> ActiveModels => models.Active;

    /// <summary>Seconds since each model in use was trained.</summary>
    public IEnumerable<KeyValuePair<string, double>> ModelAges()
    {
        if (keeper.Active is not { Lineage.CreatedAt: { } created } set) yield break;
        double age = Math.Max(0, (time.GetUtcNow() - created).TotalSeconds);
        foreach (string model in set.Ready)
            if (model != ModelNames.Signatures) yield return KeyValuePair.Create(model, age);
    }

    /// <summary>healthy, starting while stored traffic is replayed, or degraded while the store is away.</summary>
    public string Health => !intake.Health.IsUp ? "degraded" : analysis.State.Replayed < 1 ? "starting" : "healthy";

    /// <summary>Seconds between the latest event and now; 0 before the first.</summary>
    public double LagSeconds => analysis.State.LastEvent is { } last ? Math.Max(0, (time.GetUtcNow() - last).TotalSeconds) : 0;
}
