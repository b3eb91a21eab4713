using System.Globalization;

namespace Vedette.Lab.Datasets;

/// <summary>Reads the raw files of the HTTP data set CSIC 2010: whole requests, one after the other, with blank lines between them and before bodies.</summary>
/// <remarks>
/// C. Torrano-Gimenez, A. Perez-Villegas, G. Alvarez, Consejo Superior de Investigaciones Cientificas, 2010. Three files: two of normal requests, one of anomalous ones. The label is the
/// file's, see <see cref="LabelOf"/>. Text is Latin-1.
/// </remarks>
/// <param name="input">The file.</param>
/// <param name="name">Its name, for messages.</param>
public sealed class CsicReader(TextReader input, string name)
{
    private const int MaxLineLength = 1 << 20;
    private const int MaxHeaders = 200;

    private long _line;
    private string? _ahead;

    /// <summary>What a file's name says of its requests: true for attacks, false for normal ones, null if it does not tell.</summary>
    public static bool? LabelOf(string file)
    {
        if (file.Contains("anomal", StringComparison.OrdinalIgnoreCase) || file.Contains("attack", StringComparison.OrdinalIgnoreCase)) return true;
        return file.Contains("normal", StringComparison.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>Reads request by request to the end.</summary>
    /// <exception cref="InvalidDataException">A line is no part of a request; the message names it.</exception>
    public IEnumerable<CsicRequest> ReadAll()
    {
        while (Next() is { } line)
        {
            if (line.Length == 0) continue;
            if (!IsRequestLine(line)) throw Problem("a request line such as 'GET http://host/path HTTP/1.1' was expected");
            yield return Read(line.Split(' '));
        }
    }

    private CsicRequest Read(string[] requestLine)
    {
        var headers = new List<string>();
        while (Next() is { Length: > 0 } header)
        {
            if (!header.Contains(':', StringComparison.Ordinal)) throw Problem("a header 'Name: value' was expected");
            if (headers.Count == MaxHeaders) throw Problem($"more than {MaxHeaders} headers");
            headers.Add(header);
        }
        string body = HasBody(headers) ? ReadBody() : "";
        (string host, string path, string query) = Split(requestLine[1]);
        string[] named = ["Host", "User-Agent", "Referer", "Cookie"];
        return new CsicRequest(
            requestLine[0], path, query, requestLine[2], Value(headers, "Host") is { Length: > 0 } given ? given : host, Value(headers, "User-Agent"), Value(headers, "Referer"), SessionOf(Value(headers, "Cookie")),
            string.Join('\n', headers.Where(header => !named.Any(n => Is(header, n)))), body, requestLine.Sum(static part => part.Length + 1) - 1 + headers.Sum(static header => header.Length) + body.Length);
    }

    /// <summary>The line after the blank one; where it is missing the next request begins there.</summary>
    private string ReadBody()
    {
        string? line = Next();
        if (line is null || !IsRequestLine(line)) return line ?? "";
        _ahead = line;
        return "";
    }

    private string? Next()
    {
        if (_ahead is { } ahead)
        {
            _ahead = null;
            return ahead;
        }
        string? line = input.ReadLine();
        _line++;
        if (line is { Length: > MaxLineLength }) throw Problem($"it is longer than {MaxLineLength} characters");
        return line;
    }

    private static bool HasBody(List<string> headers) => int.TryParse(Value(headers, "Content-Length"), CultureInfo.InvariantCulture, out int length) && length > 0;

    private static bool IsRequestLine(string line)
    {
        string[] parts = line.Split(' ');
        return parts.Length == 3 && parts[0].Length is > 0 and <= 20 && parts[0].All(char.IsAsciiLetterUpper) && parts[2].StartsWith("HTTP/", StringComparison.Ordinal);
    }

    private static (string Host, string Path, string Query) Split(string target)
    {
        string host = "";
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && !target.StartsWith('/'))
        {
            int slash = target.IndexOf('/', scheme + 3);
            host = target[(scheme + 3)..(slash < 0 ? target.Length : slash)];
            target = slash < 0 ? "/" : target[slash..];
        }
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (host, target, "") : (host, target[..question], target[(question + 1)..]);
    }

    private static bool Is(string header, string name) => header.Length > name.Length && header[name.Length] == ':' && header.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static string Value(List<string> headers, string name) => headers.Find(header => Is(header, name)) is { } found ? found[(name.Length + 1)..].Trim() : "";

    private static string SessionOf(string cookie)
    {
        const string mark = "JSESSIONID=";
        int start = cookie.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? "" : cookie[(start + mark.Length)..].Split(';')[0];
    }

    private InvalidDataException Problem(string what) => new($"{name}, line {_line}: {what}. This reads the raw files of CSIC 2010.");
}
