using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Vedette.Cli.Traffic;

namespace Vedette.Cli.Reports;

/// <summary>A scan's report as one self-contained page: the form is built from <c>web/</c> and embedded, the data is written into it.</summary>
internal static class HtmlReport
{
    private const string Resource = "report.html";

    /// <summary>Where the form holds no data yet.</summary>
    private const string Slot = """<script type="application/json" id="vedette-data">null</script>""";

    /// <summary>True if the form was built into this program.</summary>
    public static bool IsAvailable => typeof(HtmlReport).Assembly.GetManifestResourceInfo(Resource) is not null;

    /// <exception cref="InvalidOperationException">The form is not in this program, or is not one.</exception>
    public static void Write(ScanReport report, TrafficTally traffic, Stream output)
    {
        (string head, string tail) = ReadForm();
        output.Write(Encoding.UTF8.GetBytes(head));
        output.Write("<script type=\"application/json\" id=\"vedette-data\">"u8);
        output.Write(Data(report, traffic).WrittenSpan);
        output.Write("</script>"u8);
        output.Write(Encoding.UTF8.GetBytes(tail));
        output.Flush();
    }

    private static ArrayBufferWriter<byte> Data(ScanReport report, TrafficTally traffic)
    {
        // The encoder writes <, > and & as escapes: no text of a log can end the script element or begin a comment in it.
        var encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = encoder })) HtmlReportData.Write(json, report, traffic);
        return buffer;
    }

    private static (string Head, string Tail) ReadForm()
    {
        using Stream form = typeof(HtmlReport).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The form of the HTML report was not built into this program: install Node 20 and build again.");
        using var reader = new StreamReader(form, Encoding.UTF8);
        string text = reader.ReadToEnd();
        int slot = text.IndexOf(Slot, StringComparison.Ordinal);
        return slot >= 0 ? (text[..slot], text[(slot + Slot.Length)..]) : throw new InvalidOperationException($"The form of the HTML report has no place for data ({Slot}).");
    }
}
