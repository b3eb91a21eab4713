namespace Vedette.Cli.Tables;

/// <summary>Reads separated values record by record, without a string per cell.</summary>
/// <remarks>
/// The separator (comma, semicolon or tab) is the one that occurs most in the first record. A field may be quoted; quotes inside are doubled, and
/// line ends inside belong to it. Blank lines are skipped. A record is bounded, so that a file without line ends does not fill the memory.
/// A record is available as soon as its line end has arrived: the reader never waits for more than that.
/// </remarks>
internal sealed class CsvReader(TextReader source)
{
    private const int MaxRecordLength = 1 << 22;

    private readonly char[] _buffer = new char[1 << 16];
    private readonly List<(int Start, int Length)> _fields = [];
    private char[] _record = new char[1024];
    private int _recordLength;
    private int _position;
    private int _filled;
    private long _nextLine = 1;
    private char _separator;

    /// <summary>Line on which the current record begins, from 1.</summary>
    public long Line { get; private set; }

    public int FieldCount => _fields.Count;

    /// <summary>Whether a comma can only be a decimal mark.</summary>
    public bool HasDecimalComma => _separator == ';';

    public char Separator => _separator;

    /// <summary>A field of the current record, without quotes and outer blanks.</summary>
    public ReadOnlySpan<char> Field(int index) => _record.AsSpan(_fields[index].Start, _fields[index].Length).Trim();

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="InvalidDataException">The record is too long, or a quoted field does not end.</exception>
    public bool Read()
    {
        while (true)
        {
            _fields.Clear();
            _recordLength = 0;
            Line = _nextLine;
            if (!Fill()) return false;
            if (_separator == 0) _separator = MostFrequentSeparator();
            bool ended = ReadRecord();
            if (_fields.Count > 1 || _fields[0].Length > 0) return true;
            if (ended) return false;
        }
    }

    private bool ReadRecord()
    {
        int start = 0;
        bool quoted = false;
        while (true)
        {
            int next = Next();
            if (next == '"')
            {
                if (quoted && Peek() == '"') Append((char)Next());
                else if (quoted || OnlyBlanksSince(start)) quoted = !quoted;
                else Append('"');
                continue;
            }
            if (quoted && next >= 0)
            {
                Append((char)next);
                continue;
            }
            if (quoted) throw new InvalidDataException($"Line {Line}: a quoted field does not end.");
            if (next >= 0 && next != '\n' && next != _separator)
            {
                if (next != '\r' || Peek() is not ('\n' or < 0)) Append((char)next);
                continue;
            }
            _fields.Add((start, _recordLength - start));
            start = _recordLength;
            if (next != _separator) return next < 0;
        }
    }

    private bool OnlyBlanksSince(int start) => _record.AsSpan(start, _recordLength - start).IsWhiteSpace();

    private void Append(char character)
    {
        if (_recordLength == _record.Length)
        {
            if (_recordLength >= MaxRecordLength) throw new InvalidDataException($"Line {Line}: the record is longer than {MaxRecordLength} characters.");
            Array.Resize(ref _record, 2 * _record.Length);
        }
        _record[_recordLength++] = character;
    }

    private int Next()
    {
        if (!Fill()) return -1;
        char next = _buffer[_position++];
        if (next == '\n') _nextLine++;
        return next;
    }

    private int Peek() => Fill() ? _buffer[_position] : -1;

    private bool Fill()
    {
        if (_position < _filled) return true;
        _position = 0;
        _filled = source.Read(_buffer, 0, _buffer.Length);
        return _filled > 0;
    }

    /// <summary>Looks at the part of the first line that has arrived.</summary>
    private char MostFrequentSeparator()
    {
        ReadOnlySpan<char> line = _buffer.AsSpan(_position, _filled - _position);
        int end = line.IndexOf('\n');
        if (end >= 0) line = line[..end];
        int commas = 0, semicolons = 0, tabs = 0;
        bool quoted = false;
        foreach (char character in line)
        {
            if (character == '"') quoted = !quoted;
            if (quoted) continue;
            if (character == ',') commas++;
            else if (character == ';') semicolons++;
            else if (character == '\t') tabs++;
        }
        if (tabs > 0 && tabs >= Math.Max(commas, semicolons)) return '\t';
        return semicolons > 0 && (semicolons >= commas || commas == 0) ? ';' : ',';
    }
}
