using Vedette.Lab.Simulation;
using static Vedette.Lab.Apis.FlowAudience;
using static Vedette.Lab.Apis.RouteRole;

namespace Vedette.Lab.Apis;

/// <summary>A web shop: pages, an API behind them, an app, partners that sell through it.</summary>
internal static class ShopApi
{
    public static ApiModel Create(RandomSource random, double scale)
    {
        var api = new ApiBuilder("shop", "shop.example.com", random, scale);
        api.Object("product", 9_000, first: 10_001);
        api.Object("category", 140, IdFormat.Slug);
        api.Object("order", 260_000, first: 4_500_000, perUser: 6);
        api.Object("invoice", 260_000, IdFormat.Uuid, perUser: 6);
        api.Object("address", 90_000, first: 700_000, perUser: 2);
        api.Object("image", 30_000, IdFormat.Short);
        AddRoutes(api);
        AddFlows(api);
        return api.Build(new ApiHabits { PeakHour = random.Uniform(17, 21), DaySwing = random.Uniform(0.5, 0.75), WeekendFactor = random.Uniform(1.0, 1.35), AppShare = 0.35 });
    }

    private static void AddRoutes(ApiBuilder api)
    {
        api.Route("health", "GET /healthz", 1.2, 15, Health);
        api.Route("home", "GET /", 38, 24_000, Page);
        api.Route("landing", "GET /c/<category>?utm_source=<utm>&utm_medium=<pick:email:cpc:social>&gclid=<hex>", 46, 31_000, Page);
        api.Route("category", "GET /api/v1/categories/<category>/products?page=<page>&size=24&sort=<pick:price:-price:rating:new>", 58, 14_500, List);
        api.Route("search", "GET /api/v1/search?q=<phrase>&page=<page>&limit=<pick:20:40>", 95, 12_000, Search | Expensive | List, invalid: 0.004, dependency: 1);
        api.Route("suggest", "GET /api/v1/suggest?term=<prefix>&_=<millis>", 18, 900, Search, dependency: 1);
        api.Route("product", "GET /products/<product>", 52, 28_000, Page | RouteRole.Object);
        api.Route("productapi", "GET /api/v1/products/<product>?fields=name,price,stock", 24, 2_300, RouteRole.Object);
        api.Route("stock", "GET /api/v1/products/<product!>/stock?postcode=<number:10000:99999>", 21, 240, dependency: 2);
        api.Route("reviews", "GET /api/v1/products/<product!>/reviews?page=<page>", 44, 6_100, List);
        api.Route("review", "POST /api/v1/products/<product!>/reviews", 72, 310, body: """{"rating":<number:1:5>,"text":"<comment>"}""", success: 201, invalid: 0.06);
        api.Route("cart", "GET /api/v1/cart", 22, 1_400);
        api.Route("addcart", "POST /api/v1/cart/items", 41, 620, body: """{"product_id":"<product!>","quantity":<number:1:3>}""", success: 201, invalid: 0.02);
        api.Route("login", "POST /api/v1/login", 128, 780, Login, body: """{"email":"<email>","password":"********"}""", dependency: 3);
        api.Route("refresh", "POST /api/v1/token/refresh", 25, 640, Refresh, body: """{"refresh_token":"<jwt>"}""", dependency: 3);
        api.Route("register", "POST /api/v1/register", 160, 540, Register, body: """{"email":"<email>","name":"<plainname>"}""", success: 201, invalid: 0.12, dependency: 3);
        api.Route("reset", "POST /api/v1/password/reset", 90, 120, PasswordReset, body: """{"email":"<email>"}""", success: 202, dependency: 3);
        api.Route("account", "GET /api/v1/account", 30, 900);
        api.Route("change", "PUT /api/v1/account/email", 66, 220, AccountChange, body: """{"email":"<email>"}""", invalid: 0.05);
        api.Route("password", "PUT /api/v1/account/password", 140, 120, AccountChange, body: """{"old":"********","new":"********"}""", success: 204, invalid: 0.06, dependency: 3);
        api.Route("address", "GET /api/v1/account/addresses/<address>", 20, 430, RouteRole.Object);
        api.Route("orders", "GET /api/v1/orders?page=<page>", 48, 5_200, List);
        api.Route("order", "GET /api/v1/orders/<order>", 33, 2_600, RouteRole.Object);
        api.Route("invoice", "GET /api/v1/invoices/<invoice>.pdf", 210, 86_000, RouteRole.Object | Expensive);
        api.Route("voucher", "GET /api/v1/vouchers?code=<pick:WELCOME10:SPRING26:FREESHIP:FRIENDS>", 27, 180, invalid: 0.08);
        api.Route("checkout", "POST /api/v1/checkout", 220, 1_300, Deep, body: """{"address_id":"<address>","note":"<comment>"}""", invalid: 0.05, dependency: 2);
        api.Route("pay", "POST /api/v1/checkout/payment", 640, 700, Money | Deep, body: """{"amount":<amount>,"method":"card"}""", success: 201, invalid: 0.04, dependency: 4);
        api.Route("export", "GET /api/v1/reports/orders?from=<date>&format=csv", 900, 420_000, Export | Expensive);
        api.Route("preview", "GET /api/v1/link-preview?url=<link>", 180, 1_800, Fetch);
        api.Route("feed", "POST /api/v1/partner/feed", 310, 260, Upload, body: """{"format":"<pick:xml:csv:json>","rows":<number:3:400>}""", success: 202, invalid: 0.03);
        api.Route("events", "POST /api/v1/events", 6, 2, Poll, body: """{"t":<millis>,"e":"<pick:view:click:scroll>","id":"<uuid>"}""", success: 204);
        api.Route("notify", "GET /api/v1/notifications?since=<seconds>", 14, 160, Poll);
        api.Route("css", "GET /static/app.<pick:8c1f2e>.css", 3, 48_000, Asset);
        api.Route("js", "GET /static/app.<pick:91b0aa>.js", 4, 310_000, Asset);
        api.Route("img", "GET /media/<image>.webp?w=<pick:320:640:1200>", 5, 38_000, Asset);
        api.Route("icon", "GET /favicon.ico", 2, 4_286, Asset);
    }

