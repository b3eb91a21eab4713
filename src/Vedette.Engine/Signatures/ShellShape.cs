namespace Vedette.Engine.Signatures;

/// <summary>Tells a command line that people quote to each other, or keep in a configuration, from one that was put into another.</summary>
/// <remarks>An injected command stands behind what ends the value; a line of its own begins with its program, and its separators join it to the next.</remarks>
internal static class ShellShape
{
    private const int ScheduleFields = 5;

    private static readonly WordTable Tools = new(
        (1, "git npm npx yarn pnpm docker docker-compose kubectl helm terraform pip pip3 mvn gradle make cargo go dotnet java javac gcc apt apt-get yum dnf brew composer gem node cd find sudo run entrypoint "
            + "export ansible poetry bundle rails php artisan systemctl journalctl crontab tar grep sed awk jq ls mkdir cp mv rm chmod chown ssh scp rsync curl wget cat tail head ps get-childitem get-process get-service get-content"));

    private static readonly WordTable BlockWords = new((1, "fi done esac then do else"));

    /// <summary>What runs whatever a pipe hands it.</summary>
    private static readonly WordTable Shells = new((1, "perl python python2 python3 ruby php node cmd base64 xxd socat iex"));

    /// <summary>What nobody needs who works on the machine, and shells.</summary>
    private static readonly WordTable Prying = new((1, "sh bash zsh dash ksh csh ash powershell pwsh rem whoami id uname ifconfig ipconfig netstat nslookup nc ncat netcat telnet passwd useradd sleep ping systeminfo tasklist shutdown reboot"));

    /// <summary>True if the text is a command line of its own that neither reads files of the system, nor feeds a shell, nor asks who and where it is.</summary>
    public static bool IsOwnLine(in LeafView leaf)
    {
        var hits = leaf.Hits;
        bool isTold = hits.Has(Rules.CommandSeparator) || hits.Has(Rules.CommandSeparatorArgument) || hits.Has(Rules.CommandSubstitution) || hits.Has(Rules.CommandBackticks) || hits.Has(Rules.CommandArgument)
            || hits.Has(Rules.CommandSeparatorWord) || hits.Has(Rules.CommandRedirect) || hits.Has(Rules.CommandLineWhole);
        if (!isTold || hits.Has(Rules.CommandParameter) || hits.Has(Rules.CommandCutOff) || hits.Has(Rules.CommandInterpreter) || hits.Has(Rules.CommandObfuscated)
            || hits.Has(Rules.CommandExpansion) || hits.Has(Rules.CommandSystemFile) || hits.Has(Rules.PathSystemFile) || hits.Has(Rules.CommandGlob)) return false;
        var text = leaf.Text;
        if (IsScript(text) || IsBlock(text)) return text.IndexOf("/dev/tcp"u8) < 0 && !FeedsShell(text);
        if (hits.Has(Rules.CommandAssignment)) return false;
        int begin = SkipPrompt(text, SkipSentence(text, SkipFence(text)));
        int start = SkipSchedule(text, begin);
        bool isScheduled = start > begin;
        if (isScheduled) start = SkipFolders(text, start);
        int end = NameEnd(text, start);
        return end > start && IsOwnProgram(text[start..end], isScheduled, hits) && Bytes.At(text, end) == ' ' && !HasPryingPart(text, start) && text.IndexOf("/dev/tcp"u8) < 0;
    }

    /// <summary>True for a program that people name to each other, for whatever else a schedule runs, and for any command that neither pries, writes a file nor is handed what another prints.</summary>
    private static bool IsOwnProgram(ReadOnlySpan<byte> name, bool isScheduled, RuleHits hits)
    {
        if (Tools.Find(name) != 0) return true;
        if (Prying.Find(name) != 0) return false;
        return isScheduled || ShellAnalyzer.IsCommand(name) && !hits.Has(Rules.CommandRedirect) && !hits.Has(Rules.CommandSubstitution) && !hits.Has(Rules.CommandBackticks) && !hits.Has(Rules.CommandWindows);
    }

    /// <summary>Skips the folders before a program's name.</summary>
    private static int SkipFolders(ReadOnlySpan<byte> text, int start)
    {
        int end = text[start..].IndexOf((byte)' ');
        return end < 0 ? start : start + text.Slice(start, end).LastIndexOf((byte)'/') + 1;
    }

    /// <summary>Leaves one piece of evidence that the text holds commands: of a line known to be one, each further pipe and argument says nothing new.</summary>
    public static void CountOnce(in LeafView leaf)
    {
        var hits = leaf.Hits;
        if (IsScript(leaf.Text))
        {
            // Quotes, paths of programs and streams are what scripts are made of.
            hits.Unmark(Rules.CommandHidden);
            hits.Unmark(Rules.CommandBinary);
            hits.Unmark(Rules.CommandRedirect);
        }
        hits.Unmark(Rules.CommandLineWhole);
        hits.Unmark(Rules.CommandArgument);
        hits.Unmark(Rules.CommandAssignment);
        hits.Unmark(Rules.CommandDownload);
        bool isStrong = hits.Has(Rules.CommandSeparator);
        if (isStrong) hits.Unmark(Rules.CommandSubstitution);
        if (!isStrong && !hits.Has(Rules.CommandSubstitution)) return;
        hits.Unmark(Rules.CommandSeparatorArgument);
        hits.Unmark(Rules.CommandSeparatorWord);
        hits.Unmark(Rules.CommandBackticks);
    }

