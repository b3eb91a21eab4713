using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Vedette.Load;

/// <summary>One kept connection: sends a request, reads the answer, and notes how long it took. The least of HTTP, to leave the processors to the server.</summary>
internal sealed class Connection(LoadArguments arguments, int number)
{
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>Microseconds of every answered request.</summary>
    public List<int> Latencies { get; } = new(1 << 18);

    /// <summary>Answers by status.</summary>
    public Dictionary<int, long> Statuses { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        byte[][] requests = Requests.Make(arguments, number);
        int[][] times = [.. requests.Select(Requests.TimesOf)];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(arguments.Host, arguments.Port, CancellationToken.None);
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            long started = Stopwatch.GetTimestamp();
            Requests.Stamp(requests[i % requests.Length], times[i % requests.Length]);
            await SendAsync(socket, requests[i % requests.Length]);
            int status = await ReadAsync(socket);
            Latencies.Add((int)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0) request = request[await socket.SendAsync(request)..];
    }

    private async Task<int> ReadAsync(Socket socket)
    {
        int length = 0;
        while (true)
        {
            int read = await socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            int head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            if (IsComplete(_buffer.AsSpan(0, length), head + 4)) return (_buffer[9] - '0') * 100 + (_buffer[10] - '0') * 10 + _buffer[11] - '0';
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer, int head)
    {
        ReadOnlySpan<byte> headers = answer[..head];
        int at = headers.IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("0\r\n\r\n"u8);
        ReadOnlySpan<byte> digits = headers[(at + 16)..];
        return answer.Length - head >= int.Parse(Encoding.ASCII.GetString(digits[..digits.IndexOf((byte)'\r')]), System.Globalization.CultureInfo.InvariantCulture);
    }
}
