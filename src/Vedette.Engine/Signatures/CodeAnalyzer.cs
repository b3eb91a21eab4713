using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Looks for the shapes of program text that no ordinary value has, whatever the names in it: calls of what a variable or a literal names, endless loops, script tags.</summary>
internal static class CodeAnalyzer
{
    private const int MaxReach = 160;

    /// <summary>What runs a command or a text, decodes one, or tells about the machine; and what includes a file.</summary>
    private static readonly WordTable Doors = new(
        (1, "system exec passthru shell_exec popen proc_open pcntl_exec eval assert phpinfo php_uname base64_decode gzinflate gzuncompress gzdecode str_rot13 hex2bin create_function call_user_func call_user_func_array register_shutdown_function "
            + "array_map array_filter array_walk usort ob_start preg_replace file_put_contents fwrite fputs readfile highlight_file show_source fsockopen pfsockopen move_uploaded_file copy getenv get_defined_vars unserialize scandir glob chr pack ini_set"),
        (2, "include include_once require require_once"));

    /// <summary>What a probe prints something with, to see whether it runs.</summary>
    private static readonly WordTable Outputs = new((1, "echo print printf print_r var_dump die exit md5 sha1 crc32 phpversion sleep usleep"));

    private static readonly WordTable Declarations = new((1, "namespace class function use interface trait enum abstract final foreach endforeach elseif endif endwhile switch return declare define const public private protected extends"));

    public static void Analyze(in LeafView leaf)
    {
        var present = leaf.Present;
        if (present.Has(':') && present.Has('{')) MarkSerialized(leaf);
        if (present.Has('$')) MarkVariableCalls(leaf);
        if (present.Has('(') && (present.Has(')') || present.Has(']'))) MarkCallsOfValues(leaf);
        if (present.Has('(')) MarkLoops(leaf);
        if (present.Has('<') && present.Has('?')) MarkScriptTags(leaf);
        if (present.Has('(')) MarkWhole(leaf);
        if (leaf.Hits.Has(Rules.CodePython) && leaf.Text.Count("__."u8) >= 2) leaf.Mark(Rules.CodeGadget, leaf.Hits.Place(Rules.CodePython).Start, 8);
        if (leaf.Hits.Has(Rules.CodeSnippet) && !leaf.Hits.Has(Rules.CodeScriptTag) && leaf.Text.TrimStart(" \r\n"u8).StartsWith("<?"u8)) UnmarkPage(leaf.Hits);
        // A frame of a stack trace names what was called, and calls nothing.
        if (leaf.Hits.Has(Rules.CodeJava) && IsTrace(leaf.Text)) leaf.Hits.Unmark(Rules.CodeJava);
    }

