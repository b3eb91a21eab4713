using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("/orders/1842", "/orders/7", "/orders/{id}")]
    [InlineData("/u/3fa85f64-5717-4562-b3fc-2c963f66afa6/edit", "/u/00000000-0000-4000-8000-000000000001/edit", "/u/{id}/edit")]
    [InlineData("/log/2026-03-10", "/log/2025-01-01", "/log/{date}")]
    [InlineData("/img/p17.jpg", "/img/logo.jpg", "/img/{file}.jpg")]
    [InlineData("/orders//5/", "/orders/6", "/orders/{id}")]
    [InlineData("/", "//", "/")]
    public void PathsOfOneShapeAreOneRoute(string first, string second, string template)
    {
        var table = new RouteTable(new RouteTableOptions());
        int route = Resolve(table, first);
        Assert.Equal(route, Resolve(table, second));
        Assert.Equal(template, table.Routes[route].Template);
        Assert.Equal(2, table.Routes[route].Events);
        Assert.Equal(1, table.LiveCount);
    }

    [Theory]
    [InlineData("/orders/{id}", "/orders/1842", true)]
    [InlineData("/img/{file}.jpg", "/img/p17.jpg", true)]
    [InlineData("/articles/{slug}/comments", "/articles/a-long-title/comments", true)]
    [InlineData("/", "/", true)]
    [InlineData("/orders/{orderId}", "/orders/1842", false)]
    [InlineData("/orders/:id", "/orders/1842", false)]
    [InlineData("/orders/{id}", "/orders/latest", false)]
    [InlineData("/orders", "/orders/latest", false)]
    [InlineData("/orders/{id}/lines", "/orders/7", false)]
    public void OnlyWhatPathsTeachCouldHaveBeenLearnt(string template, string path, bool expected) =>
        Assert.Equal(expected, RouteTable.CouldHaveLearnt(Encoding.UTF8.GetBytes(template), Encoding.UTF8.GetBytes(path)));

    [Fact]
    public void ATemplateIsOneRouteWhetherGivenOrLearnt()
    {
        var table = new RouteTable(new RouteTableOptions());
        int learnt = Resolve(table, "/orders/1842");
        Assert.Equal(learnt, Resolve(table, "/orders/7", template: "/orders/{id}"));
        Assert.Equal(1, table.LiveCount);
    }

    [Fact]
    public void MethodsHaveRoutesOfTheirOwn()
    {
        var table = new RouteTable(new RouteTableOptions());
        Assert.NotEqual(Resolve(table, "/orders"), Resolve(table, "/orders", RequestMethod.Post));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(400)]
    [InlineData(405)]
    [InlineData(401)]
    [InlineData(403)]
    public void AScanInventsNoRoutes(short status)
    {
        var table = new RouteTable(new RouteTableOptions());
        for (int i = 0; i < 500; i++) Assert.Equal(0, Resolve(table, $"/guess{i % 10}x/{(char)('a' + i % 26)}", status: status));
        Assert.Equal(0, table.LiveCount);
    }

    [Fact]
    public void WhereCredentialsAreSentARefusalIsAnAnswer()
    {
        var table = new RouteTable(new RouteTableOptions());
        Assert.NotEqual(0, Resolve(table, "/login", RequestMethod.Post, status: 401));
    }

    [Fact]
    public void AKnownRouteKeepsItsEventsWhenItAnswersNotFound()
    {
        var table = new RouteTable(new RouteTableOptions());
        int route = Resolve(table, "/orders/1");
        Assert.Equal(route, Resolve(table, "/orders/2", status: 404));
    }

    [Fact]
    public void ManyWordsInOnePlaceBecomeASlugAndThePopularStay()
    {
        var table = new RouteTable(new RouteTableOptions { MaxSiblings = 20 });
        for (int i = 0; i < 200; i++)
        {
            Resolve(table, "/blog/latest");
            if (i % 2 == 0) Resolve(table, "/blog/" + Word(i));
        }
        string[] templates = [.. Live(table)];
        Assert.Contains("/blog/{slug}", templates);
        Assert.Contains("/blog/latest", templates);
        Assert.True(templates.Length <= 25, string.Join(' ', templates));
        int slug = Resolve(table, "/blog/" + Word(999));
        Assert.Equal("/blog/{slug}", table.Routes[slug].Template);
        Assert.False(table.IsMerged(slug));
        Assert.Equal(slug, Resolve(table, "/blog/" + Word(0)));
    }

    [Fact]
    public void WhatFollowsASlugIsOneRouteAsWell()
    {
        var table = new RouteTable(new RouteTableOptions());
        for (int i = 0; i < 150; i++)
        {
            Resolve(table, $"/shop/{Word(i)}/reviews");
            Resolve(table, $"/shop/{Word(i)}");
        }
        Assert.Equal(["/shop/{slug}", "/shop/{slug}/reviews"], Live(table).Where(static t => t.Contains("slug", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(Resolve(table, $"/shop/{Word(500)}/reviews"), Resolve(table, $"/shop/{Word(3)}/reviews"));
    }

    [Fact]
    public void NoEventIsLostInAMerge()
    {
        var table = new RouteTable(new RouteTableOptions { MaxSiblings = 10 });
        for (int i = 0; i < 300; i++) Resolve(table, "/wiki/" + Word(i % 150));
        Assert.Equal(300, Enumerable.Range(1, table.Routes.Count - 1).Where(id => !table.IsMerged(id)).Sum(id => table.Routes[id].Events));
    }

    [Fact]
    public void TheTableIsBoundedAndCountsWhatItRefused()
    {
        var table = new RouteTable(new RouteTableOptions { MaxRoutes = 64, MaxSiblings = 1000 });
        for (int i = 0; i < 5000; i++) Resolve(table, $"/{Word(i)}/{Word(i * 7)}");
        Assert.True(table.Routes.Count <= 64);
        Assert.True(table.Overflowed > 4000);
        Assert.Equal(0, Resolve(table, "/one/more"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TemplatesFromIdentifiersDoNotDependOnTheOrder(int seed)
    {
        string[] paths = [.. Enumerable.Range(0, 400).Select(static i => (i % 4) switch
        {
            0 => $"/orders/{i}",
            1 => $"/orders/{i}/items/{i * 3}",
            2 => $"/users/user{i:000}",
            _ => $"/static/v2/app-{i:x8}.js",
        })];
        string[] shuffled = [.. paths];
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(TemplatesOf(paths), TemplatesOf(shuffled));
    }

    [Fact]
    public void ATemplateTheSenderKnowsIsTaken()
    {
        var table = new RouteTable(new RouteTableOptions());
        int route = Resolve(table, "/x/abc", template: "/x/{name}");
        Assert.Equal("/x/{name}", table.Routes[route].Template);
        Assert.Equal(route, Resolve(table, "/x/def", template: "/x/{name}"));
    }

    [Theory]
    [InlineData("/api/login", RouteTraits.Login)]
    [InlineData("/account/password", RouteTraits.Personal | RouteTraits.Sensitive | RouteTraits.Credentials)]
    [InlineData("/transfers", RouteTraits.Sensitive)]
    [InlineData("/invoices/5", RouteTraits.Personal | RouteTraits.HasObject)]
    [InlineData("/products/5", RouteTraits.HasObject)]
    [InlineData("/about", RouteTraits.None)]
    public void TheWordsOfATemplateTellWhatIsAtStake(string path, RouteTraits expected)
    {
        var table = new RouteTable(new RouteTableOptions());
        Assert.Equal(expected, table.Routes[Resolve(table, path)].Traits);
    }

    [Theory]
    [InlineData("/store/backup/5e1f9a70c2d34b86", true)]
    [InlineData("/store/other/5e1f9a70c2d34b86", false)]
    [InlineData("/store", false)]
    public void WhatOthersPutThereIsKnown(string path, bool isKnown)
    {
        var table = new RouteTable(new RouteTableOptions());
        Resolve(table, "/store/backup/77aa01b2c3d4e5f6", RequestMethod.Put, status: 201);

        Assert.Equal(0, Resolve(table, path, RequestMethod.Head, status: 404));
        Assert.Equal(isKnown, IsKnownOtherwise(table, path, RequestMethod.Head));
        Assert.False(IsKnownOtherwise(table, path, RequestMethod.Put));
    }

    private static IEnumerable<string> Live(RouteTable table) => table.Routes.Where(route => route.Id != 0 && !table.IsMerged(route.Id)).Select(static route => route.Template);

    private static IEnumerable<string> TemplatesOf(IEnumerable<string> paths)
    {
        var table = new RouteTable(new RouteTableOptions());
        foreach (string path in paths) Resolve(table, path);
        return [.. Live(table).Order(StringComparer.Ordinal)];
    }

    /// <summary>A different word without digits for each number.</summary>
    private static string Word(int i)
    {
        string word = "w";
        for (int rest = i + 1; rest > 0; rest /= 20) word += (char)('g' + rest % 20);
        return word;
    }

    private static bool IsKnownOtherwise(RouteTable table, string path, RequestMethod method)
    {
        var batch = new EventBatch(1024, 4);
        ref HttpEvent request = ref batch.AddEvent();
        request.Method = method;
        request.Path = batch.Append(Encoding.UTF8.GetBytes(path));
        return table.IsKnownOtherwise(batch, request);
    }

    private static int Resolve(RouteTable table, string path, RequestMethod method = RequestMethod.Get, short status = 200, string? template = null)
    {
        var batch = new EventBatch(1024, 4);
        ref HttpEvent request = ref batch.AddEvent();
        request.Method = method;
        request.Status = status;
        request.Path = batch.Append(Encoding.UTF8.GetBytes(path));
        if (template is not null) request.Route = batch.Append(Encoding.UTF8.GetBytes(template));
        return table.Resolve(batch, request, RequestPath.Read(method, batch[request.Path]));
    }
}
