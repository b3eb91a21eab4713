using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vedette.ML.Files;

/// <summary>The one container every model is kept in: what it is, how long it is, and a checksum; never anything executable.</summary>
/// <remarks>
/// Layout, little-endian: magic <c>VDTM</c> · format version (u16) · length of the kind (u16) · kind, UTF-8 · length of the payload (i64) ·
/// payload · SHA-256 of everything before it. The payload is written by <see cref="ModelWriter"/> and read by <see cref="ModelReader"/>.
/// </remarks>
public static class ModelFile
{
    /// <summary>Largest payload accepted, in bytes. A forest of 300 deep trees needs about 100 MB at the very most.</summary>
    public const long MaxPayloadLength = 1L << 30;

    private const ushort FormatVersion = 1;
    private const int MaxKindLength = 64;
    private static ReadOnlySpan<byte> Magic => "VDTM"u8;

    /// <summary>Writes one model.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="kind">Stable name of the estimator and its payload's layout, e.g. <c>isolation_forest/1</c>.</param>
    /// <param name="writePayload">Writes the model's numbers.</param>
    public static void Write(Stream stream, string kind, Action<ModelWriter> writePayload)
    {
        using var buffer = new MemoryStream();
        var writer = new ModelWriter(buffer);
        writePayload(writer);
        byte[] name = Encoding.UTF8.GetBytes(kind);
        byte[] head = new byte[8 + name.Length + 8];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), FormatVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), (ushort)name.Length);
        name.CopyTo(head, 8);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8 + name.Length), buffer.Length);
        ReadOnlySpan<byte> payload = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(payload);
        stream.Write(head);
        stream.Write(payload);
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads one model.</summary>
    /// <param name="stream">Positioned at the file's start; left behind its end.</param>
    /// <param name="kind">The kind that is expected.</param>
    /// <param name="readPayload">Reads what <see cref="Write"/> was given, in the same order.</param>
    /// <exception cref="InvalidDataException">Not a model file, another kind or version, damaged, or implausible numbers inside.</exception>
    public static T Read<T>(Stream stream, string kind, Func<ModelReader, T> readPayload)
    {
        (string found, byte[] payload) = ReadContainer(stream);
        if (found != kind) throw new InvalidDataException($"The file holds a model of kind '{found}', not '{kind}'.");
        var reader = new ModelReader(payload);
        T model = readPayload(reader);
        reader.ExpectEnd();
        return model;
    }

    /// <summary>The kind of the model in <paramref name="stream"/>, after checking the whole file.</summary>
    /// <exception cref="InvalidDataException">Not a model file, another version, or damaged.</exception>
    public static string ReadKind(Stream stream) => ReadContainer(stream).Kind;

    private static (string Kind, byte[] Payload) ReadContainer(Stream stream)
    {
        byte[] head = ReadExactly(stream, 8);
        if (!head.AsSpan(0, 4).SequenceEqual(Magic)) throw new InvalidDataException("The file is not a Vedette model.");
        int version = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(4));
        if (version != FormatVersion)
            throw new InvalidDataException($"The model file has format version {version}; this program reads version {FormatVersion}.");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6));
        if (nameLength > MaxKindLength) throw new InvalidDataException("The model file's kind is too long.");
        byte[] name = ReadExactly(stream, nameLength);
        byte[] lengthBytes = ReadExactly(stream, 8);
        long length = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (length is < 0 or > MaxPayloadLength) throw new InvalidDataException($"The model file claims {length} bytes of payload.");
        byte[] payload = ReadExactly(stream, (int)length);
        byte[] checksum = ReadExactly(stream, SHA256.HashSizeInBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(name);
        hash.AppendData(lengthBytes);
        hash.AppendData(payload);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(checksum)) throw new InvalidDataException("The model file is damaged: its checksum does not match.");
        return (Encoding.UTF8.GetString(name), payload);
    }

    /// <summary>Reads in pieces, so that a file that lies about its length costs no more memory than it has bytes.</summary>
    private static byte[] ReadExactly(Stream stream, int length)
    {
        const int piece = 1 << 20;
        if (length <= piece)
        {
            byte[] bytes = new byte[length];
            if (stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false) < length) throw new InvalidDataException("The model file ends early.");
            return bytes;
        }
        using var collected = new MemoryStream();
        byte[] buffer = new byte[piece];
        while (collected.Length < length)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(piece, length - collected.Length));
            if (read == 0) throw new InvalidDataException("The model file ends early.");
            collected.Write(buffer, 0, read);
        }
        return collected.ToArray();
    }
}