    /// <summary>Marks <c>O:8:"stdClass":1:{…}</c>: a PHP object, with the lengths of its name and fields.</summary>
    private static void MarkSerialized(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int at = text.IndexOf("o:"u8); at >= 0;)
        {
            int digits = at + 2;
            if (Bytes.At(text, digits) == '+') digits++;
            int end = digits;
            while (Bytes.IsDigit(Bytes.At(text, end)) && end - digits < 6) end++;
            bool isObject = end > digits && Bytes.At(text, end) == ':' && Bytes.At(text, end + 1) is (byte)'"' or (byte)'\\' && !Bytes.IsWord(Bytes.At(text, at - 1));
            if (isObject && text[end..Math.Min(text.Length, end + MaxReach)].IndexOf(":{"u8) > 0)
            {
                leaf.Mark(Rules.CodeDeserialization, at, Math.Min(text.Length - at, 40));
                return;
            }
            int next = text[(at + 2)..].IndexOf("o:"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    /// <summary>Marks <c>$f(…)</c>, <c>$f[0]{1}(…)</c>, <c>${'f'}(…)</c>: a function whose name a variable holds.</summary>
    private static void MarkVariableCalls(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOf((byte)'$');
            if (next < 0) return;
            i += next;
            if (i > 0 && Bytes.IsWord(text[i - 1])) continue;
            int end = VariableEnd(text, i + 1);
            if (end < 0) continue;
            int open = SkipAccess(text, end);
            bool isSpaced = Bytes.IsSpace(Bytes.At(text, i + 1));
            if (isSpaced || Bytes.At(text, open) == '(') leaf.Mark(Rules.CodeVariableCall, i, Math.Min(text.Length, open + 1) - i);
        }
    }

    /// <summary>Where a variable's name ends; -1 if none stands at <paramref name="at"/>.</summary>
    private static int VariableEnd(ReadOnlySpan<byte> text, int at)
    {
        if (Bytes.IsLetter(Bytes.At(text, at)) || Bytes.At(text, at) == '_') return Bytes.SkipWord(text, at);
        int brace = Bytes.SkipSpace(text, at);
        if (Bytes.At(text, brace) != '{') return -1;
        int inside = Bytes.SkipSpace(text, brace + 1);
        if (Bytes.At(text, inside) is not ((byte)'\'' or (byte)'"' or (byte)'$' or (byte)'@')) return -1;
        int close = text[inside..Math.Min(text.Length, inside + MaxReach)].IndexOf((byte)'}');
        return close < 0 ? -1 : inside + close + 1;
    }

    /// <summary>Skips indices, comments and the line breaks between them; plain spaces only where an index or a comment stood.</summary>
    private static int SkipAccess(ReadOnlySpan<byte> text, int at)
    {
        int limit = Math.Min(text.Length, at + MaxReach);
        bool hasAccess = false;
        while (at < limit)
        {
            byte b = text[at];
            byte closing = b switch { (byte)'[' => (byte)']', (byte)'{' => (byte)'}', _ => 0 };
            if (closing != 0)
            {
                int close = text[at..limit].IndexOf(closing);
                if (close < 0) return at;
                at += close + 1;
                hasAccess = true;
            }
            else if (CommentEnd(text, at) is var end && end > at)
            {
                at = end;
                hasAccess = true;
            }
            else if (b is (byte)'\n' or (byte)'\r' or (byte)'\t' || b == ' ' && (hasAccess || CommentEnd(text, Bytes.SkipSpace(text, at)) > Bytes.SkipSpace(text, at)))
            {
                at++;
            }
            else
            {
                break;
            }
        }
        return at;
    }

    private static int CommentEnd(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[Math.Min(at, text.Length)..];
        if (rest.StartsWith("/*"u8) && rest.IndexOf("*/"u8) is > 0 and var close) return at + close + 2;
        if ((rest.StartsWith("//"u8) || rest.StartsWith("#"u8)) && rest.IndexOf((byte)'\n') is > 0 and var line) return at + line + 1;
        return at;
    }

    /// <summary>Marks <c>("system")("id")</c>, <c>['f'][0]('x')</c>, <c>top["alert"](1)</c>: a call of what a literal in brackets names.</summary>
    private static void MarkCallsOfValues(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 1; i < text.Length; i++)
        {
            int next = text[i..].IndexOf((byte)'(');
            if (next < 0) return;
            i += next;
            int close = i - 1;
            while (close > 0 && Bytes.IsSpace(text[close])) close--;
            if (text[close] is not ((byte)')' or (byte)']')) continue;
            bool hasSpace = close < i - 1;
            byte argument = Bytes.At(text, Bytes.SkipSpace(text, i + 1));
            bool isLiteral = argument is (byte)'\'' or (byte)'"' or (byte)'`';
            if (hasSpace && !isLiteral || argument is not ((byte)'\'' or (byte)'"' or (byte)'`' or (byte)'$' or (byte)'[' or (byte)')') && !Bytes.IsWord(argument)) continue;
            int reach = Math.Max(0, close - MaxReach);
            int open = text[reach..close].LastIndexOf(text[close] == ')' ? (byte)'(' : (byte)'[');
            if (open < 0) continue;
            open += reach;
            var named = text[(open + 1)..close].Trim((byte)' ');
            bool isBracket = text[close] == ']';
            if (isBracket && IsLink(text[(i + 1)..])) continue;
            bool isNamed = named is [(byte)'\'' or (byte)'"' or (byte)'`', .., (byte)'\'' or (byte)'"' or (byte)'`'] || named.StartsWith("$"u8) || isBracket && named.Length is 1 or 2 && (isLiteral || open > 0 && text[open - 1] == ']');
            // A call before, as in f("x")("y"), takes the literal as its argument: common in scripts, so only brackets and bare groups count.
            bool isArgument = !isBracket && open > 0 && Bytes.IsWord(text[open - 1]);
            if (isNamed && !isArgument) leaf.Mark(isBracket && leaf.Hits.Has(Rules.XssDomProperty) ? Rules.XssIndirectCall : Rules.CodeIndirectCall, open, Math.Min(text.Length, i + 12) - open);
        }
    }

