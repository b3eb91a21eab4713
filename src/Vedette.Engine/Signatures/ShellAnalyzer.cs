using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Looks for commands behind separators and in substitutions, and for the ways to hide a command's name.</summary>
internal static class ShellAnalyzer
{
    private const byte Plain = 1;

    /// <summary>A command that is an English word too: it counts only with an argument a sentence would not have.</summary>
    private const byte Word = 2;

    private static readonly WordTable Commands = new(
        (Plain, "whoami uname ifconfig ipconfig wget curl nc netcat ncat bash sh zsh ksh csh dash ash nslookup ping ping6 traceroute tracert chmod chown chgrp mkdir rmdir rm "
            + "cp mv ls dir pwd perl python python2 python3 ruby php node lua powershell pwsh cmd certutil netstat lsof ps id cat tac nl od xxd awk gawk sed grep egrep "
            + "telnet ssh scp ftp tftp rsync tar gzip gunzip unzip base64 systeminfo tasklist taskkill hostname dig busybox xterm mknod mkfifo socat nmap crontab "
            + "useradd userdel groupadd visudo chpasswd adduser usermod passwd sudo su gcc cc java javac sleep usleep echo printf printenv getent ipcs dpkg rpm apt-get apt yum wmic reg schtasks rundll32 "
            + "regsvr32 bitsadmin mshta cscript wscript ver vol nohup xargs insmod iptables ssh-keygen openssl nginx systemctl launchctl w3m regedit chef-run ansible-galaxy ansible-pull cut setenv stat whereis service-control pkg zgrep zcat bzcat bzip2 7z rar unrar install-module get-content get-childitem get-process get-wmiobject get-service invoke-webrequest invoke-expression invoke-command invoke-restmethod start-process new-object new-item remove-item set-executionpolicy add-type out-file test-connection convertto-json gwmi vssadmin wevtutil net1 netsh nltest dsquery msiexec msbuild installutil forfiles robocopy xcopy findstr w3wp wusa psexec cipher icacls takeown qwinsta quser msg driverquery getmac nbtstat pathping w3m lynx fetch elinks tee dd "
            + "sysctl arp ifup pkill killall ln uniq hexdump shutdown reboot gdb expr strace ltrace setarch timeout docker busctl capsh tmux vim vi rem erase "
            + "ansible ansible-vault ansible-inventory ansible-playbook aria2c agetty ascii-xfr aspell aws base32 base58 basenc bconsole bpftrace byebug c89 c99 certbot chroot cobc cpio cpulimit "
            + "cscli csplit csvtool dmesg dmsetup dosbox dvips easy_install exiftool fping gcore gem genisoimage ghc ghci git hping3 iconv iftop iex iwr ionice irb jjs journalctl jq jrunscript kubectl "
            + "ldconfig lftp loginctl lwp-download lwp-request mawk minicom msgattrib mtr mysql mysqldump nasm nawk nft npm nroff nsenter openvpn opkg pandoc pdflatex pexec pidstat pip pip3 pkexec "
            + "psftp psql readelf redis-cli restic rlogin rlwrap rpmquery rmt rview rvim scanmem scrot setfacl sftp shuf smbclient sqlite3 ss sshpass ssh-agent ssh-keyscan stdbuf tclsh tcpdump "
            + "timedatectl torify tshark unexpand unshare uuencode uudecode valgrind vimdiff vipw virsh wc xdotool xelatex yarn zypper ll bcdboot setsid eval chattr lscpu lsblk lsattr nano"),
        (Word, "rev flock composer perf zip type trap screen nice strings column route find who time more less head tail sort cut test date host top which kill last man make at env set touch file where net start copy move del read source exec "
            + "users finger mail service mount install split look watch tree expect join paste free df du jobs history export alias halt"));

    /// <summary>Commands that tell or do something by themselves.</summary>
    private static readonly WordTable Complete = new(
        (1, "whoami uname ifconfig ipconfig ls dir pwd id netstat lsof ps systeminfo tasklist hostname getent ipcs printenv ver vol reboot shutdown bash sh zsh dash cmd powershell pwsh su arp"));

    /// <summary>Words that are such commands where a value holds nothing but a separator and one of them.</summary>
    private static readonly WordTable CompleteWords = new((1, "env set who users df mount export alias jobs"));

