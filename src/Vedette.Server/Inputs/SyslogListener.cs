using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Events;
using Vedette.Server.Ingestion;

namespace Vedette.Server.Inputs;

/// <summary>Takes syslog messages of nginx, HAProxy and others: one a datagram (RFC 5426), or over TCP framed by line ends or by length (RFC 6587).</summary>
/// <remarks>
/// UDP has no way to push back: what cannot be taken in time is lost, and counted as rejected. Over TCP the sender is made to wait. The prefix is part of what the
/// formats read; connections and the length of a message are bounded.
/// </remarks>
internal sealed partial class SyslogListener(InputOptions options, EventIntake intake, TimeProvider time, ILogger<SyslogListener> logger)
{
    private const int MaxDatagram = 65_535;
    private const int MaxBatchLines = 1000;
    private const int MaxConnections = 256;

    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(100);

    private int _connections;

    /// <summary>Port that UDP is listened on, once it is; 0 before.</summary>
    public int UdpPort { get; private set; }

    /// <summary>Port that TCP is listened on, once it is; 0 before.</summary>
    public int TcpPort { get; private set; }

    /// <summary>Listens until it is cancelled.</summary>
    /// <exception cref="SocketException">A port is in use.</exception>
    public Task RunAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        if (options.SyslogUdpPort > 0) running.Add(ListenUdpAsync(stoppingToken));
        if (options.SyslogTcpPort > 0) running.Add(ListenTcpAsync(stoppingToken));
        return Task.WhenAll(running);
    }

    private LineDoor NewDoor(string kind) => new(intake, new LineFormats(LineFormats.Resolve(options.SyslogFormat)), intake.Sources.IndexOf(kind, "syslog"), time);

    private async Task ListenUdpAsync(CancellationToken stoppingToken)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Parse(options.Host), options.SyslogUdpPort));
        UdpPort = ((IPEndPoint)socket.LocalEndPoint!).Port;
        LineDoor door = NewDoor("syslog udp");
        var lines = new EventBatch();
        byte[] datagram = new byte[MaxDatagram];
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(datagram, stoppingToken);
                lines.Clear();
                AddMessage(lines, datagram.AsSpan(0, length));
                using var batchEnd = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                batchEnd.CancelAfter(BatchTime);
                await FillAsync(socket, datagram, lines, batchEnd.Token);
                // A refusal is counted where it happens; there is nobody to tell.
                _ = await door.TrySubmitAsync(lines, receipt: null);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static async Task FillAsync(Socket socket, byte[] datagram, EventBatch lines, CancellationToken batchEnd)
    {
        try
        {
            while (lines.LineCount < MaxBatchLines) AddMessage(lines, datagram.AsSpan(0, await socket.ReceiveAsync(datagram, batchEnd)));
        }
        catch (OperationCanceledException)
        {
            // The batch has waited long enough.
        }
    }

    private async Task ListenTcpAsync(CancellationToken stoppingToken)
    {
        using var listener = new TcpListener(IPAddress.Parse(options.Host), options.SyslogTcpPort);
        listener.Start();
        TcpPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stoppingToken);
                if (Interlocked.Increment(ref _connections) > MaxConnections)
                {
                    Interlocked.Decrement(ref _connections);
                    client.Dispose();
                    TooMany(MaxConnections);
                    continue;
                }
                _ = ServeAsync(client, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stoppingToken)
    {
        try
        {
            using (client)
            {
                var messages = new SyslogStream(client.GetStream());
                LineDoor door = NewDoor("syslog tcp");
                var lines = new EventBatch();
                while (await messages.ReadAsync(lines, MaxBatchLines, stoppingToken)) await door.SubmitAsync(lines, receipt: null, stoppingToken);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
        {
            Broken(e);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private static void AddMessage(EventBatch lines, ReadOnlySpan<byte> message)
    {
        message = message.TrimEnd("\r\n\0"u8);
        if (!message.IsEmpty) lines.AddLine(lines.Append(message), lines.LineCount + 1);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A syslog connection is refused: there are {Most} already.")]
    private partial void TooMany(int most);

    [LoggerMessage(Level = LogLevel.Information, Message = "A syslog connection ended.")]
    private partial void Broken(Exception e);
}
