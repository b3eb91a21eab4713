using Vedette.Server.Settings;

namespace Vedette.Server.Background;

/// <summary>Keeps a second server from writing into the same folder. Held as long as the process lives; a crash leaves nothing behind.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "server.lock";

    private readonly FileStream? _file;

    private DataFolderLock(FileStream? file) => _file = file;

    /// <summary>Takes the folder of an embedded store; a database looks after itself.</summary>
    /// <exception cref="IOException">Another server has it, or it cannot be written; the message says what to do.</exception>
    public static DataFolderLock Take(VedetteSettings settings)
    {
        if (!settings.IsEmbedded) return new DataFolderLock(null);
        Directory.CreateDirectory(settings.DataFolder);
        return TryTake(settings.DataFolder) ?? throw new IOException($"Another server uses the folder {Path.GetFullPath(settings.DataFolder)}. Stop it, or choose another folder with --data.");
    }

    /// <summary>True if a server runs on the folder.</summary>
    public static bool IsTaken(VedetteSettings settings)
    {
        if (!settings.IsEmbedded || !File.Exists(Path.Combine(settings.DataFolder, FileName))) return false;
        using DataFolderLock? free = TryTake(settings.DataFolder);
        return free is null;
    }

    public void Dispose() => _file?.Dispose();

    private static DataFolderLock? TryTake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