    private static void AddFlows(ApiBuilder api)
    {
        api.Step(Browser, "home", "search:4 category:3 product:1.5 login:0.6 exit:2", "css js icon img img events", 9);
        api.Step(Browser, "landing", "product:5 category:2 search:1 exit:3", "css js icon img events", 11);
        api.Step(Browser, "search", "search:1.6 product:5 category:0.6 exit:1.6", "suggest suggest img img", 12);
        api.Step(Browser, "category", "category:2 product:5 search:1 exit:1.5", "img img img", 14);
        api.Step(Browser, "product", "product:2 search:1.5 category:1 addcart:2.2 review:0.1 preview:0.05 exit:2.4", "stock reviews img img events", 26);
        api.Step(Browser, "review", "product:3 exit:1", think: 20, login: true);
        api.Step(Browser, "preview", "product:1 exit:1");
        api.Step(Browser, "addcart", "cart:4 product:3 search:1 exit:0.6", "cart events", 8);
        api.Step(Browser, "cart", "voucher:0.8 checkout:3 product:1.5 exit:1.6", "img", 15);
        api.Step(Browser, "voucher", "checkout:3 cart:1 exit:0.5", think: 9);
        api.Step(Browser, "login", "account:2 search:2 orders:2 home:1", think: 6);
        api.Step(Browser, "checkout", "pay:6 cart:0.6 exit:0.8", "address", 40, login: true);
        api.Step(Browser, "pay", "order:3 orders:1 exit:4", "events", 9, login: true);
        api.Step(Browser, "account", "orders:4 change:0.25 password:0.2 search:1 exit:1", "notify", 12, login: true);
        api.Step(Browser, "change", "account:2 exit:1", think: 15, login: true);
        api.Step(Browser, "password", "account:2 exit:1", think: 15, login: true);
        api.Step(Browser, "orders", "order:4 search:1 exit:2", think: 10, login: true);
        api.Step(Browser, "order", "orders:1 order:0.7 invoice:1 product:0.5 exit:2", think: 18, login: true);
        api.Step(Browser, "invoice", "orders:1 exit:2", think: 20, login: true);
        api.Step(App, "notify", "productapi:3 search:3 orders:1 category:2 exit:1.5", "events", 5);
        api.Step(App, "search", "productapi:5 search:2 exit:1", "suggest suggest img img img", 9);
        api.Step(App, "category", "productapi:5 category:2 exit:1", "img img img", 10);
        api.Step(App, "productapi", "productapi:3 search:2 addcart:1.6 exit:2", "stock reviews img events", 16);
        api.Step(App, "addcart", "checkout:2 productapi:3 exit:1", "cart", 7);
        api.Step(App, "checkout", "pay:6 exit:1", think: 30, login: true);
        api.Step(App, "pay", "order:2 exit:3", think: 7, login: true);
        api.Step(App, "orders", "order:5 exit:2", "notify", 9, login: true);
        api.Step(App, "order", "order:1 orders:1 notify:0.6 exit:2", think: 12, login: true);
        api.Step(Integration, "productapi", "productapi:8 stock:3 orders:1 feed:0.5 exit:0.7", think: 1.6);
        api.Step(Integration, "stock", "productapi:5 stock:2 exit:0.4", think: 1);
        api.Step(Integration, "orders", "order:6 orders:2 exit:0.5", think: 1.4);
        api.Step(Integration, "order", "order:7 orders:1 exit:0.6", think: 0.8);
        api.Step(Integration, "feed", "productapi:3 exit:1", think: 3);
    }
}
