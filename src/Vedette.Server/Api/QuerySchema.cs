using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Vedette.Storage;

namespace Vedette.Server.Api;

/// <summary>The parameters an endpoint takes in its query string: checks requests and documents itself.</summary>
internal sealed class QuerySchema(params IReadOnlyList<QueryParameter> parameters)
{
    public static QuerySchema None { get; } = new();

    /// <summary>First and last time.</summary>
    public static IReadOnlyList<QueryParameter> Times { get; } =
    [
        QueryParameter.Time("from", "First time, RFC 3339."),
        QueryParameter.Time("to", "Time after the last, RFC 3339."),
    ];

    /// <summary>Parts of a list.</summary>
    public static IReadOnlyList<QueryParameter> Paging { get; } =
    [
        QueryParameter.Integer("limit", "Rows at most. Default 100.", 1, 1000),
        QueryParameter.Text("cursor", "next_cursor of the page before."),
    ];

    public IReadOnlyList<QueryParameter> Parameters => parameters;

    /// <summary>Checks a request against the schema of its endpoint, and keeps the values for who answers it (<see cref="QueryValues.Of"/>).</summary>
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        // Most requests have no query: nothing to check, nothing to keep.
        if (!context.Request.QueryString.HasValue || context.GetEndpoint()?.Metadata.GetMetadata<QuerySchema>() is not { } schema) return next(context);
        if (!schema.TryRead(context, out QueryValues? values, out var errors)) return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The query string is wrong.", errors);
        context.Features.Set(values);
        return next(context);
    }

    /// <summary>Reads and checks the query; false if anything is wrong or unknown, with all there is to say.</summary>
    private bool TryRead(HttpContext context, [NotNullWhen(true)] out QueryValues? values, [NotNullWhen(false)] out IReadOnlyList<FieldError>? errors)
    {
        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        var wrong = new List<FieldError>();
        foreach ((string name, StringValues sent) in context.Request.Query)
        {
            QueryParameter? parameter = parameters.FirstOrDefault(parameter => parameter.Name == name);
            if (parameter is null)
            {
                wrong.Add(new FieldError(Shorten(name), Parameters.Count == 0 ? "there is no such parameter; this call has none" : $"there is no such parameter; this call knows {string.Join(", ", Parameters.Select(static p => p.Name))}"));
                continue;
            }
            if (sent.Count > 1)
            {
                wrong.Add(new FieldError(name, "must be given once"));
                continue;
            }
            string text = sent.ToString();
            if (text.Length == 0) continue;
            (object? value, string? error) = parameter.Read(text);
            if (error is not null) wrong.Add(new FieldError(name, error));
            else found[name] = value!;
        }
        if (found.TryGetValue("from", out object? from) && found.TryGetValue("to", out object? to) && (DateTimeOffset)from >= (DateTimeOffset)to) wrong.Add(new FieldError("from", "must be before 'to'"));
        if (found.ContainsKey("cursor") && (found.ContainsKey("page") || found.ContainsKey("page_size"))) wrong.Add(new FieldError("cursor", "goes with 'limit'; 'page' and 'page_size' count without one"));
        values = wrong.Count == 0 ? new QueryValues(found) : null;
        errors = wrong.Count == 0 ? null : wrong;
        return wrong.Count == 0;
    }

    private static string Shorten(string name) => name.Length <= 60 ? name : name[..60];
}

/// <summary>The values of a query that was read; absent ones are null.</summary>
internal sealed class QueryValues(Dictionary<string, object> values)
{
    private const int DefaultLimit = 100;

    private static readonly QueryValues None = new([]);

    /// <summary>The values of a request that has been checked.</summary>
    public static QueryValues Of(HttpContext context) => context.Features.Get<QueryValues>() ?? None;

    public string? Text(string name) => values.GetValueOrDefault(name) as string;

    public DateTimeOffset? Time(string name) => values.GetValueOrDefault(name) as DateTimeOffset?;

    public int? Integer(string name) => values.GetValueOrDefault(name) as int?;

    public double? Number(string name) => values.GetValueOrDefault(name) as double?;

    public (int Least, int Most)? Status(string name) => values.GetValueOrDefault(name) as (int, int)?;

    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The page asked for, by cursor or by number.</summary>
    public PageRequest Page()
    {
        if (Integer("page") is not { } page && Integer("page_size") is null) return new PageRequest(Integer("limit") ?? DefaultLimit, Text("cursor"));
        int size = Integer("page_size") ?? Integer("limit") ?? DefaultLimit;
        return new PageRequest(size, null, ((Integer("page") ?? 1) - 1) * size);
    }

    /// <summary>The time asked for; by default the last <paramref name="span"/> before <paramref name="now"/>.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Range(DateTimeOffset now, TimeSpan span)
    {
        DateTimeOffset to = Time("to") ?? (Time("from") is { } begin && begin > now ? begin + span : now);
        return (Time("from") ?? to - span, to);
    }
}
