using System.ComponentModel;
using System.Diagnostics;

namespace Vedette.Cli.Demo;

/// <summary>Opens a page in the user's browser, where there is one.</summary>
internal static class Browser
{
    /// <summary>Does nothing on a machine without a desktop: the link has been printed.</summary>
    public static void TryOpen(string link)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Process.Start(new ProcessStartInfo(link) { UseShellExecute = true })?.Dispose();
            else if (OperatingSystem.IsMacOS()) Process.Start("open", [link]).Dispose();
            else if (Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 }) Process.Start("xdg-open", [link]).Dispose();
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            // No opener is installed.
        }
    }
}
