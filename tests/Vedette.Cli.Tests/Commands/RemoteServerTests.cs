using System.Net;
using System.Text;
using Vedette.Cli.Commands;
using Vedette.Server;
using Vedette.Server.Access;
using Vedette.Server.Observability;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Tests.Commands;

/// <summary><c>--server</c> of <c>query</c> and <c>keys</c>, against a server that runs, one that does not, and one that is something else.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class RemoteServerTests : IDisposable
{
    private const string Token = "test-token-0123456789";

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task AServerAnswersAQuestionAndManagesKeys()
    {
        var settings = new VedetteSettings
        {
            Server = new ServerOptions { Port = 0 },
            Access = new AccessOptions { Token = Token },
            Logging = new LoggingOptions { File = "-", Level = "critical" },
            Storage = new StorageOptions { Url = "sqlite:" + _workspace.PathOf("data") },
        };
        await using var server = new VedetteServer(settings, StoreFactory.Create(settings.Storage, TimeProvider.System));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.Opened;
        string address = server.Addresses[0];

        (int exit, string output, string error) = await Workspace.CaptureAsync(QueryCommand.Create(), "top 5 endpoints", "--server", address, "--key", Token);
        Assert.True(exit == ExitCode.Done, error);
        Assert.StartsWith("Endpoints", output, StringComparison.Ordinal);
        (exit, output, error) = await Workspace.CaptureAsync(KeysCommand.Create(), "create", "--role", "viewer", "--server", address, "--key", Token);
        Assert.True(exit == ExitCode.Done, error);
        Assert.StartsWith("vdt_", output, StringComparison.Ordinal);

        (exit, error) = await Workspace.RunAsync(QueryCommand.Create(), ["query", "top 5 endpoints", "--server", address, "--key", "wrong-key"]);
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Equal("vedette: The server refused (401): This key is unknown, expired or revoked.", error.TrimEnd());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "key", ExitCode.Failure, "cannot be asked")]
    [InlineData("somewhere", "key", ExitCode.Usage, "write it as http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:1", "a\nb", ExitCode.Usage, "characters that no key has")]
    public async Task WhatCannotBeAskedIsSaid(string address, string key, int expected, string said)
    {
        foreach (string[] arguments in (string[][])[["query", "top 5 endpoints"], ["keys", "list"]])
        {
            (int exit, string error) = await Workspace.RunAsync(arguments[0] == "query" ? QueryCommand.Create() : KeysCommand.Create(), [.. arguments, "--server", address, "--key", key]);
            Assert.Equal(expected, exit);
            Assert.Contains(said, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SomethingElseThatAnswersIsNoServer()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerOnceAsync(listener);
        (int exit, string error) = await Workspace.RunAsync(QueryCommand.Create(), ["query", "top 5 endpoints", "--server", $"http://{listener.LocalEndpoint}", "--key", "k"]);
        await answering;
        Assert.Equal(ExitCode.Failure, exit);
        Assert.Contains("is no Vedette server", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task AKeyHasAName(string name)
    {
        (int exit, string error) = await Workspace.RunAsync(KeysCommand.Create(), ["keys", "create", "--role", "viewer", "--name", name, "--data", _workspace.PathOf("data")]);
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("--name must be", error, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task AnswerOnceAsync(System.Net.Sockets.TcpListener listener)
    {
        using System.Net.Sockets.TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        System.Net.Sockets.NetworkStream stream = client.GetStream();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken));
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"), TestContext.Current.CancellationToken);
    }
}