    /// <summary>Commands that nobody ends a text with, even on a line of their own.</summary>
    private static readonly WordTable Unmistakable = new((1, "whoami uname ifconfig ipconfig netstat systeminfo tasklist printenv"));

    /// <summary>What the Windows command <c>net</c> is told to do.</summary>
    private static readonly WordTable NetworkVerbs = new((1, "user users group localgroup view use start stop share accounts session config"));

    public static void Analyze(in LeafView leaf)
    {
        var present = leaf.Present;
        if (leaf.Part is RequestPart.UserAgent)
        {
            // Semicolons and parentheses are an agent's own punctuation, unless it begins with them; substitutions are not.
            if (present.Has('`') || leaf.Text.IndexOf("$("u8) >= 0 || Bytes.At(leaf.Text, Bytes.SkipSpace(leaf.Text, 0)) is (byte)';' or (byte)'|' or (byte)'&') MarkSeparators(leaf);
            return;
        }
        if (present.Has(';') || present.Has('|') || present.Has('&') || present.Has('\n') || present.Has('`') || present.Has('$') || present.Has('\r') || present.Has('(')) MarkSeparators(leaf);
        if (leaf.Hits.Has(Rules.CommandWindowsShell) && IsProgramMention(leaf)) leaf.Hits.Unmark(Rules.CommandWindowsShell);
        MarkBeginning(leaf, CanSeparate(present) || IsUnnamedField(leaf));
        if (present.Has('=') && present.Has('$')) MarkAssignment(leaf);
        BatchAnalyzer.Analyze(leaf);
        GlobAnalyzer.Analyze(leaf);
        if ((leaf.Leaf.Encodings & LeafEncodings.Shell) != 0 && IsTold(leaf.Hits) && !TextShape.IsDocument(leaf.Text)) leaf.Mark(Rules.CommandHidden, 0, Math.Min(leaf.Text.Length, 60));
        if (present.Has('\'') || present.Has('"') || present.Has('\\') || present.Has('^') || present.Has('$') || present.Has('`')) MarkObfuscated(leaf);
    }

    /// <summary>True if the name of a Windows program stands between words or backticks, with neither a path before it nor an option behind: somebody writes about it.</summary>
    private static bool IsProgramMention(in LeafView leaf)
    {
        var text = leaf.Text;
        var (start, length) = leaf.Hits.Place(Rules.CommandWindowsShell);
        bool isFirst = start == 0, isWord = start > 0 && text[start - 1] is (byte)' ' or (byte)'`';
        int at = Bytes.SkipSpace(text, start + length);
        byte next = Bytes.At(text, at);
        return (isFirst || isWord) && (next is (byte)'`' or (byte)'.' or (byte)',' or (byte)'?' || Bytes.IsLetter(next) && at > start + length);
    }

    /// <summary>True if the leaf's text tells of a command or of a file a command would read.</summary>
    private static bool IsTold(RuleHits hits) => hits.Has(Rules.CommandSeparator) || hits.Has(Rules.CommandSeparatorArgument) || hits.Has(Rules.CommandSubstitution) || hits.Has(Rules.CommandBackticks)
        || hits.Has(Rules.CommandArgument) || hits.Has(Rules.CommandBinary) || hits.Has(Rules.CommandLineWhole) || hits.Has(Rules.CommandDownload) || hits.Has(Rules.CommandGlob)
        || hits.Has(Rules.CommandAlone);

    /// <summary>Marks a command behind a way out of the value in a text that names a file of the system. Files must have been looked for before.</summary>
    public static void MarkSystemFile(in LeafView leaf)
    {
        if (!leaf.Hits.Has(Rules.PathSystemFile)) return;
        if (leaf.Hits.Has(Rules.CommandSeparator) || leaf.Hits.Has(Rules.CommandSeparatorArgument) || leaf.Hits.Has(Rules.CommandSubstitution) || leaf.Hits.Has(Rules.CommandBackticks))
            leaf.Mark(Rules.CommandSystemFile, 0, Math.Min(leaf.Text.Length, 64));
    }

