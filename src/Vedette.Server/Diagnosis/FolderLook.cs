using System.Runtime.InteropServices;

namespace Vedette.Server.Diagnosis;

/// <summary>Looks at a folder that may not be there yet, without writing to it.</summary>
internal static partial class FolderLook
{
    private const int WriteAndSearch = 2 | 1;

    /// <summary>The folder itself, or the nearest one above it that is there: where it would be made.</summary>
    public static string NearestExisting(string folder)
    {
        string at = Path.GetFullPath(folder);
        while (!Directory.Exists(at) && !File.Exists(at) && Path.GetDirectoryName(at) is { } above) at = above;
        return at;
    }

    /// <summary>Why this process could not make a file there; null if it could. Rights and mounts for reading alone count; only a start tells on other systems than Unix.</summary>
    public static string? Problem(string folder)
    {
        if (File.Exists(folder)) return $"{folder} is a file";
        if (OperatingSystem.IsWindows() || Access(folder, WriteAndSearch) == 0) return null;
        return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
