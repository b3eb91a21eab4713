namespace Vedette.Server.Live;

/// <summary>The figures of one second.</summary>
/// <param name="Time">Its end.</param>
/// <param name="RequestsPerSecond">Events analysed in it.</param>
/// <param name="ErrorsPerSecond">Those of them with status 400 or above.</param>
/// <param name="AnomaliesPerSecond">Anomalies found in it.</param>
/// <param name="TotalRequests">Events since the start.</param>
/// <param name="TotalAnomalies">Anomalies since the start.</param>
/// <param name="Phase">warmup, training, ensemble or waiting.</param>
/// <param name="LagSeconds">Age of the latest event.</param>
/// <param name="LiveClients">Live readers connected.</param>
public sealed record LiveStats(DateTimeOffset Time, long RequestsPerSecond, long ErrorsPerSecond, long AnomaliesPerSecond, long TotalRequests, long TotalAnomalies, string Phase, double LagSeconds, int LiveClients);

/// <summary>A change of phase.</summary>
/// <param name="Phase">warmup, training, ensemble or waiting.</param>
public sealed record LivePhase(string Phase);
