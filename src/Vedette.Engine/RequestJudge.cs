using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;
using Vedette.Engine.Normalization;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Signatures;

namespace Vedette.Engine;

/// <summary>Judges single requests that somebody asks about, one by one, without an engine: signatures always, the isolation forest and the Transformer once there are models.</summary>
/// <remarks>
/// Thread-safe. Sessions are remembered by the id that comes with a request (session, key, user or address), bounded. What is asked about is no traffic: it changes no baseline. A weighted vote decides: signatures 0.8, isolation forest
/// 0.6, Transformer 0.7, over those that have an opinion; but an opinion that a request is ordinary cannot outvote a payload, so signatures that are sure decide alone.
/// </remarks>
public sealed class RequestJudge
{
    /// <summary>Weight of the signatures.</summary>
    public const float SignaturesWeight = 0.8f;

    /// <summary>Weight of the isolation forest.</summary>
    public const float IsolationForestWeight = 0.6f;

    /// <summary>Weight of the Transformer.</summary>
    public const float TransformerWeight = 0.7f;

    /// <summary>Sessions remembered by default.</summary>
    public const int DefaultSessions = 10_000;

    private readonly RequestInspector _inspector;
    private readonly ClientResolver _clients;
    private readonly SessionMemory _sessions;
    private RequestModelView? _models;

    /// <param name="proxies">Which proxies are trusted to name the client.</param>
    /// <param name="maxSessions">Sessions remembered at most, about 900 bytes each.</param>
    public RequestJudge(ProxyOptions? proxies = null, int maxSessions = DefaultSessions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSessions, 1);
        _inspector = new RequestInspector();
        _clients = new ClientResolver(proxies ?? new ProxyOptions());
        _sessions = new SessionMemory(maxSessions);
    }

    /// <summary>Sessions remembered.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>The models asked; null if there are none.</summary>
    public ModelSet? Models => Volatile.Read(ref _models)?.Models;

    /// <summary>Asks these models from now on; from any thread.</summary>
    public void Adopt(ModelSet models) => Volatile.Write(ref _models, new RequestModelView(models));

    /// <summary>A worker that prepares batches for <see cref="Judge(PreparedBatch, int)"/>; each thread needs its own.</summary>
    public Action<PreparedBatch> CreatePreparer() => new EventPreparer(_inspector, _clients).Prepare;

    /// <summary>Judges one request of a batch that a preparer has been through.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="index">Which of its events.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public RequestVerdict Judge(PreparedBatch batch, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, batch.Events.EventCount);
        ref readonly HttpEvent request = ref batch.Events.Events[index];
        ref PreparedEvent prepared = ref batch.Prepared[index];
        if (prepared.Time == 0) prepared.Time = Math.Max(0, request.TimeMicros);
        var signatures = new RequestVote(true, prepared.Agent == UserAgentKind.AttackTool ? Math.Max(0.9f, prepared.PayloadScore) : prepared.PayloadScore, SignaturesWeight);
        var payloads = (prepared.Flags & PreparedFlags.Attack) != 0 ? (PayloadClasses)prepared.PayloadKinds : PayloadClasses.None;
        if ((prepared.Flags & PreparedFlags.Probe) != 0 || prepared.Agent == UserAgentKind.AttackTool) payloads |= PayloadClasses.Scanner;
        if (Volatile.Read(ref _models) is not { } models)
            return Decide(signatures, new RequestVote(false, 0, IsolationForestWeight), new RequestVote(false, 0, TransformerWeight), payloads, prepared.PayloadScore, null, null, null);
        return JudgeByModels(models, batch.Events, request, prepared, signatures, payloads);
    }

    private RequestVerdict JudgeByModels(RequestModelView models, EventBatch batch, in HttpEvent request, in PreparedEvent prepared, RequestVote signatures, PayloadClasses payloads)
    {
        Vocabulary vocabulary = models.Vocabulary;
        int route = request.Route.IsEmpty ? vocabulary.Match(MethodOf(request.Method), batch[request.Path]) : vocabulary.Match(MethodOf(request.Method), batch[request.Route]);
        RouteProfile profile = vocabulary.Profile(route);
        ulong session = prepared.PrincipalKey != 0 ? prepared.PrincipalKey : prepared.AddressKey;
        Span<int> tokens = stackalloc int[TokenRing.Capacity];
        CallerManner manner = _sessions.Note(session, prepared.Time, request.Status, Vocabulary.TokenOf(route, RequestToken.OutcomeOf(request.Status)), tokens, out int count);

        RequestVote forest = new(false, 0, IsolationForestWeight);
        float? forestScore = null;
        if (models.Requests is { } requests)
        {
            RequestFacts facts = RequestFacts.Of(batch, request, prepared);
            facts.Caller = manner;
            Span<float> row = stackalloc float[RequestFeatures.Count];
            RequestFeatures.Read(facts, profile, row);
            forestScore = -requests.Score(row, out float vote);
            forest = forest with { IsReady = true, Vote = vote };
        }
        RequestVote transformer = new(false, 0, TransformerWeight);
        float? surprisal = null;
        if (models.Transformer is { } network && count >= SequenceModel.MinTokens)
        {
            double score = network.Score(tokens[..count]);
            surprisal = (float)score;
            transformer = transformer with { IsReady = true, Vote = models.SequenceVote(score) };
        }
        return Decide(signatures, forest, transformer, payloads, prepared.PayloadScore, forestScore, surprisal, profile.IsKnown ? profile.Path : null);
    }

    private static ReadOnlySpan<byte> MethodOf(RequestMethod method) => method switch
    {
        RequestMethod.Get => "GET"u8,
        RequestMethod.Post => "POST"u8,
        RequestMethod.Put => "PUT"u8,
        RequestMethod.Delete => "DELETE"u8,
        RequestMethod.Patch => "PATCH"u8,
        RequestMethod.Head => "HEAD"u8,
        RequestMethod.Options => "OPTIONS"u8,
        RequestMethod.Connect => "CONNECT"u8,
        RequestMethod.Trace => "TRACE"u8,
        _ => "OTHER"u8,
    };

    private static RequestVerdict Decide(RequestVote signatures, RequestVote forest, RequestVote transformer, PayloadClasses payloads, float payloadScore, float? forestScore, float? surprisal, string? endpoint)
    {
        float sum = 0, weight = 0;
        foreach (RequestVote vote in (ReadOnlySpan<RequestVote>)[signatures, forest, transformer])
        {
            if (!vote.IsReady) continue;
            sum += vote.Weight * vote.Vote;
            weight += vote.Weight;
        }
        float score = Math.Max(sum / weight, signatures.IsAnomaly ? signatures.Vote : 0);
        return new RequestVerdict(score >= 0.5f, score, signatures, forest, transformer, payloads, payloadScore, forestScore, surprisal, endpoint);
    }
}
