using System.Text.Json;

namespace Vedette.Engine.Learning;

/// <summary>Where a set of models comes from and how good it is. Immutable.</summary>
public sealed record ModelLineage
{
    /// <summary>Name of the version; empty until a <see cref="ModelDirectory"/> has given one.</summary>
    public string Version { get; init; } = "";

    /// <summary>Version that was active when this one was trained; null if there was none.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was saved, as the host told; null if it was not.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Fingerprint of the names and order of all features: models of another schema are refused.</summary>
    public required string Schema { get; init; }

    /// <summary>Events the own samples were drawn from.</summary>
    public required long Events { get; init; }

    /// <summary>Event time of the first and the last of them; null if there were none.</summary>
    public required DateTimeOffset? From { get; init; }

    public required DateTimeOffset? To { get; init; }

    /// <summary>Own windows, requests and sequences learnt from.</summary>
    public required int Windows { get; init; }

    public required int Requests { get; init; }

    public required int Sequences { get; init; }

    /// <summary>Whether the own windows taught what is ordinary; if not, they were too few and the ordinary ones among the labelled stood in for them.</summary>
    public bool HasOwnOrdinary { get; init; }

    /// <summary>Labelled windows, and the attacks among them, by source.</summary>
    public required IReadOnlyList<LabelledSource> Labelled { get; init; }

    /// <summary>Metrics by model.</summary>
    public required IReadOnlyList<ModelMetrics> Metrics { get; init; }

    /// <summary>Settings that tuning chose, by model and setting.</summary>
    public required IReadOnlyDictionary<string, double> Settings { get; init; }

    /// <summary>The features supervised models read, most important first, with their share of the importance.</summary>
    public required IReadOnlyList<FeatureShare> Importance { get; init; }

    /// <summary>Writes it as a JSON object with names in snake case.</summary>
    public void WriteJson(Utf8JsonWriter json) => JsonSerializer.Serialize(json, this, LineageJson.Default.ModelLineage);
}

/// <summary>A source of labelled windows.</summary>
/// <param name="Source">Where they came from.</param>
/// <param name="Windows">How many.</param>
/// <param name="Attacks">Attacks among them.</param>
public sealed record LabelledSource(string Source, int Windows, int Attacks);

/// <summary>What a feature counts for.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Share">Its share of the importance of all, in [0, 1].</param>
public sealed record FeatureShare(string Name, double Share);
