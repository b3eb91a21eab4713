namespace Vedette.Engine.Normalization;

/// <summary>Paths that browsers, crawlers and certificate robots ask for by themselves, whether they exist or not.</summary>
internal static class CustomaryPaths
{
    public static bool Contains(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("/robots.txt"u8) || path.SequenceEqual("/favicon.ico"u8) || path.SequenceEqual("/ads.txt"u8) || path.SequenceEqual("/app-ads.txt"u8)
        || path.SequenceEqual("/humans.txt"u8) || path.SequenceEqual("/security.txt"u8) || path.SequenceEqual("/browserconfig.xml"u8) || path.SequenceEqual("/crossdomain.xml"u8)
        || path.SequenceEqual("/manifest.json"u8) || path.SequenceEqual("/site.webmanifest"u8) || path.SequenceEqual("/service-worker.js"u8)
        || path.StartsWith("/sitemap"u8) || path.StartsWith("/apple-touch-icon"u8) || path.StartsWith("/.well-known/"u8);
}
