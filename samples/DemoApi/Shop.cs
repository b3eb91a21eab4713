using System.Security.Claims;
using Vedette.AspNetCore;

namespace DemoApi;

/// <summary>A shop with three calls, watched by Vedette: in this process, or by the server that <c>Vedette:Server</c> and <c>Vedette:ApiKey</c> name.</summary>
public static class Shop
{
    private static readonly string[] Products = ["lamp", "desk lamp", "chair", "office chair", "table", "coffee table", "shelf", "bookshelf", "mirror", "carpet"];

    private static readonly Dictionary<string, string> Passwords = new(StringComparer.Ordinal) { ["alice"] = "wonderland", ["bob"] = "builder", ["carol"] = "christmas" };

    /// <summary>The application, ready to run.</summary>
    /// <param name="args">Command line: <c>--urls</c>, <c>--Vedette:Server</c>, <c>--Vedette:ApiKey</c>, <c>--Vedette:DecisionsKey</c>.</param>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        IConfigurationSection settings = builder.Configuration.GetSection("Vedette");
        builder.Services.AddVedette(options =>
        {
            options.Server = settings["Server"] is { Length: > 0 } server ? new Uri(server) : null;
            options.ApiKey = settings["ApiKey"];
            options.DecisionsKey = settings["DecisionsKey"];
            options.BodySampleBytes = 4096;
        });
        builder.Services.AddSingleton<Sessions>();

        WebApplication app = builder.Build();
        app.Use(SignIn);
        app.UseVedette();
        app.UseRouting();
        app.MapPost("/login", Login);
        app.MapPost("/payment", Pay);
        app.MapGet("/search", Search);
        return app;
    }

    /// <summary>Who holds a token from <c>POST /login</c> is known by name from then on.</summary>
    private static Task SignIn(HttpContext context, RequestDelegate next)
    {
        const string scheme = "Bearer ";
        string authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(scheme, StringComparison.Ordinal) && context.RequestServices.GetRequiredService<Sessions>().UserOf(authorization[scheme.Length..]) is { } user)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], "token"));
        return next(context);
    }

    private static IResult Login(Credentials credentials, Sessions sessions) =>
        credentials.User is { } user && Passwords.TryGetValue(user, out string? password) && password == credentials.Password
            ? Results.Ok(new { token = sessions.Open(user) })
            : Results.Problem("User or password is wrong.", statusCode: StatusCodes.Status401Unauthorized);

    private static IResult Pay(Payment payment, ClaimsPrincipal payer)
    {
        if (payer.Identity is not { IsAuthenticated: true }) return Results.Problem("Sign in first: POST /login.", statusCode: StatusCodes.Status401Unauthorized);
        if (payment.Amount is not (> 0 and <= 10_000)) return Results.ValidationProblem(new Dictionary<string, string[]> { ["amount"] = ["must be above 0 and at most 10,000"] });
        return Results.Ok(new { id = Guid.NewGuid(), payment.Amount, payment.Recipient, from = payer.Identity.Name });
    }

    private static IResult Search(string? q) => Results.Ok(new { query = q, items = Products.Where(product => product.Contains(q ?? "", StringComparison.OrdinalIgnoreCase)) });
}

/// <summary>Body of <c>POST /login</c>.</summary>
public sealed record Credentials(string? User, string? Password);

/// <summary>Body of <c>POST /payment</c>.</summary>
public sealed record Payment(decimal Amount, string? Recipient);
