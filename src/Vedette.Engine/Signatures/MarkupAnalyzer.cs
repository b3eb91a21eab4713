using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Reads a leaf as HTML: tags, handlers, script URIs, and breaks out of attributes and script strings.</summary>
internal static class MarkupAnalyzer
{
    private static readonly WordTable ActiveTags = new(
        (1, "script iframe object embed applet svg math base frameset frame isindex marquee bgsound layer ilayer template portal xml xss import animate set "
            + "foreignobject noembed noscript plaintext listing comment keygen"),
        (2, "meta link style form image audio video input button textarea select option body html head title a b i u p br hr div span img table tr td th ul ol li h1 h2 h3 h4 h5 h6 em strong pre code blockquote font center small sup sub details summary dl dt dd label "
            + "section article header footer nav main figure figcaption caption thead tbody tfoot col colgroup abbr cite del ins kbd mark q s strike tt var wbr big"));

    private static readonly WordTable ScriptCalls = new((1, "alert confirm prompt eval settimeout setinterval document window location top self fetch import function atob print throw string onerror with"));

    /// <summary>What else a handler can do harm with: names of the browser's that read, send, load or make code.</summary>
    private static readonly WordTable Reaching = new((1, "cookie localstorage sessionstorage parent frames opener globalthis navigator open write writeln src href innerhtml outerhtml constructor console xmlhttprequest image url settimeout execscript javascript vbscript name appendchild createelement postmessage sendbeacon print stop find"));

    /// <summary>What a script sends, loads, asks or makes code with (1); what it may read, but not set, index or hand a text (2); what it may name, but not call (3).</summary>
    private static readonly WordTable Sinks = new(
        (1, "alert confirm prompt eval execscript cookie fetch xmlhttprequest sendbeacon websocket eventsource rtcpeerconnection atob btoa unescape fromcharcode import importscripts write writeln innerhtml outerhtml insertadjacenthtml srcdoc "
            + "createcontextualfragment postmessage top parent frames opener globalthis constructor throw javascript vbscript image audio form submit replace assign navigate xss action formaction reflect print html append parsehtml globaleval getscript ajax axios getjson post"),
        (2, "src href location document window self this settimeout setinterval function"),
        (3, "open get"));

    /// <summary>A longer text with an end tag of a script is a piece of a page.</summary>
    private const int MaxFragment = 64;

    private const int MaxHandlerName = 32;
    private const int MaxAttributes = 256;

    public static void Analyze(in LeafView leaf)
    {
        if (leaf.Present.Has('<')) MarkTags(leaf);
        if (leaf.Hits.Has(Rules.XssAttribute) && StaysOnSite(leaf)) leaf.Hits.Unmark(Rules.XssAttribute);
        if (leaf.Hits.Has(Rules.XssDataUri) && (IsStyleImage(leaf) || IsStillImage(leaf))) leaf.Hits.Unmark(Rules.XssDataUri);
        if (leaf.Present.Has('=')) MarkBrokenAttribute(leaf);
        if (leaf.Hits.Has(Rules.XssOwnHandler) && !leaf.Hits.Has(Rules.XssEventHandler) && !leaf.Hits.Has(Rules.XssEventBreak)) UnmarkOwn(leaf.Hits);
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
        if (leaf.Hits.Has(Rules.XssTag) && leaf.Hits.Has(Rules.XssCall)) leaf.Mark(Rules.XssTagCall, 0, Math.Min(leaf.Text.Length, 64));
    }

    private static void MarkTags(in LeafView leaf)
    {
        var text = leaf.Text;
        int tags = 0;
        int lastCode = text.LastIndexOfAny((byte)'(', (byte)'=');
        for (int open = text.IndexOf((byte)'<'); open >= 0 && open < text.Length;)
        {
            int length = MarkTag(leaf, open, lastCode, ref tags);
            int next = text[(open + length)..].IndexOf((byte)'<');
            open = next < 0 ? -1 : open + length + next;
        }
        if (!leaf.Hits.Has(Rules.XssScriptTag))
        {
            foreach (var rule in (ReadOnlySpan<Rule>)[Rules.XssCall, Rules.XssDomProperty])
                if (leaf.Hits.Has(rule) && IsInScript(text, leaf.Hits.Place(rule).Start)) leaf.Hits.Unmark(rule);
        }
        if (tags >= 6 && !leaf.Hits.Has(Rules.XssScriptTag) && !leaf.Hits.Has(Rules.XssEventHandler)) leaf.Mark(Rules.ContextRichMarkup, 0, 1);
    }

