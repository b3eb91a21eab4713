using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Cli.Commands;

/// <summary>Judges a share of a chunk into a buffer of its own.</summary>
internal sealed class InspectWorker(RequestInspector inspector)
{
    /// <summary>Weaker scores are reported without their evidence.</summary>
    private const float MinExplained = 0.2f;

    /// <summary>Enough to tell apart what is nearly certain.</summary>
    private const int ScoreDigits = 6;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A body given as JSON may be nested on purpose; it is read as text, so depth costs little.</summary>
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 2048 };

    private readonly EventBatch _batch = new(1 << 16, 1);
    private InspectionScratch _scratch = new();

    public ArrayBufferWriter<byte> Output { get; } = new();

    public InspectCounts Counts { get; private set; }

    /// <summary>Judges lines <paramref name="from"/> to <paramref name="to"/> (exclusive) of the chunk, whose first line is number <paramref name="firstNumber"/>.</summary>
    public void Judge(LineChunkReader chunk, int from, int to, long firstNumber)
    {
        Output.ResetWrittenCount();
        Counts = default;
        using var writer = new Utf8JsonWriter(Output, Format);
        for (int i = from; i < to; i++)
        {
            var line = chunk[i];
            if (line.Span.StartsWith(ByteOrderMark)) line = line[ByteOrderMark.Length..];
            bool isTooLong = chunk.IsTooLong(i);
            if (!isTooLong && line.Span.Trim(" \t"u8).IsEmpty) continue;
            writer.Reset();
            if (isTooLong) WriteError(writer, firstNumber + i, $"longer than {LineChunkReader.MaxLineBytes >> 20} MiB");
            else Judge(writer, line, firstNumber + i);
            writer.Flush();
            Output.Write("\n"u8);
        }
    }

    private void Judge(Utf8JsonWriter writer, ReadOnlyMemory<byte> line, long number)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, Reading);
        }
        catch (JsonException e)
        {
            WriteError(writer, number, $"not JSON at byte {e.BytePositionInLine + 1}: {Reason(e)}");
            return;
        }
        using (document)
        {
            if (document.RootElement.ValueKind == JsonValueKind.Object) WriteVerdict(writer, document.RootElement);
            else WriteError(writer, number, "not a JSON object");
        }
    }

    /// <summary>The message without the place, which counts lines of its own.</summary>
    private static string Reason(JsonException e)
    {
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? e.Message : e.Message[..place];
    }

    private void WriteVerdict(Utf8JsonWriter writer, JsonElement row)
    {
        var request = RequestRow.AddTo(_batch, row);
        inspector.Inspect(_batch, request, ref _scratch, out var result);
        writer.WriteStartObject();
        writer.WritePropertyName("id"u8);
        if (row.TryGetProperty("id"u8, out var id)) WriteId(writer, JsonMarshal.GetRawUtf8Value(id));
        else writer.WriteNullValue();
        writer.WriteBoolean("is_attack"u8, result.IsAttack);
        writer.WriteNumber("score"u8, Math.Round((decimal)Math.Max(result.Score, result.Oddity), ScoreDigits));
        bool isTruncated = (result.Flags & InspectionFlags.Truncated) != 0;
        if (isTruncated) writer.WriteBoolean("truncated"u8, true);
        writer.WriteStartArray("categories"u8);
        if (result.IsAttack) WriteCategories(writer, result);
        writer.WriteEndArray();
        writer.WriteStartArray("matches"u8);
        if (result.Score >= MinExplained)
            foreach (var match in inspector.Explain(_batch, request, _scratch)) WriteMatch(writer, match);
        writer.WriteEndArray();
        writer.WriteEndObject();
        Counts = Counts.Plus(new InspectCounts(1, result.IsAttack ? 1 : 0, 0, isTruncated ? 1 : 0));
    }

    /// <summary>As it was sent; what is no UTF-8 with marks in its place, so that the row can be read.</summary>
    private static void WriteId(Utf8JsonWriter writer, ReadOnlySpan<byte> id)
    {
        if (Utf8.IsValid(id)) writer.WriteRawValue(id);
        else writer.WriteStringValue(Encoding.UTF8.GetString(id.Trim((byte)'"')));
    }

    /// <summary>The most probable class first.</summary>
    private static void WriteCategories(Utf8JsonWriter writer, in Inspection result)
    {
        writer.WriteStringValue(result.Main.Name());
        foreach (var payloadClass in Enum.GetValues<PayloadClass>())
            if (payloadClass != result.Main && (result.Classes & payloadClass.AsSet()) != 0) writer.WriteStringValue(payloadClass.Name());
    }

    private static void WriteMatch(Utf8JsonWriter writer, PayloadMatch match)
    {
        writer.WriteStartObject();
        writer.WriteString("where"u8, match.Where);
        writer.WriteString("rule"u8, match.Rule);
        writer.WriteString("text"u8, match.Text);
        writer.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter writer, long number, string error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line"u8, number);
        writer.WriteString("error"u8, error);
        writer.WriteEndObject();
        Counts = Counts.Plus(new InspectCounts(1, 0, 1, 0));
    }
}
