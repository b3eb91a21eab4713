using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Reads a leaf as script outside of any tag: ways out of a string, calls and properties of the browser's, script URIs.</summary>
internal static class ScriptAnalyzer
{
    public static void Analyze(in LeafView leaf)
    {
        if (leaf.Present.Has('=') && leaf.Present.Has('(')) MarkAlias(leaf);
        if (leaf.Present.Has('\'') || leaf.Present.Has('"') || leaf.Present.Has('`')) MarkStringBreak(leaf);
        if (leaf.Present.Has(':')) MarkScriptUri(leaf);
        if (leaf.Hits.Has(Rules.XssCall)) MarkProbe(leaf);
        if (leaf.Present.Has('[') && leaf.Present.Has('(') || leaf.Present.Has('$') && leaf.Present.Has('=')) MarkSymbols(leaf);
        if (leaf.Hits.Has(Rules.XssDomProperty))
        {
            MarkDomUse(leaf);
            MarkExfiltration(leaf);
        }
        if ((leaf.Leaf.Encodings & LeafEncodings.Code) != 0 && (leaf.Hits.Has(Rules.XssCall) || leaf.Hits.Has(Rules.XssDomProperty))) leaf.Mark(Rules.XssJoined, 0, Math.Min(leaf.Text.Length, 64));
    }

