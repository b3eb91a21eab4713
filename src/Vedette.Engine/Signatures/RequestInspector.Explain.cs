using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Says why.</summary>
public sealed partial class RequestInspector
{
    private const int MaxMatches = 24;
    private const int MaxMatchText = 200;

    /// <summary>Lists the evidence behind <see cref="Inspect"/>'s verdict, the weightiest first, at most 24 pieces.</summary>
    /// <remarks>For reports and evidence, not for every event: it allocates. Rules of a class count where the leaf makes the class at least 20% probable.</remarks>
    /// <param name="batch">Holds the text of <paramref name="request"/>.</param>
    /// <param name="request">The event.</param>
    /// <param name="scratch">The calling thread's working memory.</param>
    public IReadOnlyList<PayloadMatch> Explain(EventBatch batch, in HttpEvent request, InspectionScratch scratch)
    {
        var matches = new List<PayloadMatch>();
        var parts = Suspicious(batch, request, scratch: null);
        Decode(batch, request, parts, scratch.Leaves);
        Span<float> logits = stackalloc float[PayloadClassNames.Count];
        foreach (ref readonly var leaf in scratch.Leaves.Leaves)
        {
            if (LeafClassifier.IsInert(leaf.Type)) continue;
            _analyzer.Analyze(scratch.Leaves, leaf, scratch.Hits, scratch.Lower);
            var found = _model.Evaluate(scratch.Hits, logits);
            if (found != PayloadClasses.None) AddMatches(matches, Where(scratch.Leaves, leaf), scratch.Leaves.Text(leaf), scratch.Hits, logits);
        }
        MarkRequest(batch, request, scratch.Hits);
        if (_model.Evaluate(scratch.Hits, logits) != PayloadClasses.None) AddMatches(matches, "request", batch[request.Path], scratch.Hits, logits);
        return [.. matches.DistinctBy(match => (match.Where, match.Rule)).OrderByDescending(match => match.Contribution).Take(MaxMatches)];
    }

    /// <summary>The evidence of every leaf of a request, prefilter or not: what the model is trained on.</summary>
    internal void Extract(EventBatch batch, in HttpEvent request, InspectionScratch scratch, Action<Leaf, RuleHits> receive)
    {
        Decode(batch, request, Parts.All, scratch.Leaves);
        foreach (ref readonly var leaf in scratch.Leaves.Leaves)
        {
            _analyzer.Analyze(scratch.Leaves, leaf, scratch.Hits, scratch.Lower);
            receive(leaf, scratch.Hits);
        }
        MarkRequest(batch, request, scratch.Hits);
        receive(default, scratch.Hits);
    }

    private void AddMatches(List<PayloadMatch> matches, string where, ReadOnlySpan<byte> text, RuleHits hits, ReadOnlySpan<float> logits)
    {
        for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1))
        {
            var rule = Rules.All[i];
            if (rule.IsContext || PayloadModel.Probability(logits[(int)rule.Class]) < MinSupport) continue;
            var (start, length) = hits.Place(rule);
            matches.Add(new PayloadMatch(where, rule.Id, rule.Class, Excerpt(text, start, length), _model.Weight(rule)));
        }
    }

    /// <summary>The piece that matched with a little of what surrounds it.</summary>
    private static string Excerpt(ReadOnlySpan<byte> text, int start, int length)
    {
        int from = Math.Clamp(start - 8, 0, text.Length);
        int to = Math.Clamp(start + length + 24, from, text.Length);
        while (from > 0 && (text[from] & 0xC0) == 0x80) from--;
        string excerpt = Encoding.UTF8.GetString(text[from..to]);
        return excerpt.Length <= MaxMatchText ? excerpt : excerpt[..MaxMatchText];
    }

    private static string Where(LeafBuffer leaves, in Leaf leaf)
    {
        string part = leaf.Part switch
        {
            RequestPart.Path => "path",
            RequestPart.Query => "query",
            RequestPart.Body => "body",
            RequestPart.Cookie => "cookie",
            _ => "header",
        };
        return leaf.NameLength == 0 ? part : $"{part}.{Encoding.UTF8.GetString(leaves.Name(leaf))}";
    }
}
