using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Pipeline;

/// <summary>Works out of each event of a batch what needs no memory. Not thread-safe: each worker has its own; results do not depend on which.</summary>
internal sealed class EventPreparer(RequestInspector inspector, ClientResolver clients)
{
    private const int AgentSlots = 4096;

    /// <summary>Kinds of agents by the end of their key; the latest wins.</summary>
    private readonly (ulong Key, UserAgentKind Kind)[] _agents = new (ulong, UserAgentKind)[AgentSlots];
    private InspectionScratch? _scratch = new();

    public void Prepare(PreparedBatch batch)
    {
        batch.EnsureCapacity();
        EventBatch events = batch.Events;
        clients.Resolve(events);
        for (int i = 0; i < events.EventCount; i++) Prepare(events, ref events.Events[i], out batch.Prepared[i]);
    }

    private void Prepare(EventBatch batch, ref HttpEvent request, out PreparedEvent prepared)
    {
        prepared = default;
        ReadOnlySpan<byte> path = batch[request.Path];
        ReadOnlySpan<byte> query = batch[request.Query];
        ReadOnlySpan<byte> agent = batch[request.UserAgent];
        prepared.Path = RequestPath.Read(request.Method, path);
        if (!query.IsEmpty)
        {
            prepared.QueryKey = QueryIdentity.KeyOf(query, request.TimeMicros);
            if (prepared.Path.Object == 0 && RequestPath.ReadObjectFromQuery(query) is >= 0 and var number)
            {
                prepared.Path.ObjectNumber = number;
                prepared.Path.Object = Fingerprint.Combine(prepared.QueryKey, 4);
            }
            prepared.Path.Traits |= CredentialsIn(query, request.Method, prepared.Path.Traits);
            // Passwords are no objects that one goes through.
            if ((prepared.Path.Traits & PathTraits.Password) != 0) prepared.QueryKey = 0;
        }
        if (request.Status is 400 or 422) prepared.RequestShape = query.IsEmpty ? Fingerprint.Combine(prepared.Path.Shape, SizeClass(request.RequestBytes)) : QueryIdentity.ShapeOf(query);
        prepared.AddressKey = CallerState.KeyOf(request.Client);
        SetPrincipal(batch, request, ref prepared);
        if ((prepared.Path.Traits & PathTraits.Login) != 0 && (LoginName.Find(batch[request.Body], out ReadOnlySpan<byte> name) || LoginName.FindInForm(query, out name))) prepared.LoginNameKey = Fingerprint.Of(name, 20);
        prepared.AgentKey = Fingerprint.Of(agent, 5);
        prepared.Agent = AgentOf(agent, prepared.AgentKey);
        Inspect(batch, request, ref prepared);
        if (request.Status is 404 or 410 && CustomaryPaths.Contains(path)) prepared.Flags |= PreparedFlags.Customary;
    }

    /// <summary>A query may say that this is a login, or hold the password itself.</summary>
    private static PathTraits CredentialsIn(ReadOnlySpan<byte> query, RequestMethod method, PathTraits path)
    {
        bool isLogin = (path & PathTraits.Login) != 0;
        if (method is RequestMethod.Post or RequestMethod.Put) return !isLogin && LoginWords.IsAction(query) ? PathTraits.Login | PathTraits.LoginAction : PathTraits.None;
        return isLogin && LoginName.HasPassword(query) ? PathTraits.Password : PathTraits.None;
    }

    /// <summary>A URL without scheme and host.</summary>
    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> url)
    {
        int host = url.IndexOf("://"u8);
        ReadOnlySpan<byte> rest = host < 0 ? url : url[(host + 3)..];
        int path = rest.IndexOf((byte)'/');
        return path < 0 ? default : rest[path..];
    }

    private static ulong TargetKey(ReadOnlySpan<byte> target)
    {
        int query = target.IndexOf((byte)'?');
        return query < 0 ? TargetKey(target, default) : TargetKey(target[..query], target[(query + 1)..]);
    }

    private static ulong TargetKey(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query) => Fingerprint.Combine(Fingerprint.Of(path, 6), Fingerprint.Of(query, 6));

    /// <summary>Sizes within about 20% are alike; what a form sends again after a correction mostly is.</summary>
    private static ulong SizeClass(long bytes) => bytes <= 0 ? 0 : (ulong)(4 * Math.Log2(bytes)) + 1;

    private void Inspect(EventBatch batch, in HttpEvent request, ref PreparedEvent prepared)
    {
        inspector.Inspect(batch, request, ref _scratch, out Inspection inspection);
        prepared.PayloadScore = inspection.Score;
        if (!inspection.IsAttack) return;
        prepared.PayloadParameter = inspection.Parameter;
        prepared.PayloadShape = inspection.Shape;
        if (inspection.IsInReferer) prepared.Flags |= PreparedFlags.InReferer;
        prepared.PayloadOrigin = inspection.IsInReferer ? TargetKey(PathOf(batch[request.Referer])) : TargetKey(batch[request.Path], batch[request.Query]);
        const PayloadClasses probes = PayloadClasses.Scanner;
        prepared.PayloadKinds = (uint)PayloadTypes.AimOf(inspection.Classes & ~probes);
        if (prepared.PayloadKinds != 0) prepared.Flags |= PreparedFlags.Attack;
        // A tool that names itself is counted as what it is, not once more with each request.
        if ((inspection.Classes & probes) != 0 && prepared.Agent != UserAgentKind.AttackTool) prepared.Flags |= PreparedFlags.Probe;
    }

    private static void SetPrincipal(EventBatch batch, in HttpEvent request, ref PreparedEvent prepared)
    {
        (Utf8Slice text, CallerKind kind) = !request.ApiKey.IsEmpty ? (request.ApiKey, CallerKind.ApiKey)
            : !request.User.IsEmpty ? (request.User, CallerKind.User)
            : (request.Session, CallerKind.Session);
        if (text.IsEmpty) return;
        prepared.PrincipalKind = kind;
        prepared.PrincipalKey = Fingerprint.Of(batch[text], 10 + (ulong)kind) | 1;
    }

    private UserAgentKind AgentOf(ReadOnlySpan<byte> agent, ulong key)
    {
        ref (ulong Key, UserAgentKind Kind) known = ref _agents[(int)(key % AgentSlots)];
        if (known.Key != key) known = (key, UserAgents.Classify(agent).Kind);
        return known.Kind;
    }
}
