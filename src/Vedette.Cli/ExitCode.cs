namespace Vedette.Cli;

/// <summary>What the process ends with; scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>There are incidents at or above the level given with <c>--fail-on</c>.</summary>
    public const int IncidentsFound = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The input cannot be read, or something failed while running.</summary>
    public const int Failure = 3;
}
