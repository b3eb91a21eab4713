using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vedette.Server.Tests.Alerts;

/// <summary>A mail server with as much of RFC 5321 as one client needs. It offers no encryption.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;

    public SmtpReceiver()
    {
        _listener.Start();
        _work = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Commands of the envelope. The last comes after the sender thinks it is done, while a test reads them.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>Messages with their headers.</summary>
    public ConcurrentQueue<string> Messages { get; } = [];

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over, or the client is gone.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test ready");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            Commands.Enqueue(line);
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var message = new StringBuilder();
                while (await reader.ReadLineAsync(_stopping.Token) is { } text && text != ".") message.Append(text).Append('\n');
                Messages.Enqueue(message.ToString());
            }
            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
            if (line == "QUIT") return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _listener.Dispose();
        _stopping.Dispose();
    }
}
