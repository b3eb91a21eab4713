using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Vedette.Storage.Tests.PostgreSqlCluster))]

namespace Vedette.Storage.Tests;

/// <summary>A throwaway PostgreSQL server for one test run, started by the first test that needs it.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private const string Install = "PostgreSQL is needed for these tests: apt-get install --no-install-recommends postgresql (./test does it).";

    private static readonly Lazy<Server> Running = new(Start);
    private static int _databases;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its URL.</returns>
    public static async Task<string> CreateDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return UrlOf(name);
    }

    public static Task DropDatabaseAsync(string url) => ExecuteAsync($"DROP DATABASE {new Uri(url).AbsolutePath.Trim('/')} WITH (FORCE)");

    /// <summary>Runs a statement as administrator in the database of administration.</summary>
    public static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Running.Value.Port};Username=vedette;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static string UrlOf(string database) => $"postgresql://vedette@127.0.0.1:{Running.Value.Port}/{database}?sslmode=disable";

    public void Dispose()
    {
        if (!Running.IsValueCreated) return;
        Server server = Running.Value;
        Run(server.Program("pg_ctl"), "-D", server.Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(server.Folder, recursive: true);
    }

    private static Server Start()
    {
        string programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Max() ?? throw new InvalidOperationException(Install)
            : throw new InvalidOperationException(Install);
        string folder = Directory.CreateTempSubdirectory("vedette-postgresql-").FullName;
        var server = new Server(programs, folder, FreePort());
        if (Environment.IsPrivilegedProcess) Check("chown", "postgres:", folder);
        Check(server.Program("initdb"), "-D", server.Data, "-U", "vedette", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        Check(server.Program("pg_ctl"), "-D", server.Data, "-w", "-s", "-l", Path.Combine(folder, "log"), "-o",
            $"-p {server.Port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off", "start");
        return server;
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

    private sealed record Server(string Programs, string Folder, int Port)
    {
        public string Data => Path.Combine(Folder, "data");

        public string Program(string name) => Path.Combine(Programs, name);
    }
}
