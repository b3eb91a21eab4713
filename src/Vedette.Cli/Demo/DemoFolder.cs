namespace Vedette.Cli.Demo;

/// <summary>Where a demo keeps its data.</summary>
internal static class DemoFolder
{
    /// <summary>By this file a folder is known to be a demo's: no other is emptied, and none gets simulated traffic beside what it holds.</summary>
    private const string Marker = "vedette-demo";

    /// <summary>The folder given, or a temporary one without what an earlier demo left there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UsageException">It holds something else.</exception>
    public static string Prepare(string? given)
    {
        string path = given ?? Path.Combine(Path.GetTempPath(), $"vedette-demo-{Environment.UserName}"), marker = Path.Combine(path, Marker);
        if (given is null && File.Exists(marker)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"{Path.GetFullPath(path)} holds something that no demo has put there; simulated traffic does not go beside it. Choose an empty folder with --data.");
        File.WriteAllText(marker, "");
        return path;
    }
}
