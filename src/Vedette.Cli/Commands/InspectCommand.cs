using System.Buffers;
using System.CommandLine;
using Vedette.Engine.Signatures;

namespace Vedette.Cli.Commands;

/// <summary><c>inspect [FILE]</c>: requests in, verdicts on their payloads out, both NDJSON, one row a line in the same order.</summary>
internal static class InspectCommand
{
    /// <summary>Lines judged together: enough to keep every core busy, few enough to stream.</summary>
    private const int ChunkLines = 2048;

    private const int ChunkBytes = 8 << 20;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "NDJSON with id, method, path, query, headers, body; '-' is stdin, .gz is read.", DefaultValueFactory = _ => "-" };
        var command = new Command("inspect", "Judge single requests: is there an attack payload, of which class, where and why.") { file };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed.GetValue(file)!, cancel)));
        return command;
    }

    private static int Run(string file, CancellationToken cancel)
    {
        using Stream input = InputFile.Open(file);
        using var output = Console.OpenStandardOutput();
        var counts = Run(input, output, new RequestInspector(), Environment.ProcessorCount, cancel);
        Console.Error.WriteLine($"{counts.Lines} lines: {counts.Attacks} attacks, {counts.Unreadable} unreadable.");
        return counts.Lines > 0 && counts.Unreadable == counts.Lines ? ExitCode.Failure : ExitCode.Done;
    }

    /// <summary>Judges every line of <paramref name="input"/>. The output does not depend on <paramref name="workers"/>.</summary>
    internal static InspectCounts Run(Stream input, Stream output, RequestInspector inspector, int workers, CancellationToken cancel)
    {
        var reader = new LineChunkReader(input, ChunkLines, ChunkBytes);
        var crew = Enumerable.Range(0, Math.Max(1, workers)).Select(_ => new InspectWorker(inspector)).ToArray();
        var total = default(InspectCounts);
        long line = 1;
        while (reader.ReadChunk())
        {
            cancel.ThrowIfCancellationRequested();
            long first = line;
            int share = (reader.LineCount + crew.Length - 1) / crew.Length;
            Parallel.For(0, crew.Length, new ParallelOptions { MaxDegreeOfParallelism = crew.Length, CancellationToken = cancel }, w =>
                crew[w].Judge(reader, Math.Min(w * share, reader.LineCount), Math.Min((w + 1) * share, reader.LineCount), first));
            foreach (var worker in crew)
            {
                output.Write(worker.Output.WrittenSpan);
                total = total.Plus(worker.Counts);
            }
            line += reader.LineCount;
        }
        output.Flush();
        return total;
    }
}

/// <summary>What was read and found.</summary>
internal readonly record struct InspectCounts(long Lines, long Attacks, long Unreadable)
{
    public InspectCounts Plus(InspectCounts other) => new(Lines + other.Lines, Attacks + other.Attacks, Unreadable + other.Unreadable);
}
