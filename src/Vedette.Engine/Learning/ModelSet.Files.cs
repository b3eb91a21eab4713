using System.Text.Json;
using Vedette.ML.Drift;
using Vedette.ML.Files;
using Vedette.ML.Forests;

namespace Vedette.Engine.Learning;

/// <summary>A set of models as one file.</summary>
public sealed partial class ModelSet
{
    private const string Kind = "model_set/1";
    private const int MaxModels = 32;

    /// <summary>Writes all models as one <see cref="ModelFile"/>, with a checksum.</summary>
    public void Save(Stream stream) => ModelFile.Write(stream, Kind, writer =>
    {
        writer.Write(Lineage.Schema);
        writer.Write(JsonSerializer.Serialize(Lineage, LineageJson.Default.ModelLineage));
        Parts.Scale.Write(writer);
        writer.Write(Parts.WindowModels.Count);
        foreach (WindowModel model in Parts.WindowModels) model.Write(writer);
        Parts.Usage.Write(writer);
        WriteOptional(writer, Parts.Failure is null ? null : Parts.Failure.Save);
        Parts.Vocabulary.Write(writer);
        writer.Write(Parts.SequenceModels.Count);
        foreach (SequenceModel model in Parts.SequenceModels) model.Write(writer);
        writer.Write(Parts.Requests is not null);
        Parts.Requests?.Write(writer);
        WriteOptional(writer, Parts.Drift is null ? null : Parts.Drift.Save);
        writer.Write<double>(Parts.ConsensusNull);
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of another program version, or damaged; the message says which.</exception>
    public static ModelSet Load(Stream stream) => ModelFile.Read(stream, Kind, reader =>
    {
        string schema = reader.ReadString();
        if (schema != Schema) throw new InvalidDataException($"The models were trained on other features ({schema}) than this program has ({Schema}); train again.");
        ModelLineage lineage = ReadLineage(reader.ReadString());
        FeatureScale scale = FeatureScale.Read(reader, WindowFeatures.Count);
        var models = new WindowModel[reader.ReadInt32(0, MaxModels)];
        for (int i = 0; i < models.Length; i++) models[i] = WindowModel.Read(reader, WindowFeatures.Count);
        UsageClasses usage = UsageClasses.Read(reader);
        RandomForestClassifier? failure = ReadOptional(reader, RandomForestClassifier.Load);
        if (failure is not null && failure.FeatureCount != WindowFeatures.BasicCount) throw new InvalidDataException("The model file's forest of failures does not fit the basic features.");
        Vocabulary vocabulary = Vocabulary.Read(reader);
        var sequences = new SequenceModel[reader.ReadInt32(0, 2)];
        for (int i = 0; i < sequences.Length; i++) sequences[i] = SequenceModel.Read(reader, vocabulary.TokenCount);
        RequestModels? requests = reader.ReadBoolean() ? RequestModels.Read(reader) : null;
        DriftReference? drift = ReadOptional(reader, DriftReference.Load);
        double[] consensus = reader.ReadArray<double>();
        if (consensus.Length < 10 || (drift is not null && drift.FeatureCount != WindowFeatures.Count)) throw new InvalidDataException("The model file's reference does not fit the window features.");
        var parts = new ModelParts
        {
            Scale = scale,
            WindowModels = models,
            Usage = usage,
            Failure = failure,
            Vocabulary = vocabulary,
            SequenceModels = sequences,
            Requests = requests,
            Drift = drift,
            ConsensusNull = consensus,
        };
        return new ModelSet(parts, lineage);
    });

    private static ModelLineage ReadLineage(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LineageJson.Default.ModelLineage) ?? throw new InvalidDataException("The model file's lineage is empty.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The model file's lineage cannot be read: {problem.Message}", problem);
        }
    }

    private static void WriteOptional(ModelWriter writer, Action<Stream>? save)
    {
        writer.Write(save is not null);
        if (save is not null) writer.WriteNested(save);
    }

    private static T? ReadOptional<T>(ModelReader reader, Func<Stream, T> load) where T : class => reader.ReadBoolean() ? reader.ReadNested(load) : null;
}