    /// <summary>Marks one tag and returns how many bytes were read.</summary>
    private static int MarkTag(in LeafView leaf, int open, int lastCode, ref int tags)
    {
        var text = leaf.Text;
        int at = open + 1;
        bool isClosing = Bytes.At(text, at) == '/';
        if (isClosing) at++;
        int name = at;
        while (Bytes.At(text, at) is (byte)'"' or (byte)'<' or (byte)'\\' or 0 or 0x0B && at - name < 4 && at < text.Length) at++;
        bool isOdd = at > name;
        int nameEnd = Bytes.SkipWord(text, at);
        var tag = text[at..nameEnd];
        if (tag.IsEmpty || !Bytes.IsLetter(tag[0])) return 1;
        byte kind = ActiveTags.Find(tag);
        byte after = Bytes.At(text, nameEnd);
        bool isTag = after is (byte)'>' or (byte)'/' or 0x0C || Bytes.IsSpace(after) || nameEnd == text.Length;
        // What follows the name in a pattern that looks for the tag is no tag.
        if (tag.SequenceEqual("script"u8) && after is not ((byte)'[' or (byte)'(' or (byte)'|' or (byte)'*' or (byte)'.') && (lastCode > nameEnd || !IsMention(leaf, open)))
            leaf.Mark(isClosing && after == '>' && (text.Length > MaxFragment || text[..open].IndexOf("<script"u8) >= 0) || !isClosing && IsHarmless(leaf, nameEnd) ? Rules.XssActiveTag : Rules.XssScriptTag, open, nameEnd - open);
        if (!isTag) return 1;
        tags++;
        if (isOdd || after == '/' && Bytes.At(text, nameEnd + 1) is not ((byte)'>' or 0)) leaf.Mark(Rules.XssMalformedTag, open, nameEnd - open);
        if (kind == 1 && !isClosing) leaf.Mark(Rules.XssActiveTag, open, nameEnd - open);
        if (kind != 0 || isClosing) leaf.Mark(Rules.XssTag, open, nameEnd - open);
        if (IsBroken(text, open)) leaf.Mark(Rules.XssTagBreak, Math.Max(0, open - 2), nameEnd - Math.Max(0, open - 2));
        if ((leaf.Leaf.Encodings & (LeafEncodings.Entity | LeafEncodings.Escape)) != 0) leaf.Mark(Rules.XssEncodedTag, open, nameEnd - open);
        return nameEnd - open + MarkHandlers(leaf, open, nameEnd, kind);
    }

    /// <summary>True for a page's own header in a tag that neither sets a cookie nor leads to another host or a script: its type, or the way to where it has moved.</summary>
    private static bool StaysOnSite(in LeafView leaf)
    {
        var (start, length) = leaf.Hits.Place(Rules.XssAttribute);
        var text = leaf.Text[start..];
        if (!text[..length].SequenceEqual("http-equiv"u8)) return false;
        int end = text.IndexOf((byte)'>');
        if (end >= 0) text = text[..end];
        int content = text.IndexOf("content="u8);
        if (content < 0 || text.IndexOf("cookie"u8) >= 0 || text.IndexOf("link"u8) >= 0) return false;
        text = text[content..];
        return text.IndexOf("//"u8) < 0 && text.IndexOf("script"u8) < 0 && text.IndexOf("data:"u8) < 0 && text.IndexOf("&#"u8) < 0;
    }

