using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Vedette.Storage.Tests;

/// <summary>A throwaway PostgreSQL server in a folder of its own.</summary>
internal sealed class PostgreSqlProcess : IDisposable
{
    private const string Install = "PostgreSQL is needed for these tests: apt-get install --no-install-recommends postgresql (./test does it).";

    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;
    private readonly string _options;

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="isDurable">False for speed: what is committed need not survive the server's end.</param>
    public PostgreSqlProcess(bool isDurable)
    {
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Max() ?? throw new InvalidOperationException(Install)
            : throw new InvalidOperationException(Install);
        _folder = Directory.CreateTempSubdirectory("vedette-postgresql-").FullName;
        _port = FreePort();
        _options = $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1" + (isDurable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        if (Environment.IsPrivilegedProcess) Check("chown", "postgres:", _folder);
        Check(Program("initdb"), "-D", Data, "-U", "vedette", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Start();
    }

    private string Data => Path.Combine(_folder, "data");

    public string UrlOf(string database) => $"postgresql://vedette@127.0.0.1:{_port}/{database}?sslmode=disable";

    /// <summary>Runs a statement as administrator in the database of administration.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=vedette;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public void Start() => Check(Program("pg_ctl"), "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "-o", _options, "start");

    /// <summary>Ends it as a crash would.</summary>
    public void Stop() => Run(Program("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop");

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Check(string program, params string[] arguments)
    {
        (int code, string output) = Run(program, arguments);
        if (code != 0) throw new InvalidOperationException($"{program} ended with {code}: {output}");
    }

    /// <summary>The server refuses to run as root.</summary>
    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { WorkingDirectory = "/", RedirectStandardError = true };
        bool changesUser = Environment.IsPrivilegedProcess && program != "chown";
        start.FileName = changesUser ? "setpriv" : program;
        string[] prefix = changesUser ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program] : [];
        foreach (string argument in (string[])[.. prefix, .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }

    private string Program(string name) => Path.Combine(_programs, name);
}
