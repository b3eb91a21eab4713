using Vedette.Storage.Events;
using Vedette.Storage.Traffic;

namespace Vedette.Storage.Sqlite;

/// <summary>One day's file, and what of it is in memory.</summary>
internal sealed record SqliteDayFile(int Day, string Path)
{
    private const string Prefix = "events-";
    private const string Suffix = ".db";

    public TrafficLedger Ledger { get; } = new();

    /// <summary>Bytes on disk, write-ahead log included.</summary>
    public long SizeBytes => SidePaths.Select(static path => new FileInfo(path)).Where(static file => file.Exists).Sum(static file => file.Length);

    private IEnumerable<string> SidePaths => [Path, Path + "-wal", Path + "-shm"];

    public static SqliteDayFile Of(string folder, int day) => new(day, System.IO.Path.Combine(folder, $"{Prefix}{DayNumber.Name(day)}{Suffix}"));

    /// <summary>The files in a folder, oldest first.</summary>
    public static IReadOnlyList<SqliteDayFile> In(string folder)
    {
        var found = new List<SqliteDayFile>();
        foreach (string path in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            ReadOnlySpan<char> name = System.IO.Path.GetFileName(path.AsSpan())[Prefix.Length..^Suffix.Length];
            if (DayNumber.TryParse(name, out int day)) found.Add(new SqliteDayFile(day, path));
        }
        return [.. found.OrderBy(static file => file.Day)];
    }

    public void Delete()
    {
        foreach (string path in SidePaths) File.Delete(path);
    }
}
