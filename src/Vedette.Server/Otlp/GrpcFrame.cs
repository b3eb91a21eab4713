using System.Buffers.Binary;
using System.IO.Compression;

namespace Vedette.Server.Otlp;

/// <summary>The framing of a gRPC message: one flag byte, four bytes of length, the message.</summary>
internal static class GrpcFrame
{
    private const int HeaderLength = 5;

    /// <summary>The one message of a unary call.</summary>
    /// <param name="body">Everything the caller sent.</param>
    /// <param name="maxBytes">Longest message, decompressed.</param>
    /// <exception cref="InvalidDataException">The frame is broken, too long, or compressed in a way other than gzip.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> body, int maxBytes)
    {
        if (body.Length < HeaderLength) throw new InvalidDataException("A gRPC message begins with five bytes of frame.");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(body[1..]);
        if (length != body.Length - HeaderLength) throw new InvalidDataException("A gRPC frame must hold exactly one message.");
        ReadOnlySpan<byte> message = body[HeaderLength..];
        return body[0] switch
        {
            0 => message,
            1 => Inflate(message, maxBytes),
            _ => throw new InvalidDataException("The compression flag of a gRPC frame is 0 or 1."),
        };
    }

    /// <summary>The message in a frame, uncompressed.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        byte[] frame = new byte[HeaderLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    private static byte[] Inflate(ReadOnlySpan<byte> message, int maxBytes)
    {
        using var inflated = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(message.ToArray()), CompressionMode.Decompress);
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = gzip.Read(buffer)) > 0;)
        {
            if (inflated.Length + read > maxBytes) throw new InvalidDataException($"The message is longer than {maxBytes} bytes.");
            inflated.Write(buffer, 0, read);
        }
        return inflated.ToArray();
    }
}
