using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>Learns route templates from the traffic and numbers them. Bounded; owned by one thread.</summary>
/// <remarks>
/// Identifiers are seen in a segment itself (<see cref="SegmentClassifier"/>). Words are learnt: once more than
/// <see cref="RouteTableOptions.MaxSiblings"/> different words stand in one place, the rare ones become <c>{slug}</c> and the popular ones stay. A path
/// becomes a route only when the server once answered it with something else than "not found" or "not for you", so that a scan cannot invent routes.
/// </remarks>
internal sealed partial class RouteTable
{
    private const int MaxCachedShapes = 1 << 16;

    private readonly RouteTableOptions _options;
    private readonly Dictionary<ulong, int> _byShape = [];
    private readonly List<Route> _routes = [];
    private readonly List<int> _mergedInto = [];
    private readonly Dictionary<RequestMethod, Node> _roots = [];

    /// <summary>A template is one route, whether its sender gave it or it was learnt.</summary>
    private readonly Dictionary<(RequestMethod Method, string Template), int> _byTemplate = [];

    public RouteTable(RouteTableOptions options)
    {
        _options = options;
        _routes.Add(new Route(0, RequestMethod.Unknown, "(unmatched)", RouteTraits.None));
        _mergedInto.Add(0);
    }

    /// <summary>All routes by id; merged ones keep their place, see <see cref="IsMerged"/>.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>The route with an id. Every event asks several times: not by way of an interface.</summary>
    public Route this[int id] => _routes[id];

    /// <summary>Paths that would have become a route if the table had room.</summary>
    public long Overflowed { get; private set; }

    public bool IsMerged(int route) => _mergedInto[route] != route;

    /// <summary>The route that a route was merged into, step by step; itself if it was not.</summary>
    public int FinalOf(int route)
    {
        while (_mergedInto[route] != route) route = _mergedInto[route];
        return route;
    }

    /// <summary>Number of routes in use, without merged ones and without route 0.</summary>
    public int LiveCount { get; private set; }

    /// <summary>The route of an event; 0 if there is none.</summary>
    public int Resolve(EventBatch batch, in HttpEvent request, in RequestPath path)
    {
        ulong shape = path.Shape;
        if (!request.Route.IsEmpty) shape = Fingerprint.Of(batch[request.Route], (ulong)request.Method + 100);
        if (!_byShape.TryGetValue(shape, out int route))
        {
            route = ResolveNew(batch, request, path);
            if (route != 0 && _byShape.Count < MaxCachedShapes) _byShape.Add(shape, route);
        }
        _routes[route].Events++;
        return route;
    }

    private int ResolveNew(EventBatch batch, in HttpEvent request, in RequestPath path)
    {
        if (request.Flags.HasFlag(EventFlags.MalformedRequest) || request.Method == RequestMethod.Unknown) return 0;
        // A gateway refuses what does not exist as well; only where credentials are sent a refusal is an answer.
        bool exists = !(request.Status is 404 or 410 or 400 or 405 or 501 || (request.Status is 401 or 403 && !path.Traits.HasFlag(PathTraits.Login))) || !request.Route.IsEmpty;
        if (!request.Route.IsEmpty) return AddRoute(request.Method, Encoding.UTF8.GetString(batch[request.Route]), path.Traits);

        ReadOnlySpan<byte> text = batch[request.Path];
        if (!_roots.TryGetValue(request.Method, out Node? node)) _roots.Add(request.Method, node = new Node("", null));
        int count = 0;
        foreach (Range range in new PathSegments(text))
        {
            if (++count > RequestPath.MaxSegments) break;
            string name = SegmentName(text[range]);
            Node? next = node.Find(name);
            if (next is null)
            {
                if (!exists || _routes.Count >= _options.MaxRoutes) return Refuse(exists);
                next = node.Add(name);
                if (node.LiteralCount > _options.MaxSiblings) next = MergeRareSiblings(node, next);
            }
            node = next;
        }
        if (node.Route == 0)
        {
            if (!exists || _routes.Count >= _options.MaxRoutes) return Refuse(exists);
            node.Route = AddRoute(request.Method, node.Template(), path.Traits);
        }
        return node.Route;
    }

    /// <summary>True if what a request asks for in vain belongs to a route by another method: who looks whether a thing is there before putting it there guesses nothing.</summary>
    public bool IsKnownOtherwise(EventBatch batch, in HttpEvent request)
    {
        foreach (RequestMethod method in (ReadOnlySpan<RequestMethod>)[RequestMethod.Get, RequestMethod.Put, RequestMethod.Post])
            if (method != request.Method && _roots.TryGetValue(method, out Node? root) && HasRoute(root, batch[request.Path])) return true;
        return false;
    }

    private static bool HasRoute(Node root, ReadOnlySpan<byte> path)
    {
        Node node = root;
        int count = 0;
        foreach (Range range in new PathSegments(path))
        {
            if (++count > RequestPath.MaxSegments) break;
            if (node.Find(SegmentName(path[range])) is not { } next) return false;
            node = next;
        }
        return node.Route != 0;
    }

    /// <summary>Whether a template is what paths alone would have taught: words of the path and placeholders of our own. Others only their sender can know.</summary>
    public static bool CouldHaveLearnt(ReadOnlySpan<byte> template, ReadOnlySpan<byte> path)
    {
        var words = new PathSegments(path);
        int count = 0;
        foreach (Range range in new PathSegments(template))
        {
            if (++count > RequestPath.MaxSegments || !words.MoveNext()) return false;
            ReadOnlySpan<byte> name = template[range], word = path[words.Current];
            if (!name.SequenceEqual("{slug}"u8) && Encoding.UTF8.GetString(name) != SegmentName(word)) return false;
        }
        return !words.MoveNext() || count == RequestPath.MaxSegments;
    }

    private int Refuse(bool exists)
    {
        if (exists) Overflowed++;
        return 0;
    }

    private int AddRoute(RequestMethod method, string template, PathTraits traits)
    {
        if (_byTemplate.TryGetValue((method, template), out int known) && !IsMerged(known)) return known;
        if (_routes.Count >= _options.MaxRoutes) return Refuse(exists: true);
        int id = _routes.Count;
        _byTemplate[(method, template)] = id;
        _routes.Add(new Route(id, method, template, RouteWords.Classify(method, template, traits)));
        _mergedInto.Add(id);
        LiveCount++;
        return id;
    }

    private static string SegmentName(ReadOnlySpan<byte> segment) => SegmentClassifier.Classify(segment) switch
    {
        SegmentKind.Number or SegmentKind.Identifier => "{id}",
        SegmentKind.Date => "{date}",
        SegmentKind.Asset => "{file}" + Encoding.UTF8.GetString(segment[segment.LastIndexOf((byte)'.')..]).ToLowerInvariant(),
        _ => Encoding.UTF8.GetString(segment.Length > 100 ? segment[..100] : segment),
    };
}