    /// <summary>True for a field of a query that has no name: what stood before its ampersand was no other field but the command before.</summary>
    private static bool IsUnnamedField(in LeafView leaf) => leaf.Part == RequestPart.Query && leaf.Name.IsEmpty && !leaf.IsName;

    /// <summary>Marks <c>a=/etc;b=passwd;cat $a/$b</c>: a variable that is set, and used behind a separator.</summary>
    private static void MarkAssignment(in LeafView leaf)
    {
        const int maxAssignments = 8;
        var text = leaf.Text;
        int from = 0;
        for (int count = 0; count < maxAssignments; count++)
        {
            int equals = from < text.Length ? text[from..].IndexOf((byte)'=') : -1;
            if (equals < 0) return;
            equals += from;
            from = equals + 1;
            int start = equals;
            while (start > 0 && Bytes.IsWord(text[start - 1])) start--;
            if (start == equals || equals - start > WordTable.MaxWordLength || Bytes.At(text, start - 1) is not (0 or (byte)' ' or (byte)';' or (byte)'&' or (byte)'|' or (byte)'\n')) continue;
            var name = text[start..equals];
            var rest = text[from..];
            int separator = rest.IndexOfAny(";&|\n"u8);
            if (separator < 0) return;
            for (int use = separator; rest[use..].IndexOf((byte)'$') is var next and >= 0; use++)
            {
                use += next;
                int word = Bytes.At(rest, use + 1) == '{' ? use + 2 : use + 1;
                if (!rest[Math.Min(word, rest.Length)..].StartsWith(name) || Bytes.IsWord(Bytes.At(rest, word + name.Length))) continue;
                leaf.Mark(Rules.CommandAssignment, start, Math.Min(text.Length, from + word + name.Length) - start);
                return;
            }
        }
    }

    /// <summary>True if the word is the name of a command.</summary>
    internal static bool IsCommand(ReadOnlySpan<byte> word) => Commands.Find(word) != 0;

    private static bool CanSeparate(AsciiSet present) =>
        present.Has(';') || present.Has('|') || present.Has('&') || present.Has('\n') || present.Has('`') || present.Has('$') || present.Has('>') || present.Has('<') || present.Has('\\') || present.Has('(');

