using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Vedette.ML.Files;

/// <summary>Reads what <see cref="ModelWriter"/> wrote, and refuses what cannot be: no length is believed before the bytes are seen to be there.</summary>
public sealed class ModelReader
{
    private readonly byte[] _payload;
    private int _position;

    internal ModelReader(byte[] payload) => _payload = payload;

    public bool ReadBoolean() => Take(1)[0] switch
    {
        0 => false,
        1 => true,
        _ => throw new InvalidDataException("The model file holds a truth value that is neither."),
    };

    public int ReadInt32() => MemoryMarshal.Read<int>(Take(sizeof(int)));

    public long ReadInt64() => MemoryMarshal.Read<long>(Take(sizeof(long)));

    public float ReadSingle() => MemoryMarshal.Read<float>(Take(sizeof(float)));

    public double ReadDouble() => MemoryMarshal.Read<double>(Take(sizeof(double)));

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadInt32(0, _payload.Length)));

    /// <summary>An integer that must lie in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public int ReadInt32(int minimum, int maximum)
    {
        int value = ReadInt32();
        if (value < minimum || value > maximum)
            throw new InvalidDataException($"The model file holds {value} where {minimum} to {maximum} is possible.");
        return value;
    }

    /// <summary>An array of numbers of a fixed size.</summary>
    public T[] ReadArray<T>() where T : unmanaged
    {
        int length = ReadInt32(0, (_payload.Length - _position) / Unsafe.SizeOf<T>());
        return MemoryMarshal.Cast<byte, T>(Take(length * Unsafe.SizeOf<T>())).ToArray();
    }

    /// <summary>An array that must have exactly <paramref name="length"/> numbers.</summary>
    public T[] ReadArray<T>(int length) where T : unmanaged
    {
        T[] values = ReadArray<T>();
        if (values.Length != length) throw new InvalidDataException($"The model file holds {values.Length} values where {length} are needed.");
        return values;
    }

    internal void ExpectEnd()
    {
        if (_position != _payload.Length) throw new InvalidDataException($"The model file has {_payload.Length - _position} bytes too many.");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _payload.Length - _position) throw new InvalidDataException("The model file ends early.");
        var taken = _payload.AsSpan(_position, length);
        _position += length;
        return taken;
    }
}
