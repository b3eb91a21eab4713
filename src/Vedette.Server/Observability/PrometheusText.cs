using System.Globalization;
using System.Text;

namespace Vedette.Server.Observability;

/// <summary>Writes metrics in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16 << 10);

    /// <summary>Begins a metric; its samples follow.</summary>
    public PrometheusText Begin(string name, string type, string help)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    /// <summary>One sample.</summary>
    public PrometheusText Add(string name, double value, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        _text.Append(name);
        WriteLabels(labels);
        _text.Append(' ').Append(Format(value)).Append('\n');
        return this;
    }

    /// <summary>A metric with one sample and no labels.</summary>
    public PrometheusText Single(string name, string type, string help, double value) => Begin(name, type, help).Add(name, value);

    /// <summary>The samples of a histogram.</summary>
    public PrometheusText Add(string name, Histogram histogram, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        var extended = new (string Label, string Value)[labels.Length + 1];
        labels.CopyTo(extended);
        long count = 0;
        for (int i = 0; i <= Histogram.Bounds.Count; i++)
        {
            count += histogram.CountOf(i);
            extended[^1] = ("le", i < Histogram.Bounds.Count ? Format(Histogram.Bounds[i]) : "+Inf");
            Add(name + "_bucket", count, extended);
        }
        Add(name + "_sum", histogram.SumSeconds, labels);
        return Add(name + "_count", count, labels);
    }

    public override string ToString() => _text.ToString();

    private void WriteLabels(ReadOnlySpan<(string Label, string Value)> labels)
    {
        if (labels.IsEmpty) return;
        _text.Append('{');
        for (int i = 0; i < labels.Length; i++)
        {
            if (i > 0) _text.Append(',');
            _text.Append(labels[i].Label).Append("=\"");
            foreach (char c in labels[i].Value) _text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            _text.Append('"');
        }
        _text.Append('}');
    }

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
