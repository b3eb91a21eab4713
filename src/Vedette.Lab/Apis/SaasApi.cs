using Vedette.Lab.Simulation;
using static Vedette.Lab.Apis.FlowAudience;
using static Vedette.Lab.Apis.RouteRole;

namespace Vedette.Lab.Apis;

/// <summary>A project tool sold as a service: UUIDs, dashboards left open, many keys and integrations.</summary>
internal static class SaasApi
{
    public static ApiModel Create(RandomSource random, double scale)
    {
        var api = new ApiBuilder("saas", "app.flowdesk.example", random, scale);
        api.Object("project", 22_000, IdFormat.Uuid, perUser: 5);
        api.Object("task", 900_000, IdFormat.Uuid, perUser: 120);
        api.Object("ticket", 640_000, first: 880_000, perUser: 60);
        api.Object("file", 500_000, IdFormat.Short, perUser: 40);
        api.Object("member", 45_000, first: 10_000, perUser: 12);
        api.Object("invoice", 60_000, first: 202_600, perUser: 12);
        api.Object("template", 260, IdFormat.Slug);
        AddRoutes(api);
        AddFlows(api);
        return api.Build(new ApiHabits { PeakHour = random.Uniform(12, 15), DaySwing = random.Uniform(0.65, 0.85), WeekendFactor = random.Uniform(0.15, 0.35), AppShare = 0.2, CodeTopicShare = 0.03, UsesPreflight = random.Chance(0.5) });
    }

    private static void AddRoutes(ApiBuilder api)
    {
        api.Route("health", "GET /_health", 1, 17, Health);
        api.Route("home", "GET /app", 20, 7_400, Page);
        api.Route("gallery", "GET /templates/<template>", 44, 19_000, Page | RouteRole.Object);
        api.Route("login", "POST /auth/login", 140, 960, Login, body: """{"email":"<email>","password":"********"}""", dependency: 3);
        api.Route("refresh", "POST /auth/refresh", 30, 880, Refresh, body: """{"token":"<jwt>"}""", dependency: 3);
        api.Route("reset", "POST /auth/forgot", 85, 60, PasswordReset, body: """{"email":"<email>"}""", success: 202, dependency: 3);
        api.Route("register", "POST /auth/signup", 210, 700, Register, body: """{"email":"<email>","company":"<plainname>"}""", success: 201, invalid: 0.1, dependency: 3);
        api.Route("me", "GET /api/me", 18, 1_300);
        api.Route("change", "PATCH /api/me", 60, 1_300, AccountChange, body: """{"email":"<email>"}""", invalid: 0.03);
        api.Route("keys", "POST /api/me/tokens", 55, 240, AccountChange, body: """{"name":"<pick:ci:laptop:script>"}""", success: 201);
        api.Route("projects", "GET /api/projects?filter=<filter>&limit=50", 62, 8_800, List);
        api.Route("project", "GET /api/projects/<project>", 34, 3_700, RouteRole.Object);
        api.Route("board", "GET /api/projects/<project!>/board?expand=<pick:all:labels:members>", 130, 46_000, Expensive, dependency: 2);
        api.Route("tasks", "GET /api/projects/<project>/tasks?cursor=<base64>&limit=<pick:50:100>", 78, 21_000, List);
        api.Route("task", "GET /api/tasks/<task>", 26, 2_900, RouteRole.Object);
        api.Route("newtask", "POST /api/tasks", 58, 1_700, body: """{"project":"<project>","title":"<comment>"}""", success: 201, invalid: 0.04);
        api.Route("edit", "PATCH /api/tasks/<task!>", 44, 1_500, body: """{"state":"<pick:open:doing:done>","note":"<comment>"}""", invalid: 0.02);
        api.Route("ticket", "GET /api/v2/tickets/<ticket>", 31, 3_300, RouteRole.Object);
        api.Route("member", "GET /api/members/<member>", 22, 640, RouteRole.Object);
        api.Route("search", "GET /api/search?q=<phrase>&scope=<pick:all:tasks:files>&rid=<uuid>", 115, 9_700, Search | Expensive | List, invalid: 0.004, dependency: 1);
        api.Route("file", "GET /api/files/<file>/download?token=<jwt>", 90, 240_000, RouteRole.Object);
        api.Route("upload", "POST /api/files/import", 380, 410, Upload, body: """{"type":"<pick:xml:csv>","name":"<pick:plan:tasks:board> <number:1:90>"}""", success: 201, invalid: 0.06);
        api.Route("unfurl", "GET /api/unfurl?url=<link>", 170, 1_100, Fetch);
        api.Route("dashboard", "GET /api/dashboard/summary?tz=<pick:Europe%2FBerlin:America%2FNew_York:Asia%2FTokyo>&_=<millis>", 66, 3_900, Poll, dependency: 2);
        api.Route("stream", "GET /api/activity?since=<millis>", 24, 700, Poll);
        api.Route("invoices", "GET /api/billing/invoices/<invoice>", 48, 1_900, RouteRole.Object);
        api.Route("plan", "GET /api/billing/plan", 26, 520);
        api.Route("subscribe", "POST /api/billing/subscription", 520, 800, Money | Deep, body: """{"plan":"<pick:team:business>","seats":<number:3:60>}""", invalid: 0.05, dependency: 4);
        api.Route("confirm", "POST /api/billing/subscription/confirm", 310, 400, Deep, body: """{"intent":"<uuid>"}""", dependency: 4);
        api.Route("export", "GET /api/reports/export?range=<pick:30d:90d:365d>&format=<pick:csv:xlsx>", 1_100, 380_000, Export | Expensive);
        api.Route("css", "GET /build/app-<pick:3fa1>.css", 3, 61_000, Asset);
        api.Route("js", "GET /build/app-<pick:b77c>.js", 5, 690_000, Asset);
        api.Route("avatar", "GET /avatars/<number:1:4000>.png", 4, 5_300, Asset);
        api.Route("icon", "GET /favicon.svg", 2, 870, Asset);
    }

