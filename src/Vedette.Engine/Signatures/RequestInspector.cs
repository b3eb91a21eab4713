using System.Diagnostics.CodeAnalysis;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Decides from one request's text whether it carries an attack payload, of which class, and how sure that is.</summary>
/// <remarks>
/// Ordinary requests are dismissed by a prefilter over the bytes as sent and cost neither decoding nor memory. The rest is decoded to typed leaves, each leaf is
/// read by literal and token analysers, and their findings are the features of a trained model. Linear in the request, which is looked at up to 64 KiB of decoded text
/// and 256 leaves. Immutable and thread-safe; each thread brings its own <see cref="InspectionScratch"/>. The response plays no part.
/// </remarks>
public sealed partial class RequestInspector
{
    /// <summary>Weaker evidence from a second leaf or class is not added up.</summary>
    private const float MinSupport = 0.2f;

    /// <summary>How much a second piece of evidence counts, compared with being independent of the first.</summary>
    private const float SupportShare = 0.3f;

    /// <summary>So many odd characters make a value half as odd as can be.</summary>
    private const float HalfOddity = 8;

    private readonly PayloadModel _model;
    private readonly Prefilter _prefilter;
    private readonly LeafAnalyzer _analyzer;

    /// <summary>The inspector with the model that ships.</summary>
    public RequestInspector() : this(PayloadModel.LoadEmbedded())
    {
    }

    internal RequestInspector(PayloadModel model)
    {
        _model = model;
        var literals = LiteralTable.Load();
        _prefilter = new Prefilter(literals);
        _analyzer = new LeafAnalyzer(literals);
    }

    /// <summary>Inspects one request.</summary>
    /// <param name="batch">Holds the text of <paramref name="request"/>.</param>
    /// <param name="request">The event; path, query, User-Agent, Referer, cookies, headers and body are looked at.</param>
    /// <param name="scratch">The calling thread's working memory; made at the first request that needs it. With one made before, texts already dismissed are known again.</param>
    /// <param name="result">Receives the verdict; all zero for an ordinary request.</param>
    public void Inspect(EventBatch batch, in HttpEvent request, [NotNullIfNotNull(nameof(scratch))] ref InspectionScratch? scratch, out Inspection result)
    {
        result = default;
        var parts = Suspicious(batch, request, scratch);
        if (parts == 0 && (request.Flags & EventFlags.MalformedRequest) == 0) return;
        scratch ??= new InspectionScratch();
        Decode(batch, request, parts, scratch.Leaves);
        result.Flags = InspectionFlags.Decoded | (scratch.Leaves.Truncated > 0 ? InspectionFlags.Truncated : 0);
        var verdict = new VerdictBuilder();
        int oddest = 0;
        Span<float> logits = stackalloc float[PayloadClassNames.Count];
        foreach (ref readonly var leaf in scratch.Leaves.Leaves)
        {
            if (LeafClassifier.IsInert(leaf.Type)) continue;
            if ((leaf.Encodings & (LeafEncodings.DoublePercent | LeafEncodings.Overlong | LeafEncodings.PercentUnicode)) != 0) result.Flags |= InspectionFlags.Evasive;
            _analyzer.Analyze(scratch.Leaves, leaf, scratch.Hits, scratch.Lower);
            // Files left behind are fetched; what is posted to is a procedure: notes.save, items.copy.
            if (leaf.Part == RequestPart.Path && request.Method is RequestMethod.Post) scratch.Hits.Unmark(Rules.ScannerBackupFile);
            oddest = Math.Max(oddest, scratch.Hits.OddCharacters);
            if (!verdict.Add(_model.Evaluate(scratch.Hits, logits), logits)) continue;
            result.IsInReferer = leaf.Part == RequestPart.Referer;
            bool isParameter = leaf.Part == RequestPart.Query && leaf.NameLength > 0 && (leaf.Encodings & LeafEncodings.IsName) == 0;
            result.Parameter = isParameter ? ParameterShape.NameKey(scratch.Leaves.Name(leaf)) : 0;
            result.Shape = isParameter ? ParameterShape.Read(scratch.Leaves.Text(leaf)) : default;
        }
        MarkRequest(batch, request, scratch.Hits);
        verdict.Add(_model.Evaluate(scratch.Hits, logits), logits);
        verdict.Finish(ref result);
        result.Oddity = Inspection.MaxOddity * oddest / (oddest + HalfOddity);
    }