    /// <summary>True for several lines among which blocks of a script are closed: nobody needs these to run one command.</summary>
    private static bool IsScript(ReadOnlySpan<byte> text)
    {
        if (text.Count((byte)'\n') < 2 || text[..text.IndexOf((byte)'\n')].TrimStart(" \t"u8) is [(byte)';' or (byte)'|' or (byte)'&', ..]) return false;
        int assignments = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t\r;"u8);
            if (BlockWords.Find(line) != 0 || line.EndsWith("; then"u8) || line.EndsWith("; do"u8) || line.EndsWith("() {"u8) || line.StartsWith("if ["u8) || line.StartsWith("local "u8) || line.StartsWith("set -"u8)) return true;
            int name = Bytes.SkipWord(line, 0);
            if (name > 0 && Bytes.At(line, name) == '=') assignments++;
        }
        return assignments >= 2;
    }

    /// <summary>True for one line that is a whole block: <c>for f in *; do …; done</c>.</summary>
    private static bool IsBlock(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n;"u8);
        bool isLoop = (text.StartsWith("for "u8) || text.StartsWith("while "u8) || text.StartsWith("until "u8)) && text.EndsWith("done"u8) && text.IndexOf("; do "u8) > 0;
        return isLoop || text.StartsWith("if ["u8) && text.EndsWith("fi"u8) && text.IndexOf("; then "u8) > 0;
    }

    private static bool FeedsShell(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'|') is >= 0 and var bar)
        {
            text = text[(bar + 1)..].TrimStart("| \t"u8);
            var program = text[..NameEnd(text, 0)];
            if (Shells.Find(program) != 0 || program.EndsWith("sh"u8)) return true;
        }
        return false;
    }

    /// <summary>Skips a sentence that leads to a command: at least three words, then a colon or backtick, with nothing that separates commands before it.</summary>
    private static int SkipSentence(ReadOnlySpan<byte> text, int start)
    {
        const int minSpaces = 2;
        int mark = text[start..].IndexOfAny(":`;|&$(\n"u8);
        // A word, a space and a span of code: "try `make all`".
        bool isSpan = mark > 1 && text[start + mark] == '`' && text[start + mark - 1] == ' ' && text.Count((byte)'`') == 2;
        if (mark <= 0 || !isSpan && text.Slice(start, mark).Count((byte)' ') < minSpaces) return start;
        bool isLead = text[start + mark] == '`' || text[start + mark] == ':' && Bytes.IsSpace(Bytes.At(text, start + mark + 1));
        return isLead && !ShellAnalyzer.IsCommand(text[start..NameEnd(text, start)]) ? Bytes.SkipSpace(text, start + mark + 1) : start;
    }

    /// <summary>Skips plain words and the line that opens a block of code in Markdown, if the block is closed again.</summary>
    private static int SkipFence(ReadOnlySpan<byte> text)
    {
        int fence = text.IndexOf("```"u8);
        if (fence < 0 && text.StartsWith("\\begin{"u8) && text.IndexOf("\\end{"u8) > 0) return text.IndexOf((byte)'\n') + 1;
        if (fence < 0 || text[..fence].IndexOfAny(";|&`$("u8) >= 0 || text[(fence + 3)..].IndexOf("\n```"u8) < 0) return 0;
        return fence + 3 + text[(fence + 3)..].IndexOf((byte)'\n') + 1;
    }

    private static int SkipPrompt(ReadOnlySpan<byte> text, int from)
    {
        int at = Bytes.SkipSpace(text, from);
        return Bytes.At(text, at) is (byte)'$' or (byte)'#' or (byte)'>' && Bytes.At(text, at + 1) == ' ' ? at + 2 : at;
    }

    /// <summary>Skips the times of a line of a schedule: <c>*/15 3 * * 1-5</c>.</summary>
    private static int SkipSchedule(ReadOnlySpan<byte> text, int start)
    {
        int at = start;
        for (int field = 0; field < ScheduleFields; field++)
        {
            int end = at;
            while (Bytes.IsDigit(Bytes.At(text, end)) || Bytes.At(text, end) is (byte)'*' or (byte)'/' or (byte)',' or (byte)'-') end++;
            if (end == at || Bytes.At(text, end) != ' ') return start;
            at = Bytes.SkipSpace(text, end);
        }
        return at;
    }

    private static int NameEnd(ReadOnlySpan<byte> text, int at)
    {
        while (Bytes.IsWord(Bytes.At(text, at)) || Bytes.At(text, at) == '-') at++;
        return at;
    }

    /// <summary>True if what stands behind some separator pries or feeds a shell.</summary>
    private static bool HasPryingPart(ReadOnlySpan<byte> text, int start)
    {
        while (text[start..].IndexOfAny(";|&`(\n"u8) is var next and >= 0)
        {
            bool isPipe = text[start + next] == '|';
            start += next + 1;
            while (start < text.Length && (Bytes.IsSpace(text[start]) || text[start] is (byte)'|' or (byte)'&' or (byte)'"' or (byte)'\'')) start++;
            int end = NameEnd(text, start);
            if (Prying.Find(text[start..end]) != 0 || isPipe && Shells.Find(text[start..end]) != 0) return true;
        }
        return false;
    }
}
