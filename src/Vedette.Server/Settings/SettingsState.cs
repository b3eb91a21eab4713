using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Storage.Control;

namespace Vedette.Server.Settings;

/// <summary>The settings in force, of which some can be changed while the server runs. Thread-safe.</summary>
internal sealed class SettingsState(VedetteSettings start, IControlStore store) : IDisposable
{
    private const string Name = "settings";

    private readonly SemaphoreSlim _changing = new(1);
    private readonly SettingsSources? _sources = start.Sources;
    private volatile VedetteSettings _current = start;

    /// <summary>Settings that take effect without a restart.</summary>
    public static IReadOnlyList<string> Changeable { get; } =
    [
        "Risk:Medium", "Risk:High", "Risk:Critical", "Risk:AlertsPerDay", "Incidents:IdleMinutes", "Incidents:NoiseIdleMinutes", "Incidents:MinAlike", "Allow", "Storage:MaxAge", "Storage:MaxBytes", "Models:TrainAutomatically", "Enforcement:Mode",
    ];

    public VedetteSettings Current => _current;

    /// <summary>Those of <see cref="Changeable"/> that neither environment nor command line has fixed.</summary>
    public IReadOnlyList<string> Writable => [.. Changeable.Where(path => !IsFixed(_current, path))];

    /// <summary>Called with new settings when they have been checked and stored.</summary>
    public Func<VedetteSettings, CancellationToken, ValueTask>? Changed { get; set; }

    /// <summary>Takes what was stored before; returns why it could not be taken, or null.</summary>
    public async ValueTask<string?> LoadAsync(CancellationToken cancellationToken)
    {
        if (_sources is null || await store.SettingAsync(Name, cancellationToken) is not { } stored) return null;
        try
        {
            _current = SettingsLoader.Load(_sources with { Stored = stored });
            if (Changed is not null) await Changed(_current, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is SettingsException or JsonException)
        {
            return e.Message;
        }
    }

    /// <summary>Changes some settings; the first part of the answer is what is wrong by path, empty if nothing.</summary>
    /// <exception cref="SettingsException">Values do not fit; the message says which, one a line.</exception>
    public async ValueTask<IReadOnlyList<string>> ChangeAsync(JsonObject change, CancellationToken cancellationToken)
    {
        string[] refused = [.. Leaves(change, "").Where(path => !Writable.Contains(path, StringComparer.OrdinalIgnoreCase))];
        if (refused.Length > 0 || _sources is null) return refused.Length > 0 ? refused : ["$"];
        await _changing.WaitAsync(cancellationToken);
        try
        {
            var tree = new SettingsTree();
            if (await store.SettingAsync(Name, cancellationToken) is { } stored && JsonNode.Parse(stored) is JsonObject before) tree.Add(before, "stored");
            tree.Add(change, "stored");
            string json = tree.Root.ToJsonString();
            VedetteSettings changed = SettingsLoader.Load(_sources with { Stored = json });
            await store.SaveSettingAsync(Name, json, cancellationToken);
            _current = changed;
            if (Changed is not null) await Changed(changed, cancellationToken);
            return [];
        }
        finally
        {
            _changing.Release();
        }
    }

    private static bool IsFixed(VedetteSettings settings, string path) =>
        settings.Origins.FirstOrDefault(origin => origin.Key.Equals(path, StringComparison.OrdinalIgnoreCase)).Value is { } origin
        && (origin == "command line" || origin.StartsWith("VEDETTE__", StringComparison.OrdinalIgnoreCase) || ShortNames.Paths.ContainsKey(origin));

    private static IEnumerable<string> Leaves(JsonObject section, string prefix)
    {
        foreach ((string name, JsonNode? value) in section)
        {
            string path = prefix.Length == 0 ? name : $"{prefix}:{name}";
            if (value is not JsonObject inner) yield return path;
            else
                foreach (string leaf in Leaves(inner, path)) yield return leaf;
        }
    }

    public void Dispose() => _changing.Dispose();
}
