using Vedette.Lab.Simulation;
using static Vedette.Lab.Apis.FlowAudience;
using static Vedette.Lab.Apis.RouteRole;

namespace Vedette.Lab.Apis;

/// <summary>A magazine on a CMS: articles, comments, many assets, an editor's back end; nobody's name in the log.</summary>
internal static class SiteApi
{
    public static ApiModel Create(RandomSource random, double scale)
    {
        var api = new ApiBuilder("site", "www.magazine.example", random, scale);
        api.Object("article", 12_000, IdFormat.Slug);
        api.Object("tag", 600, IdFormat.Slug);
        api.Object("comment", 210_000, first: 330_000);
        api.Object("author", 160, IdFormat.Slug);
        api.Object("media", 60_000, IdFormat.Short);
        api.Object("profile", 40_000, first: 2_000, perUser: 1);
        api.Object("draft", 9_000, first: 60_000, perUser: 8);
        AddRoutes(api);
        AddFlows(api);
        return api.Build(new ApiHabits
        {
            PeakHour = random.Uniform(8, 21),
            DaySwing = random.Uniform(0.35, 0.6),
            WeekendFactor = random.Uniform(0.8, 1.1),
            AppShare = 0.12,
            CodeTopicShare = 0.05,
            LogsUsers = false,
            LoginFailure = 200,
            FirewallShare = 0.05,
        });
    }

    private static void AddRoutes(ApiBuilder api)
    {
        api.Route("health", "GET /ping", 1, 4, Health);
        api.Route("home", "GET /", 60, 52_000, Page);
        api.Route("article", "GET /articles/<article>", 75, 64_000, Page | RouteRole.Object);
        api.Route("shared", "GET /articles/<article>?utm_source=<utm>&fbclid=<jwt>", 75, 64_000, Page);
        api.Route("tag", "GET /tags/<tag>?page=<page>", 66, 41_000, Page | List);
        api.Route("author", "GET /authors/<author>", 50, 22_000, Page);
        api.Route("rss", "GET /feed.xml", 20, 88_000, Poll);
        api.Route("search", "GET /search?s=<phrase>&page=<page>", 140, 30_000, Search | Expensive | List, dependency: 1);
        api.Route("suggest", "GET /api/suggest?q=<prefix>&nonce=<hex>", 20, 600, Search, dependency: 1);
        api.Route("content", "GET /api/content/articles?tag=<tag>&limit=20&cursor=<base64>", 48, 17_000, List);
        api.Route("comments", "GET /api/comments?article=<article!>&order=<pick:new:top>", 35, 7_800, List);
        api.Route("comment", "GET /api/comments/<comment>", 16, 700, RouteRole.Object);
        api.Route("post", "POST /api/comments", 70, 500, Deep, body: """{"article":"<article!>","text":"<comment>"}""", success: 201, invalid: 0.07);
        api.Route("login", "POST /wp-login.php", 150, 5_200, Login, body: "log=<user>&pwd=********&redirect_to=<link>", success: 302, dependency: 3);
        api.Route("refresh", "POST /api/session/renew", 25, 200, Refresh, dependency: 3);
        api.Route("register", "POST /api/newsletter", 45, 80, Register, body: "email=<email>", success: 201, invalid: 0.1);
        api.Route("reset", "POST /wp-login.php?action=lostpassword", 120, 4_900, PasswordReset, body: "user_login=<email>", success: 302, dependency: 3);
        api.Route("profile", "GET /api/profiles/<profile>", 22, 900, RouteRole.Object);
        api.Route("change", "POST /wp-admin/profile.php", 110, 400, AccountChange, body: "email=<email>&display_name=<name>", success: 302);
        api.Route("admin", "GET /wp-admin/", 130, 39_000);
        api.Route("draft", "GET /wp-admin/post.php?post=<draft>&action=edit", 160, 71_000, RouteRole.Object);
        api.Route("save", "POST /wp-admin/post.php", 230, 600, Money | Deep, body: "post_ID=<draft!>&content=<comment>", success: 302);
        api.Route("ajax", "POST /wp-admin/admin-ajax.php", 40, 180, Poll, body: "action=heartbeat&interval=60");
        api.Route("embed", "GET /api/oembed?url=<link>&maxwidth=<number:300:900>", 160, 1_400, Fetch);
        api.Route("xmlrpc", "POST /xmlrpc.php", 55, 420, Upload, body: "<pick:pingback:system.listMethods>");
        api.Route("export", "GET /wp-admin/export.php?download=true&content=<pick:all:posts>", 1_600, 900_000, Export | Expensive);
        api.Route("css", "GET /wp-content/themes/mag/style.css?ver=<pick:6.4.3>", 3, 71_000, Asset);
        api.Route("js", "GET /wp-includes/js/jquery/jquery.min.js?ver=<pick:3.7.1>", 3, 87_000, Asset);
        api.Route("font", "GET /wp-content/themes/mag/fonts/serif.woff2", 3, 42_000, Asset);
        api.Route("img", "GET /wp-content/uploads/2026/01/<media>-<pick:300x200:768x512:1024x683>.jpg", 6, 94_000, Asset);
        api.Route("pixel", "GET /stats/p.gif?t=<millis>&u=<hex>", 2, 43, Asset);
        api.Route("icon", "GET /favicon.ico", 2, 15_086, Asset);
    }

    private static void AddFlows(ApiBuilder api)
    {
        api.Step(Browser, "home", "article:7 tag:1.5 search:1 exit:2", "css js font icon img img img pixel", 14);
        api.Step(Browser, "shared", "article:2 home:1 tag:0.6 exit:5", "css js font icon img img pixel comments", 50);
        api.Step(Browser, "article", "article:3 tag:1 home:1 search:0.6 author:0.3 login:0.12 embed:0.05 comment:0.1 exit:5", "img img pixel comments", 60);
        api.Step(Browser, "embed", "article:1 exit:1");
        api.Step(Browser, "comment", "article:1 exit:1", "profile");
        api.Step(Browser, "tag", "article:6 tag:1.5 exit:2", "img img img pixel", 16);
        api.Step(Browser, "author", "article:4 exit:2", "img pixel", 14);
        api.Step(Browser, "search", "article:6 search:1.5 exit:1.5", "suggest suggest suggest pixel", 12);
        api.Step(Browser, "login", "post:3 admin:2 article:1", think: 8);
        api.Step(Browser, "post", "article:2 post:0.5 profile:0.3 exit:2", "comments", 40, login: true);
        api.Step(Browser, "profile", "change:0.4 article:1 exit:1", think: 15, login: true);
        api.Step(Browser, "change", "profile:1 exit:1", think: 15, login: true);
        api.Step(Browser, "admin", "draft:6 exit:1", "css js", 10, login: true);
        api.Step(Browser, "draft", "save:5 draft:1 exit:0.5", "ajax ajax", 90, login: true);
        api.Step(Browser, "save", "draft:4 article:1 exit:1", "ajax", 20, login: true);
        api.Step(App, "content", "article:5 content:2 exit:1.5", "img img img", 15);
        api.Step(App, "article", "article:2 content:2 exit:2", "img comments", 50);
        api.Step(Integration, "rss", "article:2 content:1 exit:3", think: 4);
        api.Step(Integration, "content", "content:5 article:2 exit:1", think: 2);
        api.Step(Integration, "article", "article:2 content:1 rss:0.3 exit:1", think: 2);
    }
}