    private static void MarkSeparators(in LeafView leaf)
    {
        var text = leaf.Text;
        bool isTable = leaf.Present.Has('|') && CellShape.IsTable(text);
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny(";|&\n\r`$("u8);
            if (next < 0) return;
            i += next;
            byte separator = text[i];
            if (separator == '`' && text[i..].StartsWith("```"u8))
            {
                // A fence of Markdown; what follows on its line names a language.
                int line = text[i..].IndexOf((byte)'\n');
                i = line < 0 ? i + 2 : i + line - 1;
                continue;
            }
            bool isSubstitution = separator == '`' || separator == '$' && Bytes.At(text, i + 1) == '(';
            if (separator == '$' && !isSubstitution || separator == '|' && (CellShape.IsBorder(text, i, isTable) || IsTemplateFilter(text, i))) continue;
            if (separator == '(' && Bytes.At(text, i - 1) is (byte)'<' or (byte)'>')
            {
                // A file made of a command's output, or fed to its input.
                int command = Bytes.SkipSpace(text, i + 1);
                int commandEnd = CommandEnd(text, command);
                if (Commands.Find(text[command..commandEnd]) != 0 && HasArgumentOrWord(text, commandEnd)) leaf.Mark(Rules.CommandSubstitution, i - 1, commandEnd + 1 - i);
                continue;
            }
            if (separator == '(')
            {
                MarkQuotedCommand(leaf, i);
                continue;
            }
            int start = i + (separator == '$' ? 2 : 1);
            if (separator == '$' && Bytes.At(text, start) == '`') start++;
            while (Bytes.At(text, start) is (byte)'|' or (byte)'&' or (byte)';' or (byte)'(' or (byte)'{' or (byte)'"' or (byte)'\'' || start < text.Length && Bytes.IsSpace(text[start])) start++;
            if (separator == '`' && text[i..start].IndexOfAny((byte)';', (byte)'|', (byte)'&') is > 0 and var offset)
            {
                // The backtick ended a substitution; what comes next stands behind a separator of its own.
                separator = text[i + offset];
                isSubstitution = false;
            }
            MarkCommand(leaf, i, start, separator, isSubstitution);
            i = Math.Max(i, start - 1);
        }
    }

    /// <summary>True for the bar of <c>{{ value | printf "%d" }}</c>.</summary>
    private static bool IsTemplateFilter(ReadOnlySpan<byte> text, int bar)
    {
        const int reach = 256;
        int open = text[Math.Max(0, bar - reach)..bar].LastIndexOf("{{"u8), closed = text[Math.Max(0, bar - reach)..bar].LastIndexOf("}}"u8);
        return open > closed && text[bar..Math.Min(text.Length, bar + reach)].IndexOf("}}"u8) > 0;
    }

    private static void MarkCommand(in LeafView leaf, int from, int start, byte separator, bool isSubstitution)
    {
        var text = leaf.Text;
        int end = ProgramEnd(text, ref start);
        byte kind = Commands.Find(text[start..end]);
        if (kind == 0) return;
        bool hasArgument = HasArgument(text, end, out bool isEnd);
        if (text[start..end].SequenceEqual("net"u8) && IsNetworkVerb(text, end)) (kind, hasArgument) = (Plain, true);
        int length = Math.Min(text.Length, end + 12) - from;
        if (isSubstitution)
        {
            // Markdown sets a command's name between backticks too.
            if (separator == '$') leaf.Mark(Rules.CommandSubstitution, from, length);
            else if (hasArgument && from == 0 && text.TrimEnd((byte)' ')[^1] == '`' && text.Count((byte)'`') == 2) leaf.Mark(Rules.CommandSubstitution, from, length);
            else if (hasArgument && Bytes.IsWord(Bytes.At(text, from - 1)) && text[(from + 1)..].Contains((byte)'`')) leaf.Mark(Rules.CommandSubstitution, from, length);
            else if (hasArgument && IsOption(text, end) && Bytes.At(text, Bytes.SkipSpace(text, end)) != '`') leaf.Mark(Rules.CommandSeparatorArgument, from, length);
            else if (hasArgument || Bytes.At(text, end) == '`') leaf.Mark(Rules.CommandBackticks, from, length);
            return;
        }
        // No sentence begins with what separates commands; the name of one there needs no more than any word behind it.
        const int maxIndent = 4;
        bool isFirst = kind == Plain && separator is (byte)';' or (byte)'|' or (byte)'&' && from <= maxIndent && text[..from].Trim(" \t"u8).IsEmpty && Bytes.At(text, end) == ' ' && !(separator == '&' && start - from < 2);
        if (isFirst && Bytes.IsWord(Bytes.At(text, Bytes.SkipSpace(text, end)))) hasArgument = true;
        // A line break alone separates sentences as well as commands, and an ampersand words and parameters.
        bool isCutOff = hasArgument && EndsAsShell(text);
        bool isStrong = isCutOff || separator is not ((byte)'\n' or (byte)'\r') && !(separator == '&' && start - from == 1 && Bytes.At(text, end) == '=');
        if (isCutOff) leaf.Mark(Rules.CommandCutOff, from, length);
        if (CommandLine.RunsProgram(text, text[start..end], end)) leaf.Mark(Rules.CommandInterpreter, from, length);
        // The next line of a text, or of a stack trace, may well begin with a word that is a command.
        if (hasArgument && (!isStrong || kind == Word) && (!IsOption(text, end) || kind == Word && Bytes.IsDigit(text[Bytes.SkipSpace(text, end)]))) hasArgument = false;
        if (hasArgument && isStrong && separator is (byte)';' or (byte)'|' && CommandLine.IsWhole(text, text[start..end], end)) leaf.Mark(Rules.CommandLineWhole, from, length);
        bool endsQuote = separator == ';' && Bytes.At(text, from - 1) is (byte)'"' or (byte)'\'' && text[end..].Contains(text[from - 1]);
        // Nothing stands before the separator, and an option or a path behind the command.
        bool isLeading = separator is (byte)';' or (byte)'&' && from == 0 && !(separator == '&' && start - from < 2) && Bytes.At(text, Bytes.SkipSpace(text, end)) is (byte)'-' or (byte)'/';
        if (hasArgument) leaf.Mark(isStrong && (kind == Plain || isLeading || endsQuote && IsOption(text, end)) ? Rules.CommandSeparator : Rules.CommandSeparatorArgument, from, length);
        else if (isEnd && !isStrong && (leaf.Part == RequestPart.Query ? Complete : Unmistakable).Find(text[start..end]) != 0 && text[..from].IndexOfAny((byte)'\n', (byte)' ') < 0) leaf.Mark(Rules.CommandSeparator, from, length);
        else if (isEnd && from == 0 && separator is (byte)';' or (byte)'|' && CompleteWords.Find(text[start..end]) != 0) leaf.Mark(Rules.CommandSeparator, from, length);
        else if (isEnd && isStrong && (separator == '|' ? kind == Plain : Complete.Find(text[start..end]) != 0)) leaf.Mark(Rules.CommandSeparator, from, length);
        else leaf.Mark(Rules.CommandSeparatorWord, from, length);
    }

    /// <summary>Marks <c>('whoami')</c>: a command handed to a call.</summary>
    private static void MarkQuotedCommand(in LeafView leaf, int open)
    {
        var text = leaf.Text;
        int start = open + 1;
        while (Bytes.At(text, start) is (byte)'\'' or (byte)'"' or (byte)'\\' or (byte)' ') start++;
        if (start == open + 1) return;
        int end = CommandEnd(text, start);
        // What a program calls an encoding is no command without an argument.
        if (text[start..end].SequenceEqual("base64"u8) && Bytes.At(text, end) != ' ') return;
        if (Commands.Find(text[start..end]) == Plain && (HasArgument(text, end, out bool isEnd) || isEnd)) leaf.Mark(Rules.CommandArgument, open, end - open);
    }

    private static bool HasArgumentOrWord(ReadOnlySpan<byte> text, int end) => Bytes.At(text, end) == ')' || Bytes.IsSpace(Bytes.At(text, end)) && text[end..].Contains((byte)')');

    /// <summary>The end of the command's name; where it is given with the folder of programs, <paramref name="start"/> moves to the name.</summary>
    private static int ProgramEnd(ReadOnlySpan<byte> text, ref int start)
    {
        int end = CommandEnd(text, start);
        if (end > start || Bytes.At(text, start) != '/') return end;
        int at = start;
        while (at < text.Length && at - start < 64 && (Bytes.IsWord(text[at]) || text[at] is (byte)'/' or (byte)'-')) at++;
        int slash = text[start..at].LastIndexOf((byte)'/');
        if (text[start..(start + slash + 1)].IndexOf("bin/"u8) < 0) return end;
        start += slash + 1;
        return CommandEnd(text, start);
    }

    private static int CommandEnd(ReadOnlySpan<byte> text, int start)
    {
        int end = start;
        while (end < text.Length && (Bytes.IsWord(text[end]) || text[end] == '-' && end > start)) end++;
        return end;
    }

    /// <summary>True if an option, a path, a redirection or another separator follows.</summary>
    private static bool HasArgument(ReadOnlySpan<byte> text, int end, out bool isEnd)
    {
        int at = Bytes.SkipSpace(text, end);
        isEnd = at >= text.Length || text[at] is (byte)'#' or (byte)'\'' or (byte)'"' or (byte)')' or 0 || text[at] == '\\' && Bytes.At(text, at + 1) is (byte)'n' or (byte)'r' && !Bytes.IsWord(Bytes.At(text, at + 2));
        if (isEnd || at == end && text[at] is not ((byte)'$' or (byte)'<' or (byte)'>' or (byte)'|' or (byte)';' or (byte)'&' or (byte)'`' or (byte)'%' or (byte)'{')) return false;
        byte first = text[at];
        byte second = Bytes.At(text, at + 1);
        if (first == '-') return second == '-' || Bytes.IsLetter(second) || Bytes.IsDigit(second);
        if (first is (byte)'/' or (byte)'$' or (byte)'>' or (byte)'<' or (byte)'|' or (byte)';' or (byte)'`' or (byte)'~' or (byte)'%' or (byte)'{') return true;
        if (first == '&') return second is (byte)'&' or (byte)' ' or (byte)'"' or (byte)'\'' or 0;
        if (first is (byte)'.' or (byte)'*' || first == '@' && Bytes.IsDigit(second)) return true;
        if (Bytes.IsDigit(first)) return true;
        if (EndsAsShell(text)) return true;
        var rest = text[at..Math.Min(text.Length, at + 64)];
        return IsLastHost(text[at..]) || rest.StartsWith("http"u8) || rest.IndexOf(":\\"u8) == 1 || rest.StartsWith("etc/"u8) || rest.IndexOfAny("/|>\\"u8) is > 0 and < 24;
    }

    /// <summary>True for the name of a host with nothing behind it but the end of the command.</summary>
    private static bool IsLastHost(ReadOnlySpan<byte> text)
    {
        int end = 0, dots = 0;
        while (end < text.Length && end < 128 && (Bytes.IsWord(text[end]) || text[end] is (byte)'.' or (byte)'-'))
            if (text[end++] == '.' && Bytes.IsWord(Bytes.At(text, end))) dots++;
        return dots > 0 && Bytes.At(text, end) is 0 or (byte)';' or (byte)'&' or (byte)'|' or (byte)'\'' or (byte)'"' or (byte)'`' or (byte)')' or (byte)'\n';
    }

    /// <summary>True if the text ends in a comment sign that cuts off what the server would append.</summary>
    private static bool EndsAsShell(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\v\f"u8);
        return text.EndsWith("#"u8) || text.EndsWith("rem"u8) && Bytes.At(text, text.Length - 4) is (byte)'&' or (byte)'|' or (byte)';';
    }

    private static bool IsOption(ReadOnlySpan<byte> text, int end)
    {
        int at = Bytes.SkipSpace(text, end);
        return Bytes.At(text, at) is (byte)'-' or (byte)'/' or (byte)'$' or (byte)'>' or (byte)'|' or (byte)';' or (byte)'`' || IsVariable(text, at) || Bytes.IsDigit(Bytes.At(text, at));
    }

    private static bool IsNetworkVerb(ReadOnlySpan<byte> text, int end)
    {
        int verb = Bytes.SkipSpace(text, end);
        return verb > end && NetworkVerbs.Find(text[verb..Bytes.SkipWord(text, verb)]) != 0;
    }

    /// <summary>True for a variable of Windows: <c>%windir%</c>.</summary>
    private static bool IsVariable(ReadOnlySpan<byte> text, int at) =>
        Bytes.At(text, at) == '%' && Bytes.SkipWord(text, at + 1) is var end && end > at + 2 && Bytes.At(text, end) == '%';

    /// <summary>Marks a value that is a command as it stands: one that nothing separates from the rest is what people write about, unless the parameter takes commands.</summary>
    private static void MarkBeginning(in LeafView leaf, bool canSeparate)
    {
        bool isParameter = leaf.Name.IndexOf("cmd"u8) >= 0 || leaf.Name.IndexOf("exec"u8) >= 0 || leaf.Name.IndexOf("command"u8) >= 0 || leaf.Name.SequenceEqual("shell"u8);
        if (!canSeparate && !isParameter)
        {
            leaf.Hits.Unmark(Rules.CommandDownload);
            leaf.Hits.Unmark(Rules.CommandArgument);
        }
        var text = leaf.Text;
        int start = Bytes.SkipSpace(text, 0);
        if (Bytes.At(text, start) is (byte)'"' or (byte)'\'') start++;
        int end = CommandEnd(text, start);
        var command = text[start..end];
        byte kind = Commands.Find(command);
        if (leaf.Part is RequestPart.Path or RequestPart.Header or RequestPart.Referer || end == start || kind == 0) return;
        bool isQuoted = start > 0 && text[start - 1] is (byte)'"' or (byte)'\'';
        int after = isQuoted && Bytes.At(text, end) == text[start - 1] ? end + 1 : end;
        if (CommandLine.RunsProgram(text, command, after)) leaf.Mark(Rules.CommandInterpreter, start, Math.Min(text.Length, after + 16) - start);
        bool isLine = (kind == Plain || command.SequenceEqual("alias"u8) || command.SequenceEqual("find"u8)) && CommandLine.IsWhole(text, command, after);
        if (isLine) leaf.Mark(Rules.CommandLineWhole, start, Math.Min(text.Length, after + 16) - start);
        if (isLine && after == end || leaf.Hits.Has(Rules.CommandInterpreter)) leaf.Mark(Rules.CommandArgument, start, Math.Min(text.Length, end + 16) - start);
        if (isQuoted && after == end && kind == Word && HasArgument(text, end, out _) && EndsAsShell(text))
        {
            leaf.Mark(Rules.CommandSeparatorWord, start - 1, end + 1 - start);
            leaf.Mark(Rules.CommandCutOff, start, text.Length - start);
        }
        // A remark with nothing remarked, where an ampersand made a field of it: it cuts off what the server would append.
        if (IsUnnamedField(leaf) && command.SequenceEqual("rem"u8) && text.Length > end && text[end..].IndexOfAnyExcept(" \t\v\f\r\n\xa0;,"u8) < 0) leaf.Mark(Rules.CommandBatch, start, text.Length - start);
        if (kind != Plain) return;
        bool hasArgument = HasArgument(text, end, out bool isEnd);
        if (hasArgument && EndsAsShell(text)) leaf.Mark(Rules.CommandCutOff, start, text.Length - start);
        if (hasArgument && (canSeparate || isParameter)) leaf.Mark(Rules.CommandArgument, start, Math.Min(text.Length, end + 16) - start);
        else if (isEnd) leaf.Mark(Rules.CommandAlone, start, end - start);
        // In JSON a lone word under such a name is a verb of the protocol: {"cmd":"ping"}.
        bool isVerb = !hasArgument && (leaf.Leaf.Encodings & LeafEncodings.Json) != 0;
        if (isParameter && !isVerb && (hasArgument || isEnd)) leaf.Mark(Rules.CommandParameter, start, end - start);
    }

    /// <summary>Marks a command's name that quotes, backslashes, carets or empty expansions cut into pieces.</summary>
    private static void MarkObfuscated(in LeafView leaf)
    {
        var text = leaf.Text;
        Span<byte> word = stackalloc byte[WordTable.MaxWordLength];
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            int length = 0;
            int cuts = 0;
            while (i < text.Length && length < word.Length && i - start < 64)
            {
                byte b = text[i];
                if (Bytes.IsWord(b) || b == '/') word[length++] = b;
                else if (b is (byte)'\\' or (byte)'^' && Bytes.IsLetter(Bytes.At(text, i + 1)) && length > 0) cuts++;
                else if (b is (byte)'\'' or (byte)'"' && (length > 0 ? IsInsideWord(text, i) : Bytes.IsLetter(Bytes.At(text, i + 1)) && !Bytes.IsWord(Bytes.At(text, i - 1)))) cuts++;
                else if (b == '`' && Bytes.At(text, i + 1) == '`' && length > 0 && Bytes.IsLetter(Bytes.At(text, i + 2)))
                {
                    cuts += 2;
                    i++;
                }
                else if (b == '$' && Bytes.At(text, i + 1) is (byte)'@' or (byte)'*' && length > 0)
                {
                    cuts++;
                    i++;
                }
                else break;
                i++;
            }
            // A name that is quoted whole hides nothing.
            bool isQuoted = text[start] is (byte)'\'' or (byte)'"' && (cuts < 2 || !Bytes.IsLetter(Bytes.At(text, i - 1)));
            if (cuts >= 2 && !isQuoted && IsHiddenCommand(word[..length])) leaf.Mark(Rules.CommandObfuscated, start, i - start);
            if (i == start) i++;
        }
    }

    private static bool IsInsideWord(ReadOnlySpan<byte> text, int at)
    {
        byte next = Bytes.At(text, at + 1);
        return Bytes.IsLetter(next) || next is (byte)'\'' or (byte)'"' || next is (byte)'/' || Bytes.IsLetter(Bytes.At(text, at - 1)) && Bytes.IsSpace(next);
    }

    private static bool IsHiddenCommand(ReadOnlySpan<byte> word)
    {
        int slash = word.LastIndexOf((byte)'/');
        if (slash >= 0 && word[..slash].IndexOf("bin"u8) >= 0) return true;
        return Commands.Find(word[(slash + 1)..]) == Plain && word.Length >= 2;
    }
}