    /// <summary>The parts that the prefilter does not dismiss.</summary>
    private Parts Suspicious(EventBatch batch, in HttpEvent request, InspectionScratch? scratch)
    {
        var parts = Parts.None;
        if (!_prefilter.IsOrdinaryTarget(batch[request.Path])) parts |= Parts.Path;
        if (!request.Query.IsEmpty && !_prefilter.IsOrdinaryTarget(batch[request.Query])) parts |= Parts.Query;
        if (!request.UserAgent.IsEmpty && !IsOrdinaryAgent(batch[request.UserAgent], scratch?.Agents)) parts |= Parts.UserAgent;
        if (request.Referer.Length > 1 && !IsOrdinaryReferer(batch[request.Referer], scratch?.Referers)) parts |= Parts.Referer;
        if (!request.Cookies.IsEmpty) parts |= Parts.Cookies;
        if (!request.Headers.IsEmpty) parts |= Parts.Headers;
        if (!request.Body.IsEmpty) parts |= Parts.Body;
        return parts;
    }

    private bool IsOrdinaryAgent(ReadOnlySpan<byte> text, DismissedTexts? known)
    {
        int slot = -1;
        if (known is not null && known.Contains(text, out slot)) return true;
        if (!_prefilter.IsOrdinaryAgent(text)) return false;
        known?.Enter(slot, text);
        return true;
    }

    private static bool IsOrdinaryReferer(ReadOnlySpan<byte> text, DismissedTexts? known)
    {
        int slot = -1;
        if (known is not null && known.Contains(text, out slot)) return true;
        if (!Prefilter.IsOrdinaryReferer(text)) return false;
        known?.Enter(slot, text);
        return true;
    }

    private void Decode(EventBatch batch, in HttpEvent request, Parts parts, LeafBuffer leaves)
    {
        leaves.Clear();
        if ((parts & Parts.Path) != 0) LeafReader.ReadPath(leaves, batch[request.Path]);
        if ((parts & Parts.Query) != 0) LeafReader.ReadForm(leaves, batch[request.Query], RequestPart.Query);
        if ((parts & Parts.UserAgent) != 0) LeafReader.ReadHeader(leaves, "User-Agent"u8, batch[request.UserAgent], RequestPart.UserAgent);
        if ((parts & Parts.Referer) != 0) LeafReader.ReadHeader(leaves, "Referer"u8, batch[request.Referer], RequestPart.Referer);
        if ((parts & Parts.Cookies) != 0) LeafReader.ReadCookies(leaves, batch[request.Cookies]);
        if ((parts & Parts.Headers) != 0) ReadHeaders(leaves, batch[request.Headers]);
        if ((parts & Parts.Body) != 0) LeafReader.ReadBody(leaves, batch[request.Body]);
    }

    private void ReadHeaders(LeafBuffer leaves, ReadOnlySpan<byte> headers)
    {
        foreach (var range in headers.Split((byte)'\n'))
        {
            var line = headers[range].TrimEnd((byte)'\r');
            int colon = line.IndexOf((byte)':');
            if (colon <= 0) continue;
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (!Prefilter.IsOrdinaryHeader(value) || !_prefilter.IsOrdinaryTarget(value)) LeafReader.ReadHeader(leaves, line[..colon], value, RequestPart.Header);
        }
    }

    /// <summary>Marks what no single value shows: conflicting framing headers, bytes that are no HTTP.</summary>
    private static void MarkRequest(EventBatch batch, in HttpEvent request, RuleHits hits)
    {
        hits.Clear();
        if (!request.Headers.IsEmpty) FramingCheck.Mark(batch[request.Headers], hits);
        if ((request.Flags & EventFlags.MalformedRequest) != 0 && batch[request.Path].IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
            hits.Mark(Rules.ScannerGarbage, 0, 0);
    }

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Path = 1,
        Query = 2,
        UserAgent = 4,
        Referer = 8,
        Cookies = 16,
        Headers = 32,
        Body = 64,
        All = 127,
    }

    /// <summary>Combines leaves: the strongest evidence counts in full, the next a little.</summary>
    private struct VerdictBuilder
    {
        private float _best;
        private float _second;
        private PayloadClass _main;
        private PayloadClasses _classes;

        /// <summary>True if this is the strongest evidence so far.</summary>
        public bool Add(PayloadClasses found, ReadOnlySpan<float> logits)
        {
            float before = _best;
            for (int c = 1; c < PayloadClassNames.Count && found != 0; c++)
            {
                if (((int)found & (1 << c)) == 0) continue;
                float probability = PayloadModel.Probability(logits[c]);
                if (probability >= Inspection.Threshold) _classes |= (PayloadClasses)(1 << c);
                if (probability > _best)
                {
                    (_second, _best, _main) = (_best, probability, (PayloadClass)c);
                }
                else if (probability > _second)
                {
                    _second = probability;
                }
            }
            return _best > before;
        }

        public readonly void Finish(ref Inspection result)
        {
            float support = _second >= MinSupport ? SupportShare * _second : 0;
            result.Score = 1 - (1 - _best) * (1 - support);
            result.Main = _main;
            result.Classes = result.Score >= Inspection.Threshold ? _classes | _main.AsSet() : PayloadClasses.None;
        }
    }
}
