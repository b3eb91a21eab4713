using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Vedette.Server.Inputs;

namespace Vedette.Server.Tests.Inputs;

public sealed class InputsTests
{
    private const string Line = "198.51.100.4 - - [04/May/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 12 \"-\" \"curl/8\"";

    [Fact]
    public async Task AFollowedFileCountsOnceAcrossARestart()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vedette-follow");
        string log = Path.Combine(folder.FullName, "access.log"), data = Path.Combine(folder.FullName, "data");
        await File.WriteAllTextAsync(log, Line + "\n" + Line + "\n");
        await using (TestServer first = await StartAsync(data, new InputOptions { Files = [log] })) await CountAsync(first, 2);
        await File.AppendAllTextAsync(log, Line.Replace("/a ", "/b ", StringComparison.Ordinal) + "\n");
        await using (TestServer second = await StartAsync(data, new InputOptions { Files = [log] })) await CountAsync(second, 3);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task SyslogOverTcpIsTakenInBothFramings()
    {
        int port = TestServer.FreePort();
        await using TestServer server = await StartAsync(null, new InputOptions { SyslogTcpPort = port });
        string message = "<190>May  4 12:00:00 web nginx: " + Line;
        using var client = new TcpClient();
        await server.UntilAsync(async () =>
        {
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }, "the syslog port");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{message}\n{message.Length} {message}{message}\n"));
        await CountAsync(server, 3);
    }

    [Fact]
    public void WrongInputsAreNamed()
    {
        string problems = string.Join('\n', new InputOptions { FileFormat = "no such format", SyslogUdpPort = 70_000, Host = "everywhere" }.Problems());
        Assert.Contains("Inputs:FileFormat", problems, StringComparison.Ordinal);
        Assert.Contains("Inputs:SyslogUdpPort", problems, StringComparison.Ordinal);
        Assert.Contains("Inputs:Host", problems, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(string? folder, InputOptions inputs) => TestServer.StartAsync(settings => settings with { Inputs = inputs }, folder: folder);

    private static Task CountAsync(TestServer server, int events) => server.UntilAsync(async () =>
    {
        (_, JsonElement list) = await server.GetAsync("/logs");
        Assert.True(list.GetProperty("items").GetArrayLength() <= events);
        return list.GetProperty("items").GetArrayLength() == events;
    }, $"{events} events");
}