    /// <summary>True for a picture inside a style sheet, <c>url('data:image/…')</c>: no script runs in it.</summary>
    private static bool IsStyleImage(in LeafView leaf)
    {
        int start = leaf.Hits.Place(Rules.XssDataUri).Start;
        return leaf.Text[start..].StartsWith("data:image/"u8) && leaf.Text[..start].TrimEnd("'\" "u8).EndsWith("url("u8) && !leaf.Hits.Has(Rules.XssScriptTag) && !leaf.Hits.Has(Rules.XssEventHandler);
    }

    /// <summary>True for a drawing given as the text of its tags, among which none runs, embeds or refers to anything.</summary>
    private static bool IsStillImage(in LeafView leaf)
    {
        int start = leaf.Hits.Place(Rules.XssDataUri).Start;
        var drawing = leaf.Text[start..];
        int svg = drawing.IndexOf("<svg"u8);
        return svg > 0 && drawing.StartsWith("data:image/svg+xml"u8) && drawing.IndexOf("base64"u8) is < 0 or > 64 && drawing[svg..].IndexOf("href"u8) < 0 && drawing[svg..].IndexOf("script"u8) < 0 && drawing[svg..].IndexOf("<foreignobject"u8) < 0
            && drawing[svg..].IndexOf("<animate"u8) < 0 && drawing[svg..].IndexOf("<set"u8) < 0 && !leaf.Hits.Has(Rules.XssEventHandler) && !leaf.Hits.Has(Rules.XssEventBreak);
    }

    /// <summary>True if words stand before the tag, in a text that calls nothing: somebody writes about it. The caller knows that neither a call nor an attribute follows.</summary>
    private static bool IsMention(in LeafView leaf, int open)
    {
        var before = leaf.Text[..open].TrimEnd(" `\"'(*"u8);
        return before.Length > 1 && (Bytes.IsLetter(before[^1]) || before[^1] is (byte)',' or (byte)'.' or (byte)':' or >= 0x80) && before.Length < open && !leaf.Hits.Has(Rules.XssCall);
    }

    /// <summary>True if a quote or bracket that ends an attribute stands before the tag.</summary>
    private static bool IsBroken(ReadOnlySpan<byte> text, int open)
    {
        int before = open - 1;
        while (before >= 0 && Bytes.IsSpace(text[before])) before--;
        // A quote that is closed again encloses a plain tag.
        if (Bytes.At(text, before) is (byte)'"' or (byte)'\'' && before < 3) return (text.Count(text[before]) & 1) != 0 || Bytes.At(text, Bytes.SkipWord(text, open + 1)) != '>';
        return Bytes.At(text, before) == '>' && Bytes.At(text, before - 1) is (byte)'"' or (byte)'\'' && text[..Math.Max(0, before)].IndexOf((byte)'<') < 0;
    }

    /// <summary>Marks event handlers between the tag's name and its end; returns the bytes read.</summary>
    private static int MarkHandlers(in LeafView leaf, int open, int from, byte kind)
    {
        var text = leaf.Text;
        // Not the next '>': it may stand inside a quoted attribute.
        int next = text[from..].IndexOf((byte)'<');
        int end = next < 0 ? text.Length : from + next;
        if (kind == 1) MarkRemoteContent(leaf, open, text[from..Math.Min(end, from + MaxAttributes)]);
        for (int i = from; i < end; i++)
        {
            int length = HandlerLength(text, i, end);
            if (length == 0) continue;
            bool isOwn = CallsOwn(text[(i + length)..]);
            leaf.Mark(isOwn ? Rules.XssOwnHandler : Rules.XssEventHandler, open, i + length - open);
            if (!isOwn) break;
        }
        return end - from;
    }

