namespace Vedette.Cli;

/// <summary>The user asked for something that cannot be; the message says what to type instead. Ends with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
