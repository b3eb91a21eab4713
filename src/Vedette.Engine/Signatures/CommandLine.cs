namespace Vedette.Engine.Signatures;

/// <summary>Tells a command line from a sentence that mentions a command: by what follows the command's name.</summary>
internal static class CommandLine
{
    private const int MaxArguments = 24;

    /// <summary>Programs that run what they are handed, and what an inline program is handed with.</summary>
    private static readonly WordTable Interpreters = new(
        (1, "bash sh zsh ksh csh tcsh dash ash fish busybox su env nohup timeout xargs sudo"), (2, "perl python python2 python3 ruby php node nodejs lua tclsh awk gawk mawk jrunscript ghc rlwrap"),
        (3, "powershell pwsh cmd"));

    /// <summary>What developers type all day and quote to each other.</summary>
    private static readonly WordTable Everyday = new((1, "git npm npx yarn pnpm docker kubectl pip pip3 mvn gradle make cargo go dotnet java javac gcc apt apt-get yum brew composer gem node"));

    /// <summary>Programs that a person quotes with an address, and that an attacker tells where to write.</summary>
    private static readonly WordTable Clients = new((1, "curl wget ping ping6 dig host nslookup traceroute ssh telnet"));

    /// <summary>True if arguments and nothing else follow the name that ends at <paramref name="end"/>: options, paths, addresses, numbers, quoted text, and no more than one plain word.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text, ReadOnlySpan<byte> command, int end)
    {
        // A quote goes on with the word: id'angelo is a name.
        if (Bytes.At(text, end) is (byte)'\'' or (byte)'"') return false;
        int hard = 0, plain = 0, options = 0;
        int at = end;
        for (int count = 0; count < MaxArguments; count++)
        {
            at = Bytes.SkipSpace(text, at);
            if (at >= text.Length || text[at] < 0x20) break;
            int next = ArgumentEnd(text, at);
            var argument = text[at..next];
            if (argument[0] == '-' && argument.Length > 1 || argument[0] is (byte)'>' or (byte)'|') options++;
            if (IsHard(argument)) hard++;
            else plain++;
            at = next;
        }
        if (hard == 0 || plain > 1 || Everyday.Find(command) != 0) return false;
        return Clients.Find(command) == 0 || options > 1 || options == 1 && plain == 0 && !HasAddress(text[end..]);
    }

    /// <summary>True if a program text is handed to an interpreter: <c>bash -c "…"</c>, <c>perl -e '…'</c>, <c>powershell -enc …</c>.</summary>
    public static bool RunsProgram(ReadOnlySpan<byte> text, ReadOnlySpan<byte> command, int end)
    {
        byte kind = Interpreters.Find(command);
        if (kind == 0) return false;
        int at = Bytes.SkipSpace(text, end);
        if (at == end || Bytes.At(text, at) is not ((byte)'-' or (byte)'/')) return false;
        int option = at + 1;
        int optionEnd = option;
        while (optionEnd < text.Length && Bytes.IsWord(text[optionEnd])) optionEnd++;
        var name = text[option..optionEnd];
        int argument = Bytes.SkipSpace(text, optionEnd);
        if (argument >= text.Length || argument == optionEnd && text[argument] is not ((byte)'"' or (byte)'\'' or (byte)'$')) return false;
        return kind switch
        {
            1 => name.Length is > 0 and <= 4 && name.EndsWith("c"u8),
            2 => name.Length is > 0 and <= 4 && name[^1] is (byte)'e' or (byte)'c' or (byte)'r',
            _ => name is [(byte)'c' or (byte)'k' or (byte)'e'] || name.StartsWith("enc"u8) || name.StartsWith("ec"u8) || name.StartsWith("nop"u8) || name.StartsWith("command"u8) || name.StartsWith("exec"u8) || name.StartsWith("w"u8),
        };
    }

    private static int ArgumentEnd(ReadOnlySpan<byte> text, int at)
    {
        byte quote = text[at];
        if (quote is (byte)'"' or (byte)'\'' && text[(at + 1)..].IndexOf(quote) is >= 0 and var close) return at + close + 2;
        while (at < text.Length && !Bytes.IsSpace(text[at]) && text[at] >= 0x20) at++;
        return at;
    }

    private static bool IsHard(ReadOnlySpan<byte> argument)
    {
        byte first = argument[0];
        if (first is (byte)'-' or (byte)'/' or (byte)'~' or (byte)'>' or (byte)'<' or (byte)'|' or (byte)'&' or (byte)'$' or (byte)'*' or (byte)'.' or (byte)'"' or (byte)'\'' or (byte)'#' or (byte)'%' or (byte)'{') return argument.Length > 1 || first is not ((byte)'-' or (byte)'&' or (byte)'.');
        return Bytes.IsDigit(first) || argument[1..].IndexOfAny("/\\=*?@"u8) >= 0;
    }

    private static bool HasAddress(ReadOnlySpan<byte> text) => text.IndexOf("://"u8) >= 0;
}