    /// <summary>True for the address behind a link's label in Markdown: <c>https://…)</c>, <c>docs/page.md)</c>, <c>#part)</c>.</summary>
    private static bool IsLink(ReadOnlySpan<byte> target)
    {
        int end = target[..Math.Min(target.Length, MaxReach)].IndexOf((byte)')');
        if (end <= 0) return target.StartsWith("http"u8);
        target = target[..end];
        return target.IndexOfAny("'\"`;+ "u8) < 0 && (target.Contains((byte)'/') || target[0] == '#');
    }

    /// <summary>Marks <c>while(1)</c>, <c>while(!null)</c>, <c>for(;;)</c>: loops whose condition is a constant.</summary>
    private static void MarkLoops(in LeafView leaf)
    {
        var text = leaf.Text;
        int at = text.IndexOf("while"u8);
        if (at >= 0 && !Bytes.IsWord(Bytes.At(text, at - 1)))
        {
            int open = Bytes.SkipSpace(text, at + 5);
            if (Bytes.At(text, open) == '(' && IsConstant(text[(open + 1)..])) leaf.Mark(Rules.CodeLoop, at, Math.Min(text.Length - at, 24));
        }
        at = text.IndexOf("for(;;)"u8);
        if (at >= 0 && !Bytes.IsWord(Bytes.At(text, at - 1))) leaf.Mark(Rules.CodeLoop, at, 7);
    }

