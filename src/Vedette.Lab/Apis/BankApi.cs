using Vedette.Lab.Simulation;
using static Vedette.Lab.Apis.FlowAudience;
using static Vedette.Lab.Apis.RouteRole;

namespace Vedette.Lab.Apis;

/// <summary>A bank's API: an app most of all, payments, statements, and payment services that connect by key.</summary>
internal static class BankApi
{
    public static ApiModel Create(RandomSource random, double scale)
    {
        var api = new ApiBuilder("bank", "api.bank.example", random, scale);
        api.Object("account", 180_000, first: 20_000_014, perUser: 3);
        api.Object("transaction", 9_000_000, IdFormat.Uuid, perUser: 300);
        api.Object("card", 120_000, IdFormat.Uuid, perUser: 2);
        api.Object("customer", 70_000, first: 100_200, perUser: 1);
        api.Object("payee", 400_000, first: 3_000_000, perUser: 9);
        api.Object("statement", 900_000, first: 50_000_000, perUser: 24);
        api.Object("fund", 420, IdFormat.Code);
        AddRoutes(api);
        AddFlows(api);
        return api.Build(new ApiHabits
        {
            PeakHour = random.Uniform(10, 13),
            DaySwing = random.Uniform(0.6, 0.8),
            WeekendFactor = random.Uniform(0.35, 0.6),
            AppShare = 0.7,
            LogsLoginNames = true,
            UsesPreflight = true,
            FirewallShare = 0.35,
        });
    }

    private static void AddRoutes(ApiBuilder api)
    {
        api.Route("health", "GET /health/live", 1, 12, Health);
        api.Route("home", "GET /login", 25, 9_000, Page);
        api.Route("rates", "GET /public/rates?base=<pick:EUR:USD:GBP>&date=<date>", 12, 1_900, Page | List);
        api.Route("branch", "GET /public/branches?near=<point>&q=<phrase>", 40, 3_400, Page | Search, dependency: 1);
        api.Route("login", "POST /oauth/token", 190, 1_250, Login, body: "grant_type=password&username=<user>&password=********", dependency: 3);
        api.Route("refresh", "POST /oauth/token/refresh", 40, 1_250, Refresh, body: "grant_type=refresh_token&refresh_token=<jwt>", dependency: 3);
        api.Route("reset", "POST /v2/credentials/recovery", 140, 90, PasswordReset, body: """{"username":"<user>"}""", success: 202, dependency: 3);
        api.Route("register", "POST /v2/customers", 260, 400, Register, body: """{"name":"<plainname>"}""", success: 201, invalid: 0.15, dependency: 3);
        api.Route("profile", "GET /v2/customers/<customer>", 35, 1_100, RouteRole.Object);
        api.Route("change", "PATCH /v2/customers/<customer>/contact", 85, 300, AccountChange, body: """{"email":"<email>"}""", invalid: 0.06);
        api.Route("devices", "POST /v2/devices", 110, 260, AccountChange, body: """{"device":"<uuid>"}""", success: 201, dependency: 3);
        api.Route("accounts", "GET /v2/accounts", 48, 1_700, List | Poll);
        api.Route("account", "GET /v2/accounts/<account>", 42, 900, RouteRole.Object);
        api.Route("balance", "GET /v2/accounts/<account>/balance?_=<millis>", 28, 180, RouteRole.Object | Poll, dependency: 2);
        api.Route("list", "GET /v2/accounts/<account>/transactions?from=<date>&limit=<pick:25:50>&cursor=<base64>", 120, 9_800, List | Expensive, invalid: 0.006, dependency: 2);
        api.Route("transaction", "GET /v2/transactions/<transaction>", 38, 1_250, RouteRole.Object, dependency: 2);
        api.Route("find", "GET /v2/transactions/search?text=<phrase>&min=<number:1:100>&max=<number:101:5000>&correlation=<hex>", 210, 7_200, Search | Expensive | List, dependency: 2);
        api.Route("statement", "GET /v2/statements/<statement>/pdf", 420, 140_000, RouteRole.Object | Expensive);
        api.Route("payees", "GET /v2/payees?sort=<pick:name:recent>", 36, 2_900, List);
        api.Route("payee", "GET /v2/payees/<payee>", 24, 420, RouteRole.Object);
        api.Route("addpayee", "POST /v2/payees", 160, 380, AccountChange, body: """{"name":"<plainname>","iban":"DE<number:10:99> 3704 0044 <number:1000:9999>"}""", success: 201, invalid: 0.07);
        api.Route("quote", "POST /v2/transfers/quote", 95, 460, Deep, body: """{"from":"<account>","amount":<amount>}""", invalid: 0.03, dependency: 4);
        api.Route("transfer", "POST /v2/transfers", 480, 620, Money | Deep, body: """{"from":"<account!>","to":"<payee>","amount":<amount>,"text":"<comment>"}""", success: 201, invalid: 0.04, dependency: 4);
        api.Route("confirm", "POST /v2/transfers/confirmation", 260, 310, Money | Deep, body: """{"code":"<number:100000:999999>"}""", invalid: 0.05, dependency: 4);
        api.Route("cards", "GET /v2/cards/<card>", 30, 760, RouteRole.Object);
        api.Route("funds", "GET /v2/funds/<fund>/prices?range=<pick:1m:1y:5y>", 75, 22_000, RouteRole.Object | List);
        api.Route("export", "GET /v2/reports/transactions?year=<number:2022:2025>&format=<pick:csv:camt053>", 1_400, 610_000, Export | Expensive);
        api.Route("import", "POST /v2/payments/batch", 700, 500, Upload, body: """{"format":"<pick:pain.001:csv>","count":<number:2:200>}""", success: 202, invalid: 0.05, dependency: 4);
        api.Route("callback", "GET /v2/webhooks/test?url=<link>", 150, 240, Fetch);
        api.Route("notify", "GET /v2/notifications?since=<seconds>", 16, 130, Poll);
        api.Route("css", "GET /assets/main.<pick:77fe01>.css", 3, 36_000, Asset);
        api.Route("js", "GET /assets/main.<pick:c0ffe9>.js", 4, 420_000, Asset);
        api.Route("icon", "GET /favicon.ico", 2, 1_150, Asset);
    }

