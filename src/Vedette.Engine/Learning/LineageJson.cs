using System.Text.Json.Serialization;

namespace Vedette.Engine.Learning;

/// <summary>JSON of a model's lineage, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ModelLineage))]
internal sealed partial class LineageJson : JsonSerializerContext;
