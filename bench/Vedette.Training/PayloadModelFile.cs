using System.Text.Encodings.Web;
using System.Text.Json;
using Vedette.Engine.Signatures;

namespace Vedette.Training;

/// <summary>Writes a payload model as the engine reads it, with where it came from.</summary>
internal static class PayloadModelFile
{
    public static void Write(string file, PayloadModel model, IReadOnlyDictionary<string, object> lineage)
    {
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteNumber("version", PayloadModel.Version);
        writer.WritePropertyName("lineage");
        JsonSerializer.Serialize(writer, lineage);
        writer.WriteStartObject("bias");
        foreach (var payloadClass in Classes) writer.WriteNumber(payloadClass.Name(), Round(model.Bias(payloadClass)));
        writer.WriteEndObject();
        writer.WriteStartObject("rules");
        foreach (var rule in Rules.All.Where(rule => !rule.IsContext)) writer.WriteNumber(rule.Id, Round(model.Weight(rule)));
        writer.WriteEndObject();
        writer.WriteStartObject("context");
        foreach (var rule in Rules.All.Where(rule => rule.IsContext))
        {
            writer.WriteStartObject(rule.Id);
            foreach (var payloadClass in Classes)
                if (Round(model.Context(rule, payloadClass)) is not 0 and var weight) writer.WriteNumber(payloadClass.Name(), weight);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static IEnumerable<PayloadClass> Classes => Enum.GetValues<PayloadClass>().Where(payloadClass => payloadClass != PayloadClass.None);

    /// <summary>Three decimals: more would only make the file's changes hard to read.</summary>
    private static decimal Round(float weight) => Math.Round((decimal)weight, 3);
}