    private static void AddFlows(ApiBuilder api)
    {
        api.Step(Browser, "home", "projects:6 dashboard:3 gallery:0.4 exit:0.6", "css js icon", 4);
        api.Step(Browser, "gallery", "gallery:2 home:1 exit:2", "css js", 22);
        api.Step(Browser, "projects", "project:6 search:1 dashboard:1 exit:1", "me avatar avatar stream", 7, login: true);
        api.Step(Browser, "project", "board:6 tasks:2 member:0.4 exit:0.6", "avatar avatar", 5, login: true);
        api.Step(Browser, "board", "task:7 newtask:1.5 board:1 search:0.8 exit:1.2", "stream avatar", 18, login: true);
        api.Step(Browser, "tasks", "task:5 tasks:1 search:1 exit:1", think: 12, login: true);
        api.Step(Browser, "task", "edit:4 task:2 board:2 ticket:0.5 file:0.7 exit:1", "avatar", 20, login: true);
        api.Step(Browser, "edit", "task:2 board:3 edit:1 exit:1", "stream", 14, login: true);
        api.Step(Browser, "newtask", "board:3 newtask:1 unfurl:0.5 exit:0.7", think: 25, login: true);
        api.Step(Browser, "unfurl", "task:2 board:1", think: 9, login: true);
        api.Step(Browser, "ticket", "ticket:1.5 task:1 board:1 exit:1", think: 20, login: true);
        api.Step(Browser, "member", "project:1 exit:1", "avatar", 9, login: true);
        api.Step(Browser, "file", "task:2 file:0.8 upload:0.2 exit:1", think: 22, login: true);
        api.Step(Browser, "upload", "tasks:2 exit:1", think: 20, login: true);
        api.Step(Browser, "search", "search:1 task:5 project:1 exit:1", think: 11, login: true);
        api.Step(Browser, "dashboard", "dashboard:5 projects:2 plan:0.3 exit:1", "stream", 30, login: true);
        api.Step(Browser, "plan", "invoices:1 subscribe:0.5 dashboard:1 change:0.3 keys:0.3 exit:1", think: 15, login: true);
        api.Step(Browser, "invoices", "invoices:2 plan:1 exit:1", think: 14, login: true);
        api.Step(Browser, "subscribe", "confirm:6 exit:1", think: 30, login: true);
        api.Step(Browser, "confirm", "plan:1 dashboard:1 exit:1", think: 10, login: true);
        api.Step(Browser, "change", "dashboard:1 exit:1", think: 12, login: true);
        api.Step(Browser, "keys", "dashboard:1 exit:1", think: 12, login: true);
        api.Step(App, "stream", "task:4 projects:2 stream:2 exit:2", "me", 6, login: true);
        api.Step(App, "projects", "tasks:5 exit:1", "avatar", 6, login: true);
        api.Step(App, "tasks", "task:6 newtask:1 exit:1.5", think: 9, login: true);
        api.Step(App, "task", "edit:3 tasks:2 stream:1 exit:2", think: 12, login: true);
        api.Step(App, "edit", "tasks:2 task:1 exit:2", think: 8, login: true);
        api.Step(App, "newtask", "tasks:2 exit:1", think: 20, login: true);
        api.Step(Integration, "tasks", "task:5 tasks:4 edit:1 ticket:1 exit:0.6", think: 1);
        api.Step(Integration, "task", "task:5 edit:2 tasks:1 exit:0.6", think: 0.7);
        api.Step(Integration, "edit", "task:4 tasks:1 exit:0.6", think: 0.8);
        api.Step(Integration, "ticket", "ticket:5 tasks:1 exit:0.5", think: 0.8);
    }
}