    private static void AddFlows(ApiBuilder api)
    {
        api.Step(Browser, "home", "accounts:7 rates:0.5 branch:0.7 exit:1", "css js icon", 12);
        api.Step(Browser, "rates", "branch:1 rates:1 home:1 exit:3", "css js", 20);
        api.Step(Browser, "branch", "branch:2 rates:0.5 exit:3", "css js icon", 18);
        api.Step(Browser, "accounts", "account:6 payees:1 cards:0.7 funds:0.6 exit:2", "notify balance balance", 9, login: true);
        api.Step(Browser, "account", "list:7 quote:2 accounts:1 exit:1", "balance", 10, login: true);
        api.Step(Browser, "list", "list:2 transaction:4 find:0.7 statement:0.6 quote:1 exit:2", think: 16, login: true);
        api.Step(Browser, "find", "transaction:4 find:1 exit:1", think: 14, login: true);
        api.Step(Browser, "transaction", "list:2 transaction:1 quote:0.6 exit:2", think: 12, login: true);
        api.Step(Browser, "statement", "statement:1.6 accounts:1 exit:1.6", think: 20, login: true);
        api.Step(Browser, "payees", "payee:3 addpayee:0.8 quote:3 exit:0.6", think: 11, login: true);
        api.Step(Browser, "payee", "quote:4 payees:1 exit:0.5", think: 9, login: true);
        api.Step(Browser, "addpayee", "quote:4 exit:1", think: 25, login: true);
        api.Step(Browser, "quote", "transfer:7 quote:1 exit:1", think: 22, login: true);
        api.Step(Browser, "transfer", "confirm:9 exit:0.7", think: 18, login: true);
        api.Step(Browser, "confirm", "accounts:3 list:1 exit:4", think: 8, login: true);
        api.Step(Browser, "cards", "accounts:1 profile:0.5 exit:1.5", think: 14, login: true);
        api.Step(Browser, "profile", "change:0.5 accounts:1 exit:1", think: 16, login: true);
        api.Step(Browser, "change", "profile:1 exit:1", think: 20, login: true);
        api.Step(Browser, "funds", "funds:2 accounts:1 exit:2", think: 18, login: true);
        api.Step(App, "accounts", "account:5 balance:2 payees:1 notify:1 exit:2", "notify balance balance", 5, login: true);
        api.Step(App, "notify", "accounts:1 exit:2", think: 4, login: true);
        api.Step(App, "balance", "account:2 exit:3", think: 6, login: true);
        api.Step(App, "account", "list:6 quote:2 exit:1.5", "balance", 7, login: true);
        api.Step(App, "list", "list:2 transaction:4 quote:1 exit:2", think: 10, login: true);
        api.Step(App, "transaction", "list:2 transaction:1 exit:2", think: 8, login: true);
        api.Step(App, "payees", "quote:5 payee:1 exit:1", think: 8, login: true);
        api.Step(App, "payee", "quote:4 exit:1", think: 6, login: true);
        api.Step(App, "quote", "transfer:7 exit:1", think: 15, login: true);
        api.Step(App, "transfer", "confirm:9 exit:0.5", think: 12, login: true);
        api.Step(App, "confirm", "accounts:2 exit:4", think: 6, login: true);
        api.Step(Integration, "accounts", "balance:4 list:4 exit:0.4", think: 1.2);
        api.Step(Integration, "balance", "balance:3 list:3 accounts:1 exit:0.8", think: 0.9);
        api.Step(Integration, "list", "list:4 transaction:3 balance:1 import:0.2 exit:0.7", think: 1.1);
        api.Step(Integration, "transaction", "transaction:4 list:2 exit:0.5", think: 0.7);
        api.Step(Integration, "import", "accounts:1 exit:1", think: 4);
    }
}
