namespace Vedette.Cli;

/// <summary>A file of this run's own for what does not belong into memory.</summary>
internal static class SpoolFile
{
    /// <summary>Makes one that is gone when it is closed.</summary>
    public static FileStream Create() =>
        new(Path.Combine(Path.GetTempPath(), $"vedette-{Environment.ProcessId}-{Guid.NewGuid():N}.spool"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
}
