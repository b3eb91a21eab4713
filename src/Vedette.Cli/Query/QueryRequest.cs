using Vedette.Cli.Commands;
using Vedette.Engine.Parsing;

namespace Vedette.Cli.Query;

/// <summary>What is asked, and about what: files, a store, or a server.</summary>
internal sealed record QueryRequest
{
    public required string Question { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    public required ILogFormat? Format { get; init; }

    public required string? Data { get; init; }

    public required string? Server { get; init; }

    public required string? Key { get; init; }

    public required OutputKind Output { get; init; }

    public required FileInfo? Config { get; init; }
}