    private static bool IsConstant(ReadOnlySpan<byte> condition)
    {
        condition = condition[..Math.Min(condition.Length, 24)].TrimStart("(!-+~ "u8);
        int close = condition.IndexOf((byte)')');
        if (close <= 0) return false;
        var value = condition[..close];
        return value.IndexOfAnyExcept("0123456789.xe"u8) < 0 && Bytes.IsDigit(value[0]) || value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8) || value.SequenceEqual("null"u8) || value.SequenceEqual("nan"u8)
            || value.SequenceEqual("undefined"u8) || value.IndexOfAnyExcept("'\"`[]{}"u8) < 0;
    }

    /// <summary>Marks a class of a platform's own library where JSON names the type to make of an object: <c>"@type": "java.net.InetAddress"</c>.</summary>
    public static void MarkTypeName(in LeafView leaf)
    {
        if (!leaf.Name.SequenceEqual("@type"u8) && !leaf.Name.SequenceEqual("$type"u8) && !leaf.Name.SequenceEqual("@class"u8)) return;
        var text = leaf.Text;
        if (text.StartsWith("java."u8) || text.StartsWith("javax."u8) || text.StartsWith("com.sun."u8) || text.StartsWith("org.apache."u8) || text.StartsWith("org.springframework."u8) || text.StartsWith("system."u8) && text.Count((byte)'.') > 1)
            leaf.Mark(Rules.CodeDeserialization, 0, text.Length);
    }

    /// <summary>Marks <c>&lt;?</c> before anything but the declarations that XML knows.</summary>
    private static void MarkScriptTags(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int at = text.IndexOf("<?"u8); at >= 0;)
        {
            var rest = text[(at + 2)..];
            bool isXml = rest.StartsWith("xml"u8);
            bool isDeclaration = isXml && (rest.Length > 3 && (Bytes.IsSpace(rest[3]) || rest[3] == '-') && !rest[3..].TrimStart(" \t\r\n"u8).StartsWith(":"u8) || rest.StartsWith("xml:namespace"u8));
            bool isOther = rest.StartsWith("mso"u8) || rest.StartsWith("import"u8) || rest.StartsWith("xpacket"u8) || rest.StartsWith("include"u8);
            if (!isDeclaration && !isOther && rest.Length > 3 && (Bytes.IsSpace(rest[0]) || rest[0] is (byte)'=' or (byte)':' || isXml || rest.StartsWith("php"u8)))
            {
                int close = rest.IndexOf("?>"u8);
                leaf.Mark(IsPage(close < 0 ? rest : rest[..close]) ? Rules.CodeSnippet : Rules.CodeScriptTag, at, Math.Min(text.Length - at, 24));
            }
            int next = rest.IndexOf("<?"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    /// <summary>True for a script that works with variables or declares something, and neither runs, includes, decodes nor writes what it is handed: a page, not a door.</summary>
    private static bool IsPage(ReadOnlySpan<byte> script)
    {
        if (script.Contains((byte)'`')) return false;
        bool works = false;
        for (int i = 0; i < script.Length;)
        {
            if (!Bytes.IsWord(script[i]))
            {
                i++;
                continue;
            }
            int end = Bytes.SkipWord(script, i);
            var word = script[i..end];
            byte before = Bytes.At(script, i - 1);
            if (before == '$' || Declarations.Find(word) != 0 || Bytes.At(script, end) == '(' && Doors.Find(word) == 0 && Outputs.Find(word) == 0) works = true;
            byte door = Doors.Find(word);
            bool isOpen = door == 2 ? TakesVariable(script[end..]) : door == 1 && before != '>' && Bytes.At(script, Bytes.SkipSpace(script, end)) is (byte)'(' or (byte)'\'' or (byte)'"';
            if (isOpen) return false;
            if (door == 2) works = true;
            // A function that a variable names.
            if (before == '$' && Bytes.At(script, end) == '(') return false;
            i = end;
        }
        return works;
    }

    /// <summary>Takes back what the statements of a page were taken for: its semicolons separate no commands.</summary>
    private static void UnmarkPage(RuleHits hits)
    {
        hits.Unmark(Rules.CodePhpGlobal);
        hits.Unmark(Rules.CommandSeparator);
        hits.Unmark(Rules.CommandSeparatorArgument);
        hits.Unmark(Rules.CommandSeparatorWord);
        hits.Unmark(Rules.CommandLineWhole);
    }

    /// <summary>True if a variable, or the address of another host, is what an inclusion is handed.</summary>
    private static bool TakesVariable(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" ('\""u8);
        return rest.StartsWith("$"u8) || rest.StartsWith("http"u8) || rest.StartsWith("php:"u8) || rest.StartsWith("data:"u8) || rest.StartsWith("/"u8) || rest.StartsWith("."u8);
    }

    /// <summary>True if lines that begin with "at" and a place in a file follow the name of an exception.</summary>
    private static bool IsTrace(ReadOnlySpan<byte> text)
    {
        int frame = text.IndexOf("\tat "u8);
        if (frame < 0) frame = text.IndexOf("  at "u8);
        return frame > 0 && text[..frame].IndexOfAny((byte)':', (byte)'\n') > 0 && (text[..frame].IndexOf("exception"u8) >= 0 || text[..frame].IndexOf("error"u8) >= 0) && text[frame..].IndexOf(".java:"u8) > 0;
    }

    /// <summary>Marks a value that is a call and nothing else: what a sentence about the function is not.</summary>
    private static void MarkWhole(in LeafView leaf)
    {
        if (leaf.Part == RequestPart.Path || leaf.IsName) return;
        bool isScript = leaf.Hits.Has(Rules.XssCall), isCode = leaf.Hits.Has(Rules.CodePhpCall);
        if (!isScript && !isCode) return;
        // A quote and a semicolon end the statement before.
        var text = (leaf.Text.StartsWith("';"u8) || leaf.Text.StartsWith("\";"u8) ? leaf.Text.Trim("'\"; /#"u8) : leaf.Text.TrimStart("&|; "u8)).Trim(" \t\r\n;@"u8);
        int open = text.IndexOf((byte)'(');
        if (open < 2 || text[^1] != ')') return;
        var name = text[..open].TrimEnd(" \t\r\n"u8);
        if (name.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_.$\\"u8) >= 0) return;
        var inside = text[(open + 1)..^1].Trim((byte)' ');
        if (!TextShape.IsBalanced(inside) || open > 0 && text[open - 1] == ' ' && inside.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789 "u8) < 0) return;
        if (inside.IsEmpty && !name.SequenceEqual("phpinfo"u8)) return;
        // Words side by side without quotes are an explanation, not arguments.
        bool isProse = inside.Contains((byte)' ') && inside.IndexOfAny("'\"`(+,"u8) < 0;
        if (isProse) return;
        if (isScript && !ProgramShape.IsProgram(leaf.Text)) leaf.Mark(Rules.XssWholeCall, 0, Math.Min(leaf.Text.Length, 60));
        if (isCode) leaf.Mark(Rules.CodeWholeCall, 0, Math.Min(leaf.Text.Length, 60));
    }
}
