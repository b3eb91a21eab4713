namespace Vedette.Engine.Normalization;

/// <summary>The tree of path words, and what happens when too many stand in one place.</summary>
internal sealed partial class RouteTable
{
    private const string Slug = "{slug}";

    /// <summary>A word with less than this share of its place's traffic is one of many.</summary>
    private const double PopularShare = 0.02;

    /// <summary>Folds the rare words below <paramref name="parent"/> into one <c>{slug}</c>; returns where <paramref name="added"/> ended up.</summary>
    private Node MergeRareSiblings(Node parent, Node added)
    {
        long total = 0;
        foreach (Node child in parent.Children.Values) total += EventsBelow(child);
        Node slug = parent.Slug ??= new Node(Slug, parent);
        foreach ((string name, Node child) in parent.Children.ToArray())
        {
            if (name.StartsWith('{') || (child != added && EventsBelow(child) >= PopularShare * total)) continue;
            parent.Children.Remove(name);
            Fold(child, slug);
        }
        RedirectShapes();
        return slug;
    }

    /// <summary>Moves all routes below <paramref name="from"/> into the like-named places below <paramref name="into"/>.</summary>
    private void Fold(Node from, Node into)
    {
        if (from.Route != 0)
        {
            Route model = _routes[from.Route];
            string template = into.Template();
            if (into.Route == 0 && _byTemplate.TryGetValue((model.Method, template), out int given) && !IsMerged(given)) into.Route = given;
            if (into.Route == 0)
            {
                into.Route = _byTemplate[(model.Method, template)] = _routes.Count;
                _routes.Add(model with { Id = into.Route, Template = template, Traits = model.Traits | RouteTraits.HasObject });
                _mergedInto.Add(into.Route);
                _routes[into.Route].Events = 0;
                LiveCount++;
            }
            _routes[into.Route].Events += _routes[from.Route].Events;
            _mergedInto[from.Route] = into.Route;
            LiveCount--;
        }
        foreach ((string name, Node child) in from.Children)
        {
            Node target = into.Find(name) ?? into.Add(name);
            Fold(child, target);
        }
        if (from.Slug is not null) Fold(from.Slug, into.Slug ??= new Node(Slug, into));
    }

    private void RedirectShapes()
    {
        foreach (ulong shape in _byShape.Keys.ToArray())
        {
            int route = _byShape[shape];
            while (_mergedInto[route] != route) route = _mergedInto[route];
            _byShape[shape] = route;
        }
    }

    private long EventsBelow(Node node)
    {
        long events = node.Route == 0 ? 0 : _routes[node.Route].Events;
        foreach (Node child in node.Children.Values) events += EventsBelow(child);
        return node.Slug is null ? events : events + EventsBelow(node.Slug);
    }

    /// <summary>One place in the tree: what may follow it, and the route that ends here.</summary>
    private sealed class Node(string name, Node? parent)
    {
        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        /// <summary>Where words go that are not among the children, once there were too many.</summary>
        public Node? Slug { get; set; }

        public int Route { get; set; }

        public int LiteralCount { get; private set; }

        public Node? Find(string segment) => Children.TryGetValue(segment, out Node? child) ? child : segment.StartsWith('{') ? null : Slug;

        public Node Add(string segment)
        {
            var child = new Node(segment, this);
            Children.Add(segment, child);
            LiteralCount = Children.Keys.Count(static key => !key.StartsWith('{'));
            return child;
        }

        public string Template() => parent is null ? "/" : parent.Template().TrimEnd('/') + "/" + name;
    }
}
