using Vedette.Engine.Events;

namespace Vedette.Engine.Sources;

/// <summary>One file being followed.</summary>
internal sealed class TailedFile(string path, ushort source, bool fromStart, FilePosition? resume) : IDisposable
{
    // The first bytes of a file tell a new file from the old one where lengths do not: a new one may have grown past the old one between two looks.
    private const int FingerprintLength = 256;

    private readonly List<string> _warnings = [];
    private readonly byte[] _fingerprint = new byte[FingerprintLength];
    private int _fingerprintLength;
    private FileStream? _file;
    private LineReader? _reader;
    private bool _skipsExisting = !fromStart;
    private FilePosition? _resume = resume;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Behind the last whole line; null while no file is open.</summary>
    public FilePosition? Position => _file is null ? null : new(Convert.ToHexStringLower(_fingerprint.AsSpan(0, _fingerprintLength)), _file.Position - _reader!.PendingBytes);

    /// <summary>Adds the lines that are new; false if there are none now.</summary>
    public bool Read(EventBatch batch)
    {
        if (_file == null && !TryOpen()) return false;
        if (_file!.Length < _file.Position) Restart();
        while (_reader!.Read(batch))
            if (batch.LineCount > 0 || batch.Failures.Count > 0) return true;
        batch.Clear();
        if (!IsReplaced()) return false;
        bool last = _reader.Flush(batch);
        Close();
        return last || Read(batch);
    }

    public void Dispose() => Close();

    private bool TryOpen()
    {
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Rotation removes the old file a moment before it creates the new one; whatever comes then is new.
            _skipsExisting = false;
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_warnings.Count == 0 || _warnings[^1] != e.Message) _warnings.Add(e.Message);
            return false;
        }
        TakeFingerprint();
        _file.Position = _resume is not null ? Resumed(_resume) : _skipsExisting ? StartOfLastLine() : 0;
        _skipsExisting = false;
        _resume = null;
        _reader = new LineReader(_file, source) { IsLive = true };
        return true;
    }

    /// <summary>Where reading stopped, if this is still that file; the start of a file that took its place.</summary>
    private long Resumed(FilePosition position)
    {
        if (position.Offset <= _file!.Length && Convert.ToHexStringLower(_fingerprint.AsSpan(0, _fingerprintLength)).StartsWith(position.Beginning, StringComparison.Ordinal)) return position.Offset;
        _warnings.Add($"{path} is not the file that was followed before; it is read from its start, and what was written last to the former one was not seen.");
        return 0;
    }

    /// <summary>Where the unfinished last line starts: a line that is being written while following begins is not cut.</summary>
    private long StartOfLastLine()
    {
        Span<byte> buffer = stackalloc byte[4096];
        long end = _file!.Length;
        long start = Math.Max(0, end - buffer.Length);
        _file.Position = start;
        int length = _file.ReadAtLeast(buffer, (int)(end - start), throwOnEndOfStream: false);
        int newline = buffer[..length].LastIndexOf((byte)'\n');
        return newline >= 0 ? start + newline + 1 : start == 0 ? 0 : end;
    }

    private void Restart()
    {
        _file!.Position = 0;
        _fingerprintLength = 0;
        TakeFingerprint();
        _file.Position = 0;
        _reader = new LineReader(_file, source) { IsLive = true };
    }

    private void TakeFingerprint()
    {
        _file!.Position = 0;
        _fingerprintLength = _file.ReadAtLeast(_fingerprint, FingerprintLength, throwOnEndOfStream: false);
    }

    /// <summary>True if the path leads to another file than the one that is open.</summary>
    private bool IsReplaced()
    {
        try
        {
            using var now = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Span<byte> start = stackalloc byte[FingerprintLength];
            int length = now.ReadAtLeast(start, FingerprintLength, throwOnEndOfStream: false);
            if (length < _fingerprintLength || !start[.._fingerprintLength].SequenceEqual(_fingerprint.AsSpan(0, _fingerprintLength))) return true;
            if (length == _fingerprintLength) return false;
            // The open file was shorter than a fingerprint when it was last looked at. If it is the same file it has grown as well.
            LearnMore();
            return _fingerprintLength < length || !start[..length].SequenceEqual(_fingerprint.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void LearnMore()
    {
        long position = _file!.Position;
        TakeFingerprint();
        _file.Position = position;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _reader = null;
    }
}
