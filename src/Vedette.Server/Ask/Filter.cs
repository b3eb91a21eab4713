using System.Globalization;
using System.Text;

namespace Vedette.Server.Ask;

/// <summary>What a question asks for, as conditions on named fields. The order of the fields is fixed, so equal filters have equal texts.</summary>
public sealed class Filter
{
    /// <summary>Fields in the order they are written; nothing else is a field.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "subject", "kind", "priority", "level", "min_risk", "min_confidence", "max_confidence", "type", "method", "endpoint", "status", "client_ip", "user", "user_agent", "usage_class", "verdict", "outcome", "is_new", "min_duration_ms",
        "max_duration_ms", "min_error_rate", "min_failure_probability", "last", "from", "to", "compare", "measure", "by", "sort", "limit",
    ];

    private readonly SortedDictionary<int, string> _values = [];

    /// <summary>Value of a field, or null.</summary>
    public string? this[string field]
    {
        get => _values.GetValueOrDefault(IndexOf(field));
        set
        {
            if (value is null) _values.Remove(IndexOf(field));
            else _values[IndexOf(field)] = value;
        }
    }

    public bool Has(string field) => _values.ContainsKey(IndexOf(field));

    /// <summary>Fields with their values, in order.</summary>
    public IEnumerable<(string Field, string Value)> Conditions => _values.Select(static pair => (Fields[pair.Key], pair.Value));

    /// <summary>A number of a field that has one.</summary>
    public double? Number(string field) => double.TryParse(this[field], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">A field is not known; the message names it.</exception>
    public static Filter Parse(string text)
    {
        var filter = new Filter();
        foreach (string part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string field = equals < 0 ? part : part[..equals];
            if (!Fields.Contains(field)) throw new FormatException($"'{field}' is no field of a filter; there are {string.Join(", ", Fields)}.");
            filter[field] = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
        }
        return filter;
    }

    /// <summary>The filter as a query: <c>subject=endpoints&amp;last=10m</c>. Only what would be ambiguous is escaped.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string field, string value) in Conditions)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(field).Append('=').Append(value.Replace("%", "%25", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal));
        }
        return text.ToString();
    }

    private static int IndexOf(string field)
    {
        for (int i = 0; i < Fields.Count; i++)
            if (Fields[i] == field) return i;
        throw new ArgumentException($"'{field}' is no field of a filter.", nameof(field));
    }
}
