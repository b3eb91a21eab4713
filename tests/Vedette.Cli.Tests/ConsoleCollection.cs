namespace Vedette.Cli.Tests;

/// <summary>Tests that read what a command writes to the console; they run alone, since the console is one for the whole process.</summary>
[CollectionDefinition(nameof(ConsoleCollection), DisableParallelization = true)]
public sealed class ConsoleCollection;
