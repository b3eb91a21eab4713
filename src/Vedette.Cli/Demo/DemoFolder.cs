namespace Vedette.Cli.Demo;

/// <summary>Where a demo keeps its data.</summary>
internal static class DemoFolder
{
    /// <summary>By this file a folder is known to have been made by a demo; no other is ever emptied.</summary>
    private const string Marker = "vedette-demo";

    /// <summary>The folder given, or a temporary one without what an earlier demo left there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Prepare(string? given)
    {
        string path = given ?? Path.Combine(Path.GetTempPath(), $"vedette-demo-{Environment.UserName}");
        if (given is null && File.Exists(Path.Combine(path, Marker))) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        if (given is null) File.WriteAllText(Path.Combine(path, Marker), "");
        return path;
    }
}
