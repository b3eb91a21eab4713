using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Server.Ingestion;

/// <summary>An event that was not taken.</summary>
/// <param name="Index">Its place among the events sent, from 0.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="Field">Name of the field, where one is to blame.</param>
public sealed record RejectedEvent(long Index, string Error, string? Field)
{
    /// <summary>Most that are listed in one answer.</summary>
    public const int MaxListed = 1000;

    private const int MaxFieldName = 60;

    /// <summary>The failures of a batch, the first <see cref="MaxListed"/> of them.</summary>
    public static IReadOnlyList<RejectedEvent> Of(EventBatch batch)
    {
        var rejected = new List<RejectedEvent>();
        foreach (ParseFailure failure in batch.Failures)
        {
            if (rejected.Count == MaxListed) break;
            rejected.Add(new RejectedEvent(failure.Line - 1, Explain(failure), FieldOf(batch[failure.Text], failure)));
        }
        return rejected;
    }

    private static string Explain(in ParseFailure failure) => failure.Reason switch
    {
        ParseError.MissingField or ParseError.NotHttp => "path (or endpoint, url, uri) is missing",
        ParseError.BadTimestamp when failure.Column == 0 => "the time is more than a day in the future",
        ParseError.BadTimestamp => "the time cannot be read; write RFC 3339 or Unix time",
        var reason => reason.Explain(),
    };

    private static string? FieldOf(ReadOnlySpan<byte> text, in ParseFailure failure)
    {
        if (failure.Reason is ParseError.MissingField or ParseError.NotHttp) return "path";
        if (failure.Reason == ParseError.BadTimestamp && failure.Column == 0) return "timestamp";
        if (text.IsEmpty || text[0] != (byte)'{' || failure.Column <= 1 || failure.Reason is ParseError.BadJson or ParseError.TruncatedLine) return null;
        return NameBefore(text[..Math.Min(text.Length, failure.Column - 1)]);
    }

    /// <summary>The name of the member whose value begins behind <paramref name="text"/>.</summary>
    private static string? NameBefore(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n"u8);
        if (text.IsEmpty || text[^1] != (byte)':') return null;
        text = text[..^1].TrimEnd(" \t\r\n"u8);
        if (text.IsEmpty || text[^1] != (byte)'"') return null;
        int open = text[..^1].LastIndexOf((byte)'"');
        return open < 0 || text.Length - open > MaxFieldName ? null : Encoding.UTF8.GetString(text[(open + 1)..^1]);
    }
}
