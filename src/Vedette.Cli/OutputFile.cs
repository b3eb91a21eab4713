namespace Vedette.Cli;

/// <summary>A file that is there only when it is whole: what fails or is interrupted leaves the one before.</summary>
internal sealed class OutputFile : IDisposable
{
    private const string StandardOutput = "-";

    private readonly string? _path;
    private readonly string? _unfinished;

    private OutputFile(Stream stream, string? path, string? unfinished) => (Stream, _path, _unfinished) = (stream, path, unfinished);

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Begins a file, or standard output for <c>-</c>.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static OutputFile Create(string path)
    {
        if (path.Length == 0) throw new UsageException("The name of a file to write is empty.");
        if (path == StandardOutput) return new OutputFile(Console.OpenStandardOutput(), null, null);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory, not a file.");
        // A device, a pipe, or what a link leads to, must not be replaced by a file.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || new FileInfo(path).LinkTarget is not null) return new OutputFile(File.Create(path), null, null);
        if (OpenPipe(path) is { } pipe) return new OutputFile(pipe, null, null);
        string unfinished = path + ".new";
        return new OutputFile(File.Create(unfinished), path, unfinished);
    }

    /// <summary>Refuses to write over what is read, or two things into one file.</summary>
    /// <param name="inputs">Files to be read.</param>
    /// <param name="outputs">Options and the files they name; null where one is not given.</param>
    /// <exception cref="UsageException">Two of them are the same file.</exception>
    public static void RequireApart(IEnumerable<string> inputs, params ReadOnlySpan<(string Option, string? Path)> outputs)
    {
        HashSet<string> taken = [.. inputs.Where(static path => path is not ("" or StandardOutput)).Select(Path.GetFullPath)];
        foreach ((string option, string? path) in outputs)
            if (path is not (null or "") && !path.StartsWith("/dev/", StringComparison.Ordinal) && !taken.Add(path == StandardOutput ? path : Path.GetFullPath(path)))
                throw new UsageException($"{option} would write over '{path}', which this command reads or writes already; give it a file of its own.");
    }

    /// <summary>The named pipe of this path, open for writing once somebody reads it; null if there is none.</summary>
    private static FileStream? OpenPipe(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > 0) return null;
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Write);
            if (!file.CanSeek) return file;
            file.Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            // A file that only its folder lets one replace.
        }
        return null;
    }

    /// <summary>Closes it and puts it in its place.</summary>
    public void Complete()
    {
        Stream.Dispose();
        if (_path is not null) File.Move(_unfinished!, _path, overwrite: true);
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (_unfinished is not null) File.Delete(_unfinished);
    }
}
