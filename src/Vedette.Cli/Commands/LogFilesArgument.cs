using System.CommandLine;

namespace Vedette.Cli.Commands;

/// <summary>The argument <c>FILE…</c> of commands that read logs.</summary>
internal static class LogFilesArgument
{
    public static Argument<string[]> Create(string description, ArgumentArity arity)
    {
        var files = new Argument<string[]>("FILE") { Description = description, Arity = arity };
        // Without this a mistyped option would be taken for a file that does not exist.
        files.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value.Length == 0) result.AddError("The name of a file is empty.");
                if (token.Value.StartsWith('-') && token.Value != "-") result.AddError($"There is no option '{token.Value}'; write a file of that name as ./{token.Value}.");
            }
        });
        return files;
    }

    /// <summary>The files given; standard input where none is and something is piped in.</summary>
    /// <exception cref="UsageException">Nothing is: the program would wait for somebody to type a log.</exception>
    public static IReadOnlyList<string> OrStandardInput(string[]? given)
    {
        if (given is { Length: > 0 }) return given;
        return Console.IsInputRedirected ? ["-"] : throw new UsageException("no log was given: name its files, or pipe it in.");
    }
}
