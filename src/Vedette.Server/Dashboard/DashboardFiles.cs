using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Vedette.Server.Dashboard;

/// <summary>The built dashboard, embedded in this assembly under <c>web/</c>; without it a plain page says how to build it.</summary>
internal sealed class DashboardFiles
{
    private const string Prefix = "web/";
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string MissingPage = """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Vedette</title>
        <h1>Vedette runs</h1>
        <p>The dashboard was not built into this program. Build it with Node 20 installed: <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code>, then build the server again.</p>
        <p>The API is explained at <a href="/docs">/docs</a>.</p></html>
        """;

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly Assembly _assembly = typeof(DashboardFiles).Assembly;
    private readonly FrozenSet<string> _names = typeof(DashboardFiles).Assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Answers where no call is meant: with a file of the dashboard, or with its page to a browser on one of its paths.</summary>
    public bool TryAnswer(HttpContext context, out Task writing)
    {
        writing = Task.CompletedTask;
        if (context.GetEndpoint() is not null || !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return false;
        string path = context.Request.Path.Value!.TrimStart('/');
        if (TryWrite(context, path, out writing)) return true;
        if (!IsWanted(context) || path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("v1/", StringComparison.Ordinal)) return false;
        writing = WriteIndexAsync(context);
        return true;
    }

    /// <summary>True if a browser asks for a page.</summary>
    public static bool IsWanted(HttpContext context) => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with the page every path of the dashboard begins with.</summary>
    public Task WriteIndexAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        context.Response.Headers.CacheControl = "no-cache";
        if (_names.Contains(Prefix + "index.html")) return WriteAsync(context, "index.html");
        context.Response.ContentType = Types[".html"];
        return context.Response.WriteAsync(MissingPage, context.RequestAborted);
    }

    private bool TryWrite(HttpContext context, string path, out Task writing)
    {
        writing = Task.CompletedTask;
        if (path == "index.html" || !_names.Contains(Prefix + path)) return false;
        // Built files carry a hash of their content in the name.
        context.Response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        writing = WriteAsync(context, path);
        return true;
    }

    /// <summary>Sends the file, compressed where the build made a compressed twin and the browser takes it.</summary>
    private async Task WriteAsync(HttpContext context, string path)
    {
        context.Response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        string name = Prefix + path;
        foreach ((string encoding, string suffix) in (ReadOnlySpan<(string, string)>)[("br", ".br"), ("gzip", ".gz")])
        {
            if (!_names.Contains(name + suffix) || !context.Request.Headers.AcceptEncoding.ToString().Contains(encoding, StringComparison.OrdinalIgnoreCase)) continue;
            context.Response.Headers.ContentEncoding = encoding;
            name += suffix;
            break;
        }
        context.Response.Headers.Append("Vary", "Accept-Encoding");
        await using Stream file = _assembly.GetManifestResourceStream(name)!;
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
