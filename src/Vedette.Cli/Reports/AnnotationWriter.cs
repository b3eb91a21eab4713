using System.Buffers.Text;
using System.Text;
using Vedette.Engine;
using Vedette.Engine.Detection;

namespace Vedette.Cli.Reports;

/// <summary>Writes one NDJSON row per event: what the scan made of it.</summary>
/// <remarks>By hand, for there is a row for every line of the log: names of types and ids of incidents are plain ASCII that needs no escape. <see cref="Dispose"/> hands on the rest.</remarks>
internal sealed class AnnotationWriter(Stream output, bool hasManySources) : IDisposable
{
    private const int BufferLength = 1 << 16;
    private const int MaxNameLength = 64;

    private static readonly byte[][] TypeNames = [.. Enum.GetValues<IncidentType>().Select(static type => Encoding.ASCII.GetBytes(type.Name()))];

    /// <summary>Numbers, punctuation and every type there is, once.</summary>
    private static readonly int MaxRowLength = 256 + MaxNameLength * (1 + TypeNames.Length);

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    public void Write(EventVerdict verdict)
    {
        if (_length > BufferLength - MaxRowLength) Flush();
        Append("{\"line\":"u8);
        Append(verdict.Line);
        if (hasManySources)
        {
            Append(",\"source\":"u8);
            Append(verdict.Source);
        }
        Append(",\"score\":"u8);
        AppendScore(verdict.Score);
        Append(verdict.IsAnomaly ? ",\"is_anomaly\":true,\"types\":["u8 : ",\"is_anomaly\":false,\"types\":["u8);
        for (int i = 0; i < verdict.Types.Count; i++)
        {
            Append(i == 0 ? "\""u8 : ",\""u8);
            Append(TypeNames[(int)verdict.Types[i]]);
            Append("\""u8);
        }
        if (verdict.Incident is null)
        {
            Append("],\"incident\":null}\n"u8);
            return;
        }
        Append("],\"incident\":\""u8);
        _length += Encoding.ASCII.GetBytes(verdict.Incident, _buffer.AsSpan(_length, MaxNameLength));
        Append("\"}\n"u8);
    }

    public void Dispose()
    {
        Flush();
        output.Flush();
    }

    /// <summary>A score has four decimals at most; zeros at its end are left out, as JSON writers do.</summary>
    private void AppendScore(double score)
    {
        const int digits = 4, unit = 10_000;
        int scaled = (int)Math.Round(score * unit);
        Append(scaled / unit);
        int rest = scaled % unit;
        if (rest == 0) return;
        _buffer[_length++] = (byte)'.';
        for (int i = 0, place = unit / 10; i < digits && rest > 0; i++, place /= 10)
        {
            _buffer[_length++] = (byte)('0' + rest / place);
            rest %= place;
        }
    }

    private void Append(long number)
    {
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
        _length += written;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Flush()
    {
        output.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