    /// <summary>Marks a source or link to another host in an active tag.</summary>
    private static void MarkRemoteContent(in LeafView leaf, int open, ReadOnlySpan<byte> attributes)
    {
        bool isRemote = attributes.IndexOf("src"u8) >= 0 || attributes.IndexOf("data"u8) >= 0 || attributes.IndexOf("href"u8) >= 0 || attributes.IndexOf("url="u8) >= 0;
        // Players and maps are what people do embed.
        bool isEmbed = attributes.IndexOf("/embed"u8) >= 0 || attributes.IndexOf("//player."u8) >= 0 || attributes.IndexOf("//maps."u8) >= 0;
        if (isRemote && !isEmbed && (attributes.IndexOf("//"u8) >= 0 || attributes.IndexOf("http"u8) >= 0)) leaf.Mark(Rules.XssRemoteContent, open, Math.Min(attributes.Length, 80));
    }

    /// <summary>Length of <c>onxxx=</c> at <paramref name="at"/> if it begins there, else 0.</summary>
    private static int HandlerLength(ReadOnlySpan<byte> text, int at, int end)
    {
        if (text[at] != 'o' || Bytes.At(text, at + 1) != 'n' || Bytes.IsWord(Bytes.At(text, at - 1))) return 0;
        int name = at + 2;
        int limit = Math.Min(end, at + MaxHandlerName);
        while (name < limit && Bytes.IsLetter(text[name])) name++;
        if (name - at < 5 || name == at + MaxHandlerName) return 0;
        int equals = name;
        while (equals < end && (Bytes.IsSpace(text[equals]) || text[equals] < 0x20)) equals++;
        return Bytes.At(text, equals) == '=' && !HandsOverFunction(text[(equals + 1)..]) ? equals + 1 - at : 0;
    }

