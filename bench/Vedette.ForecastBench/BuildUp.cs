namespace Vedette.ForecastBench;

/// <summary>A failure that is known to build up.</summary>
/// <param name="Kind">What it is counted under.</param>
/// <param name="Start">Its first sign, microseconds.</param>
/// <param name="Failure">When it is a failure.</param>
/// <param name="End">When it is over.</param>
internal sealed record BuildUp(string Kind, long Start, long Failure, long End);
