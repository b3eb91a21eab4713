using System.Runtime.InteropServices;
using System.Text;

namespace Vedette.ML.Files;

/// <summary>Writes a model's numbers, little-endian, arrays with their length before them.</summary>
public sealed class ModelWriter
{
    private readonly Stream _stream;

    internal ModelWriter(Stream stream) => _stream = stream;

    public void Write(bool value) => _stream.WriteByte(value ? (byte)1 : (byte)0);

    public void Write(int value) => WriteBytes(value);

    public void Write(long value) => WriteBytes(value);

    public void Write(ulong value) => WriteBytes(value);

    public void Write(float value) => WriteBytes(value);

    public void Write(double value) => WriteBytes(value);

    /// <summary>Writes UTF-8 with its length in bytes before it.</summary>
    public void Write(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Write(bytes.Length);
        _stream.Write(bytes);
    }

    /// <summary>Writes an array of numbers of a fixed size.</summary>
    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian machines only.");
        Write(values.Length);
        _stream.Write(MemoryMarshal.AsBytes(values));
    }

    private void WriteBytes<T>(T value) where T : unmanaged => _stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
