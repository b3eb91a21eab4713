using System.Text;

namespace Vedette.Engine.Parsing;

/// <summary>Collects the literals and fields of a pattern and puts them together; reports what cannot be read back.</summary>
internal sealed class LogPatternBuilder
{
    private readonly List<Part> _parts = [];
    private readonly StringBuilder _literal = new();
    private int _required = -1;

    /// <summary>What is wrong with the pattern, or null.</summary>
    public string? Problem { get; private set; }

    public void Literal(char c) => _literal.Append(c);

    public void Literal(string text) => _literal.Append(text);

    public void Field(LogField field, string name) => Add(new Part(null, field, null, name));

    public void Time(StrftimePattern strftime, string name) => Add(new Part(null, LogField.Time, strftime, name));

    /// <summary>Everything added later may be missing or different.</summary>
    public void Optional() => _required = _parts.Count(part => part.Literal == null);

    public void Fail(string problem) => Problem ??= problem;

    /// <summary>The finished format, or null with <see cref="Problem"/> set.</summary>
    public LogPattern? Build(string name, string description)
    {
        EndLiteral();
        JoinAdjacent();
        var steps = new List<LogPattern.Step>();
        bool hasClient = _parts.Any(part => part is { Field: LogField.Client, IsPeer: false });
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            if (part.Literal != null)
            {
                if (i == _parts.Count - 1) steps.Add(new LogPattern.Step(part.Literal, LogField.Skip, [], false, null, IsLiteralOnly: true));
                continue;
            }
            byte[] before = i > 0 && _parts[i - 1].Literal is { } left ? left : [];
            byte[] after = i + 1 < _parts.Count ? _parts[i + 1].Literal ?? [] : [];
            if (after.Length == 0 && i + 1 < _parts.Count && part.Strftime == null)
                Fail($"Nothing separates {part.Name} from {_parts[i + 1].Name}, so the line cannot be taken apart.");
            bool quoted = before.Length > 0 && before[^1] == (byte)'"' && after.Length > 0 && after[0] == (byte)'"';
            LogField field = part.IsPeer && hasClient ? LogField.Skip : part.Field;
            steps.Add(new LogPattern.Step(before, field, after, quoted, part.Strftime, IsLiteralOnly: false));
        }
        if (Problem != null) return null;
        var pattern = new LogPattern(name, description, steps, _required < 0 ? steps.Count : _required);
        if (!pattern.IsAboutRequests) Fail("The format has no field for the request or its path.");
        return Problem == null ? pattern : null;
    }

    /// <summary>Fields that are often written without anything between, because they are parts of one URL.</summary>
    private void JoinAdjacent()
    {
        _parts.RemoveAll(part => part.Name is "$is_args");
        for (int i = 0; i + 1 < _parts.Count; i++)
        {
            LogField? joined = (_parts[i], _parts[i + 1]) switch
            {
                ({ Literal: null, Field: LogField.Path }, { Literal: null, Field: LogField.Query }) => LogField.Target,
                ({ Literal: null, Field: LogField.Host }, { Literal: null, Field: LogField.Target or LogField.Path }) => LogField.HostAndTarget,
                _ => null,
            };
            if (joined == null) continue;
            _parts[i] = _parts[i] with { Field = joined.Value };
            _parts.RemoveAt(i + 1);
            if (_required > i) _required--;
        }
    }

    private void Add(Part part)
    {
        EndLiteral();
        _parts.Add(part);
    }

    private void EndLiteral()
    {
        if (_literal.Length == 0) return;
        _parts.Add(new Part(Encoding.UTF8.GetBytes(_literal.ToString()), LogField.Skip, null, ""));
        _literal.Clear();
    }

    private sealed record Part(byte[]? Literal, LogField Field, StrftimePattern? Strftime, string Name)
    {
        /// <summary>True for the peer behind a real-IP module: of interest only where the client itself is not logged.</summary>
        public bool IsPeer => Name is "%{c}a" or "$realip_remote_addr";
    }
}
