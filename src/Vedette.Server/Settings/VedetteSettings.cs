using Vedette.Engine;
using Vedette.Server.Access;
using Vedette.Server.Alerts;
using Vedette.Server.Enforcement;
using Vedette.Server.Inputs;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Storage;

namespace Vedette.Server.Settings;

/// <summary>Everything that can be set, checked, with the origin of each value.</summary>
public sealed record VedetteSettings
{
    public EngineOptions Engine { get; init; } = new();

    public ServerOptions Server { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    public LoggingOptions Logging { get; init; } = new();

    public InputOptions Inputs { get; init; } = new();

    public ModelOptions Models { get; init; } = new();

    public AlertOptions Alerts { get; init; } = new();

    public EnforcementOptions Enforcement { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    /// <summary>True if everything is kept in files of a folder.</summary>
    public bool IsEmbedded => Storage.Folder is not null;

    /// <summary>Where files that are not the store's go: the store's folder, or <c>./data</c> beside a database.</summary>
    public string DataFolder => Storage.Folder ?? "./data";

    /// <summary>What they were read from; null if they were put together otherwise.</summary>
    internal SettingsSources? Sources { get; init; }

    /// <summary>Where each value that was set came from, by path (<c>Risk:High</c>): a file's name, a variable, <c>--port</c>, <c>stored</c>.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>Wrong values, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        string[] engine = [];
        try
        {
            Engine.Validate();
        }
        catch (ArgumentException e)
        {
            engine = e.Message.Split(Environment.NewLine);
        }
        foreach (string problem in engine.Concat(Server.Problems()).Concat(Access.Problems()).Concat(Logging.Problems()).Concat(Models.Problems()).Concat(Storage.Problems()).Concat(Inputs.Problems()).Concat(Alerts.Problems()).Concat(Enforcement.Problems())) yield return problem;
    }
}
