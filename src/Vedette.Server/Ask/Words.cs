using System.Text.RegularExpressions;

namespace Vedette.Server.Ask;

/// <summary>One word of a question.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Folded">In small letters, spelling corrected, plural and apostrophe gone; paths and addresses as written.</param>
internal sealed record Word(string Text, string Folded)
{
    /// <summary>True once somebody has understood it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The question leaves out what it names, so it must not be taken for what is meant.</summary>
    public bool IsExcluded { get; set; }

    /// <summary>It stood in quotes, and so means itself.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>A question cut into words, of which phrases are taken away as they are understood.</summary>
internal sealed partial class Words
{
    /// <summary>Longer questions are cut: nobody asks that much at once.</summary>
    public const int MaxLength = 500;

    private readonly List<Word> _words;

    public Words(string question)
    {
        if (question.Length > MaxLength) question = question[..MaxLength];
        _words = [.. Pieces().Matches(question).SelectMany(static match => Read(match))];
        for (int i = 0; i < _words.Count; i++)
            if (!_words[i].IsQuoted && !IsName(i) && !AgentPhrases.IsProduct(_words[i].Text)) _words[i] = _words[i] with { Folded = Spelling.Correct(_words[i].Folded) };
    }

    public int Count => _words.Count;

    public Word this[int index] => _words[index];

    public IEnumerable<Word> Unused => _words.Where(static word => !word.IsUsed);

    /// <summary>Takes the first place where all words of a phrase stand together, in any of the ways given; -1 if there is none.</summary>
    /// <param name="phrases">Folded words separated by blanks, the most specific phrase first; <c>#</c> is any number, <c>*</c> any word.</param>
    public int Take(params ReadOnlySpan<string> phrases)
    {
        foreach (string phrase in phrases)
        {
            int at = Find(phrase);
            if (at < 0) continue;
            Use(at, phrase.AsSpan().Count(' ') + 1);
            return at;
        }
        return -1;
    }

    /// <summary>Where the phrase stands among words nobody has used yet; -1 if nowhere.</summary>
    public int Find(string phrase)
    {
        string[] parts = phrase.Split(' ');
        for (int start = 0; start + parts.Length <= _words.Count; start++)
        {
            bool fits = true;
            for (int i = 0; i < parts.Length && fits; i++) fits = Fits(_words[start + i], parts[i]);
            if (fits) return start;
        }
        return -1;
    }

    public void Use(int start, int count)
    {
        for (int i = start; i < start + count; i++) _words[i].IsUsed = true;
    }

    /// <summary>Undoes <see cref="Use"/>.</summary>
    public void GiveBack(int start, int count)
    {
        for (int i = start; i < start + count; i++) _words[i].IsUsed = false;
    }

    /// <summary>Keeps words from being understood; they are left over.</summary>
    public void Exclude(int start, int count)
    {
        for (int i = start; i < start + count; i++) _words[i].IsExcluded = true;
    }

    /// <summary>Place of the first word of this type's name, to keep an order; the end if it was said otherwise.</summary>
    public int PlaceOf(string type)
    {
        string first = type.Split('_')[0];
        int place = _words.FindIndex(word => word.Folded.StartsWith(first, StringComparison.Ordinal));
        return place < 0 ? _words.Count : place;
    }

    /// <summary>The word at this place if there is one that nobody has used, else an empty one.</summary>
    public string At(int index) => index >= 0 && index < _words.Count && !_words[index].IsUsed ? _words[index].Folded : "";

    private static bool Fits(Word word, string part) => !word.IsUsed && !word.IsExcluded && (part == "*" || (part == "#" ? double.TryParse(word.Folded, System.Globalization.CultureInfo.InvariantCulture, out _) : word.Folded == part));

    /// <summary>What follows <c>user</c> is somebody's name and not to be corrected.</summary>
    private bool IsName(int index) => index > 0 && _words[index - 1].Folded is "user" or "account" or "by";

    private static IEnumerable<Word> Read(Match match)
    {
        if (match.Groups["quoted"].Success) return [new Word(match.Groups["quoted"].Value, match.Groups["quoted"].Value) { IsQuoted = true }];
        if (!match.Groups["joined"].Success || AgentPhrases.IsProduct(match.Value)) return [Read(match.Value)];
        // "bot-like" is two words, "svc-partner" is one: a name, of which the vocabulary knows no part.
        string[] parts = match.Value.Split('-');
        return parts.Any(static part => Spelling.IsKnown(Spelling.Fold(part)) || part.All(char.IsAsciiDigit)) ? parts.Select(Read) : [Read(match.Value)];
    }

    private static Word Read(string piece)
    {
        string text = piece.TrimEnd('.', ',', '?', '!', ';');
        if (text.StartsWith('/') || text.Contains('/', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal)) return new Word(text, text);
        return new Word(text, Spelling.Fold(text));
    }

    // Quoted texts; addresses and networks; paths; numbers with what hangs on them; comparison signs; products with their version; words joined by hyphens; words.
    [GeneratedRegex("""["“”'](?<quoted>[^"“”']{1,120})["“”']|\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:/\d{1,3})?(?![\w:])|[1-5]xxs?\b|[1-5]\d\ds\b|\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\d{1,2}:\d\d|/[^\s?!,;"]*|\d+(?:\.\d+)?|>=|<=|>|<|%|[A-Za-z][\w.+-]*/\d[\w.]*|(?<joined>[A-Za-z][\w@.+]*(?:-[\w@.+]+)+)|[\w@.+]+(?:'s?)?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Pieces();
}