    /// <summary>Marks <c>';alert(1)//</c> and <c>"-confirm`1`-"</c>: a quote, an operator, a call.</summary>
    private static void MarkStringBreak(in LeafView leaf)
    {
        var text = leaf.Text;
        bool isPaired = QuoteShape.IsPaired(text, (byte)'\''), isQuotePaired = QuoteShape.IsPaired(text, (byte)'"');
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny((byte)'\'', (byte)'"', (byte)'`');
            if (next < 0) return;
            i += next;
            if (isPaired && text[i] == '\'' || isQuotePaired && text[i] == '"') continue;
            int at = i + 1;
            while (Bytes.At(text, at) is (byte)')' or (byte)'}' or (byte)']' or (byte)' ') at++;
            if (Bytes.At(text, at) is not ((byte)';' or (byte)'-' or (byte)'+' or (byte)'*' or (byte)'/' or (byte)'|' or (byte)'&' or (byte)'^' or (byte)',' or (byte)'>' or (byte)':')) continue;
            while (Bytes.At(text, at) is (byte)';' or (byte)'-' or (byte)'+' or (byte)'*' or (byte)'/' or (byte)'|' or (byte)'&' or (byte)'^' or (byte)',' or (byte)'(' or (byte)'[' or (byte)' ' or (byte)'>' or (byte)':') at++;
            int end = Bytes.SkipWord(text, at);
            bool isCall = PageScript.IsCall(text[at..end]) && Bytes.At(text, Bytes.SkipSpace(text, end)) is (byte)'(' or (byte)'`' or (byte)'.' or (byte)'[' or (byte)'=' or (byte)')' or (byte)']' or (byte)'?';
            if (isCall) leaf.Mark(Rules.XssStringBreak, i, end - i);
            i = Math.Max(i, at - 1);
        }
    }

    /// <summary>Marks the call that testers make: <c>alert(1)</c>, <c>prompt`xss`</c>, <c>confirm(document.domain)</c>.</summary>
    private static void MarkProbe(in LeafView leaf)
    {
        var (start, length) = leaf.Hits.Place(Rules.XssCall);
        var call = leaf.Text.Slice(start, length);
        if (!call.StartsWith("alert"u8) && !call.StartsWith("confirm"u8) && !call.StartsWith("prompt"u8)) return;
        int at = start + length;
        while (Bytes.At(leaf.Text, at) is (byte)'(' or (byte)'`' or (byte)'\'' or (byte)'"' or (byte)'/' or (byte)' ' or (byte)'\\' or (byte)'[') at++;
        int end = Bytes.SkipWord(leaf.Text, at);
        var argument = leaf.Text[at..Math.Min(end, at + 24)];
        bool isProbe = argument.Length is > 0 and <= 6 && argument.IndexOfAnyExcept("0123456789"u8) < 0 || argument.StartsWith("xss"u8) || argument.StartsWith("document"u8)
            || argument.StartsWith("cross"u8) || argument.StartsWith("string"u8) || argument.StartsWith("location"u8) || argument.StartsWith("window"u8);
        if (isProbe) leaf.Mark(Rules.XssProbe, start, at - start);
    }

    /// <summary>Marks <c>a=eval;b=alert;…</c>: a function of the browser behind another name.</summary>
    private static void MarkAlias(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 1; i < text.Length; i++)
        {
            int next = text[i..].IndexOf((byte)'=');
            if (next < 0) return;
            i += next;
            int start = Bytes.SkipSpace(text, i + 1);
            int end = Bytes.SkipWord(text, start);
            var name = text[start..end];
            bool isCall = name.SequenceEqual("eval"u8) || name.SequenceEqual("alert"u8) || name.SequenceEqual("confirm"u8) || name.SequenceEqual("prompt"u8) || name.SequenceEqual("unescape"u8);
            if (isCall && Bytes.At(text, end) is (byte)';' or (byte)',' && text[end..].Contains((byte)'(')) leaf.Mark(Rules.XssAlias, Math.Max(0, i - 8), end - Math.Max(0, i - 8));
        }
    }

    /// <summary>Marks a property of the page that is written to, called or indexed rather than mentioned.</summary>
    private static void MarkDomUse(in LeafView leaf)
    {
        var (start, length) = leaf.Hits.Place(Rules.XssDomProperty);
        int at = start + length;
        if (Bytes.At(leaf.Text, at - 1) is (byte)'[' or (byte)'=')
        {
            leaf.Mark(Rules.XssDomUse, start, length);
            return;
        }
        while (Bytes.IsWord(Bytes.At(leaf.Text, at)) || Bytes.At(leaf.Text, at) == '.') at++;
        int next = Bytes.SkipSpace(leaf.Text, at);
        bool isUsed = Bytes.At(leaf.Text, at) is (byte)'(' or (byte)'[' or (byte)'`' && Bytes.At(leaf.Text, at + 1) != ')' || Bytes.At(leaf.Text, next) == '=' && Bytes.At(leaf.Text, next + 1) is not ((byte)'=' or (byte)'>') || Bytes.At(leaf.Text, at) is (byte)')' or (byte)'+';
        if (isUsed) leaf.Mark(Rules.XssDomUse, start, Math.Min(leaf.Text.Length, at + 1) - start);
    }

    /// <summary>Marks a cookie that is appended to an address.</summary>
    private static void MarkExfiltration(in LeafView leaf)
    {
        var text = leaf.Text;
        int cookie = text.IndexOf("document.cookie"u8);
        if (cookie <= 0) return;
        var before = text[..cookie].TrimEnd(" (\t"u8);
        if (before.EndsWith("escape"u8)) before = before[..^"escape".Length];
        if (before.EndsWith("encodeuricomponent"u8)) before = before[..^"encodeuricomponent".Length];
        if (before.EndsWith("btoa"u8)) before = before[..^"btoa".Length];
        before = before.TrimEnd(" (\t"u8);
        bool isJoined = before is [.., (byte)'+'] && before[..^1].TrimEnd((byte)' ') is [.., (byte)'\'' or (byte)'"' or (byte)'`'] || before.EndsWith("${"u8);
        if (isJoined && before.IndexOf("//"u8) >= 0) leaf.Mark(Rules.XssExfiltration, Math.Max(0, cookie - 24), Math.Min(cookie, 24) + "document.cookie".Length);
    }

    /// <summary>Marks programs that are written with hardly a letter: <c>(![]+[])[+!+[]]</c>, <c>$=~[];$={…</c>.</summary>
    private static void MarkSymbols(in LeafView leaf)
    {
        const int minLength = 12;
        var text = leaf.Text;
        if (text.Length < minLength) return;
        int symbols = 0;
        foreach (byte b in text)
            if (b is (byte)'[' or (byte)']' or (byte)'(' or (byte)')' or (byte)'!' or (byte)'+' or (byte)'{' or (byte)'}' or (byte)'$' or (byte)'_' or (byte)'~' or (byte)'.' or (byte)';' or (byte)'=' or (byte)'"' or (byte)'\'' or (byte)'/' or (byte)'\\') symbols++;
        bool isScript = text.IndexOf("![]"u8) >= 0 || text.IndexOf("+[]"u8) >= 0 || text.IndexOf("!+[]"u8) >= 0 || text.IndexOf("~[]"u8) >= 0 || text.IndexOf("[][["u8) >= 0 || text.IndexOf("$$$"u8) >= 0 && text.Contains((byte)'=');
        if (isScript && symbols * 4 >= text.Length * 3) leaf.Mark(Rules.XssSymbols, 0, Math.Min(text.Length, 64));
    }

    /// <summary>Marks javascript: and vbscript: with the white space browsers ignore inside.</summary>
    private static void MarkScriptUri(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 0; i < text.Length; i++)
        {
            int colon = text[i..].IndexOf((byte)':');
            if (colon < 0) return;
            i += colon;
            int start = ScriptSchemeStart(text, i);
            if (start < 0 || IsIdle(text[(i + 1)..]) || start > 0 && PageScript.CallsOwn(text[start - 1], text[(i + 1)..])) continue;
            leaf.Mark(Rules.XssJavascriptUri, start, i + 1 - start);
            if (IsScript(text[(i + 1)..Math.Min(text.Length, i + 256)])) leaf.Mark(Rules.XssJavascriptUriCode, start, Math.Min(text.Length, i + 30) - start);
        }
    }

    /// <summary>True for the script of a link that is to do nothing: <c>void(0)</c>, <c>;</c>.</summary>
    private static bool IsIdle(ReadOnlySpan<byte> code)
    {
        if (code.StartsWith("void(0)"u8)) code = code["void(0)".Length..];
        else if (code.StartsWith("void 0"u8)) code = code["void 0".Length..];
        else if (!code.StartsWith(";"u8)) return false;
        return code.TrimStart((byte)';') is [] or [(byte)'"' or (byte)'\'' or (byte)'>' or (byte)' ', ..];
    }

    /// <summary>Where "javascript", read backwards over white space and controls from the colon, begins; -1 if it does not stand there.</summary>
    private static int ScriptSchemeStart(ReadOnlySpan<byte> text, int colon)
    {
        var scheme = "script"u8;
        int letter = scheme.Length - 1;
        int at = colon - 1;
        for (; at >= 0 && letter >= 0 && colon - at < 64; at--)
        {
            if (text[at] == scheme[letter]) letter--;
            else if (text[at] > 0x20) return -1;
        }
        if (letter >= 0) return -1;
        var before = text[..(at + 1)].TrimEnd("\0\t\r\n "u8);
        if (before.EndsWith("va"u8) || before.EndsWith("a"u8) || before.EndsWith("vb"u8) || before.EndsWith("b"u8) || before.EndsWith("live"u8) || before.EndsWith("j"u8))
            return Math.Max(0, before.Length - (before.EndsWith("b"u8) ? 2 : 4));
        return -1;
    }

    private static bool IsScript(ReadOnlySpan<byte> code) => !code.StartsWith("void(0)"u8) && !code.StartsWith("void 0"u8) && !code.StartsWith("history."u8) &&
        (code.IndexOfAny("(`\\"u8) >= 0 || code.StartsWith("//"u8) || code.IndexOf("location"u8) >= 0 || code.IndexOf("document"u8) >= 0 || code.IndexOf("%28"u8) >= 0);
}