    /// <summary>True for <c>{save}</c>, <c>{() => save(1)}</c>: a component is handed a function; a browser that takes it for script runs nothing.</summary>
    private static bool HandsOverFunction(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith("{"u8)) return false;
        value = value[1..Math.Min(value.Length, MaxAttributes)].TrimStart((byte)' ');
        if (value.StartsWith("async "u8)) value = value["async ".Length..];
        int end = 0;
        if (value.StartsWith("("u8)) end = value.IndexOf((byte)')') + 1;
        else while (end < value.Length && (Bytes.IsWord(value[end]) || value[end] == '.')) end++;
        var rest = value[end..].TrimStart((byte)' ');
        return end > 0 && (rest.StartsWith("=>"u8) || rest.StartsWith("}"u8) && value[0] != '(');
    }

    /// <summary>True for a quoted handler that calls the page's own functions, sets something of its own element or asks before it goes on, <c>"save(this.value, 3)"</c>, <c>"return confirm('Delete?')"</c>.</summary>
    private static bool CallsOwn(ReadOnlySpan<byte> value)
    {
        return !value.IsEmpty && CallsOwn(value[0], value[1..]);
    }

    /// <summary>Takes back what the words inside a handler of the page's own were taken for.</summary>
    private static void UnmarkOwn(RuleHits hits)
    {
        var (start, length) = hits.Place(Rules.XssOwnHandler);
        foreach (var rule in (ReadOnlySpan<Rule>)[Rules.XssCall, Rules.XssDomProperty])
            if (hits.Has(rule) && hits.Place(rule).Start is var place && place >= start && place < start + length + MaxAttributes) hits.Unmark(rule);
    }

    private static bool CallsOwn(byte quote, ReadOnlySpan<byte> value)
    {
        if (quote is not ((byte)'"' or (byte)'\'')) return false;
        int end = value[..Math.Min(value.Length, MaxAttributes)].IndexOf(quote);
        if (end <= 0) return false;
        var script = value[..end];
        if (script.StartsWith("return confirm('"u8) && script.Length > 20 && Bytes.IsLetter(script[16])) script = script[16..];
        return script.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_.,();'!?-=/#$ "u8) < 0 && IsOwnScript(script);
    }

    /// <summary>True if a script uses nothing of the browser's that reads, sends, loads or makes code, and names no other host.</summary>
    private static bool IsOwnScript(ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("//"u8) >= 0 || script.IndexOfAny((byte)'\\', (byte)'`') >= 0 || script.IndexOf("&#"u8) >= 0) return false;
        for (int i = 0; i < script.Length;)
        {
            int stop = Bytes.SkipWord(script, i);
            if (stop > i && (ScriptCalls.Find(script[i..stop]) != 0 || Reaching.Find(script[i..stop]) != 0) && !IsOwnUse(script, i, stop)) return false;
            i = Math.Max(stop, i + 1);
        }
        return true;
    }

    /// <summary>True for a part of the page, an attribute of the element itself, a page of the same site, a variable of the window and the declaration of a function or an import.</summary>
    private static bool IsOwnUse(ReadOnlySpan<byte> script, int start, int end)
    {
        var rest = script[start..];
        bool isOfElement = script[..start].EndsWith("this."u8) && Bytes.At(script, end) == '=';
        bool isPage = rest.StartsWith("location.href='/"u8) || rest.StartsWith("href='/"u8) && script[..start].EndsWith("location."u8);
        bool isPart = rest.StartsWith("document.getelementbyid("u8) || rest.StartsWith("document.queryselector("u8);
        bool isVariable = rest.StartsWith("window."u8) && ScriptCalls.Find(script[(end + 1)..Bytes.SkipWord(script, end + 1)]) == 0 && Reaching.Find(script[(end + 1)..Bytes.SkipWord(script, end + 1)]) == 0;
        bool isDeclaration = rest.StartsWith("function "u8) || rest.StartsWith("function()"u8) || rest.StartsWith("import {"u8);
        return isOfElement || isPage || isPart || isVariable || isDeclaration;
    }

    /// <summary>True for a script element that holds data, or a script of more than a call that uses nothing of the browser's.</summary>
    private static bool IsHarmless(in LeafView leaf, int nameEnd)
    {
        const int minLength = 24, reach = 4096;
        var rest = leaf.Text[nameEnd..Math.Min(leaf.Text.Length, nameEnd + reach)];
        int tagEnd = rest.IndexOf((byte)'>');
        if (tagEnd < 0) return false;
        var attributes = rest[..tagEnd];
        // A word that is never closed calls nothing.
        if (attributes.IsEmpty && rest.Length > 1 && Bytes.SkipWord(rest, 1) == rest.Length) return true;
        int close = rest.IndexOf("</script"u8);
        if (close < tagEnd || HasHandler(attributes)) return false;
        var script = rest[(tagEnd + 1)..close];
        int source = attributes.IndexOf("src"u8);
        if (source >= 0) return script.IsEmpty && IsOwnSource(attributes[(source + 3)..]);
        if (attributes.IndexOf("json"u8) > 0 && script.IndexOf((byte)'<') < 0) return true;
        bool isPlain = script.Length >= minLength && script.IndexOfAny((byte)'(', (byte)'=') >= 0 && script.IndexOf("]["u8) < 0 && !leaf.Hits.Has(Rules.XssCall) && !leaf.Hits.Has(Rules.XssDomProperty) && IsOwnScript(script);
        return isPlain || IsPageScript(script);
    }

    /// <summary>True for a program of several lines that moves the parts of its own page: nothing in it sends, loads, opens, writes markup or makes code of text.</summary>
    private static bool IsPageScript(ReadOnlySpan<byte> script)
    {
        const int minLines = 3;
        if (script.Count((byte)'\n') < minLines || !ProgramShape.IsProgram(script) || script.IndexOfAny((byte)'\\', (byte)'`') >= 0) return false;
        if (script.IndexOf("://"u8) >= 0 || script.IndexOf("'//"u8) >= 0 || script.IndexOf("\"//"u8) >= 0 || script.IndexOf("&#"u8) >= 0 || script.IndexOf("]["u8) >= 0) return false;
        for (int i = 0; i < script.Length;)
        {
            int stop = Bytes.SkipWord(script, i);
            if (stop > i && Sinks.Find(script[i..stop]) is var kind and not 0 && (kind == 1 || kind == 3 && Bytes.At(script, stop) == '(' || kind == 2 && IsSunkInto(script, stop))) return false;
            i = Math.Max(stop, i + 1);
        }
        return true;
    }

    /// <summary>True if a name that a page may read is assigned to, indexed, handed a text or asked to go elsewhere.</summary>
    private static bool IsSunkInto(ReadOnlySpan<byte> script, int end)
    {
        int next = Bytes.SkipSpace(script, end);
        byte first = Bytes.At(script, next), second = Bytes.At(script, next + 1);
        return first == '[' || first == '=' && second != '=' || first == '(' && second is (byte)'\'' or (byte)'"' || first == '+' && second == '=';
    }

    /// <summary>True if the place of the evidence lies in a script element; the caller knows that each of these is the page's own.</summary>
    private static bool IsInScript(ReadOnlySpan<byte> text, int place)
    {
        int open = text[..place].LastIndexOf("<script"u8);
        return open >= 0 && text[open..place].IndexOf("</script"u8) < 0;
    }

    /// <summary>True for a quoted path of the page's own host, <c>="/js/page.js?ver=6"</c>: what is loaded from there is there already.</summary>
    private static bool IsOwnSource(ReadOnlySpan<byte> value)
    {
        if (value.Length < 4 || value[0] != '=' || value[1] is not ((byte)'"' or (byte)'\'')) return false;
        int end = value[2..].IndexOf(value[1]);
        if (end <= 0) return false;
        var path = value.Slice(2, end);
        int version = path.IndexOf((byte)'?');
        if (version >= 0 && path[version..].IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_-.?=&"u8) >= 0) return false;
        if (version >= 0) path = path[..version];
        return (path.EndsWith(".js"u8) || path.EndsWith(".mjs"u8)) && path.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_-./@"u8) < 0 && path.IndexOf("//"u8) < 0;
    }

    private static bool HasHandler(ReadOnlySpan<byte> attributes)
    {
        for (int i = 0; i < attributes.Length; i++)
            if (HandlerLength(attributes, i, attributes.Length) > 0) return true;
        return false;
    }

    /// <summary>Marks <c>" onfocus=alert(1)</c>: a handler without a tag.</summary>
    private static void MarkBrokenAttribute(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int at = text.IndexOf("on"u8); at >= 0;)
        {
            int length = HandlerLength(text, at, text.Length);
            byte before = Bytes.At(text, at - 1);
            // A value that begins with a handler continues the attributes of a tag.
            bool isFirst = at == 0 && length > 0 && ScriptCalls.Find(leaf.Text[length..Bytes.SkipWord(text, length)]) != 0 && text[length..].Contains((byte)'(');
            if (length > 0 && (isFirst || Bytes.IsSpace(before) || before is (byte)'/' or (byte)'"' or (byte)'\'' or (byte)';' or (byte)'`' or 0x0C) && IsHandlerValue(text, at + length) && !CallsOwn(text[(at + length)..]))
                leaf.Mark(Rules.XssEventBreak, Math.Max(0, at - 2), length + 2);
            int next = text[(at + 2)..].IndexOf("on"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    /// <summary>True if what follows could be script: a call, a quote, a name of the page's objects.</summary>
    private static bool IsHandlerValue(ReadOnlySpan<byte> text, int at)
    {
        at = Bytes.SkipSpace(text, at);
        if (at >= text.Length) return true;
        if (text[at] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'(' or (byte)'[' or (byte)'&' or (byte)'\\' or (byte)'%' or (byte)'{') return true;
        int end = Bytes.SkipWord(text, at);
        return Bytes.At(text, end) is (byte)'(' or (byte)'`' or (byte)'.' or (byte)'[' || ScriptCalls.Find(text[at..end]) != 0;
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
            bool isCall = ScriptCalls.Find(text[at..end]) != 0 && Bytes.At(text, Bytes.SkipSpace(text, end)) is (byte)'(' or (byte)'`' or (byte)'.' or (byte)'[' or (byte)'=' or (byte)')' or (byte)']' or (byte)'?';
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
            if (start < 0 || IsIdle(text[(i + 1)..]) || start > 0 && CallsOwn(text[start - 1], text[(i + 1)..])) continue;
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
