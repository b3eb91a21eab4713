namespace Vedette.Server.Models;

/// <summary>Where models are kept and when they are trained.</summary>
public sealed record ModelOptions
{
    /// <summary>Folder of the versions (MODEL_DIR). Empty (default): <c>models</c> in the data folder.</summary>
    public string Directory { get; init; } = "";

    /// <summary>One model file to use instead of the folder's active version (MODEL_PATH). Default none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Accepted for older set-ups (SCALER_PATH): a model file holds its scaling, so nothing is read from here.</summary>
    public string ScalerPath { get; init; } = "";

    /// <summary>Whether models are trained by themselves: after the warm-up, and when the traffic has moved away from what they learnt. Default true.</summary>
    public bool TrainAutomatically { get; init; } = true;

    /// <summary>Hours of labelled traffic that are simulated for the supervised models; 0 trains without labels. Default 24.</summary>
    public double SimulatedHours { get; init; } = 24;

    /// <summary>Versions kept. Default 10.</summary>
    public int Keep { get; init; } = 10;

    internal IEnumerable<string> Problems()
    {
        if (Path.Length > 0 && !File.Exists(Path)) yield return $"Models:Path (MODEL_PATH) is '{Path}'; there is no such file.";
        if (SimulatedHours is not (>= 0 and <= 1440)) yield return $"Models:SimulatedHours is {SimulatedHours}; it must be from 0 to 1440.";
        if (Keep is < 2 or > 1000) yield return $"Models:Keep is {Keep}; it must be from 2 to 1000.";
    }
}
