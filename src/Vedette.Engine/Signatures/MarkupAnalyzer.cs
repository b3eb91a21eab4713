using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Reads a leaf as HTML: tags, handlers and breaks out of attributes; what is script without a tag reads <see cref="ScriptAnalyzer"/>.</summary>
internal static class MarkupAnalyzer
{
    private static readonly WordTable ActiveTags = new(
        (1, "script iframe object embed applet svg math base frameset frame isindex marquee bgsound layer ilayer template portal xml xss import animate set "
            + "foreignobject noembed noscript plaintext listing comment keygen"),
        (2, "meta link style form image audio video input button textarea select option body html head title a b i u p br hr div span img table tr td th ul ol li h1 h2 h3 h4 h5 h6 em strong pre code blockquote font center small sup sub details summary dl dt dd label "
            + "section article header footer nav main figure figcaption caption thead tbody tfoot col colgroup abbr cite del ins kbd mark q s strike tt var wbr big"));

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
        ScriptAnalyzer.Analyze(leaf);
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
            bool isOwn = PageScript.CallsOwn(text[(i + length)..]);
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
        return Bytes.At(text, equals) == '=' && !PageScript.HandsOverFunction(text[(equals + 1)..]) ? equals + 1 - at : 0;
    }

    /// <summary>Takes back what the words inside a handler of the page's own were taken for.</summary>
    private static void UnmarkOwn(RuleHits hits)
    {
        var (start, length) = hits.Place(Rules.XssOwnHandler);
        foreach (var rule in (ReadOnlySpan<Rule>)[Rules.XssCall, Rules.XssDomProperty])
            if (hits.Has(rule) && hits.Place(rule).Start is var place && place >= start && place < start + length + PageScript.MaxHandler) hits.Unmark(rule);
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
        if (source >= 0) return script.IsEmpty && PageScript.IsOwnSource(attributes[(source + 3)..]);
        if (attributes.IndexOf("json"u8) > 0 && script.IndexOf((byte)'<') < 0) return true;
        bool isPlain = script.Length >= minLength && script.IndexOfAny((byte)'(', (byte)'=') >= 0 && script.IndexOf("]["u8) < 0 && !leaf.Hits.Has(Rules.XssCall) && !leaf.Hits.Has(Rules.XssDomProperty) && PageScript.IsOwn(script);
        return isPlain || PageScript.MovesOwnParts(script);
    }

    /// <summary>True if the place of the evidence lies in a script element; the caller knows that each of these is the page's own.</summary>
    private static bool IsInScript(ReadOnlySpan<byte> text, int place)
    {
        int open = text[..place].LastIndexOf("<script"u8);
        return open >= 0 && text[open..place].IndexOf("</script"u8) < 0;
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
            bool isFirst = at == 0 && length > 0 && PageScript.IsCall(leaf.Text[length..Bytes.SkipWord(text, length)]) && text[length..].Contains((byte)'(');
            if (length > 0 && (isFirst || Bytes.IsSpace(before) || before is (byte)'/' or (byte)'"' or (byte)'\'' or (byte)';' or (byte)'`' or 0x0C) && IsHandlerValue(text, at + length) && !PageScript.CallsOwn(text[(at + length)..]))
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
        return Bytes.At(text, end) is (byte)'(' or (byte)'`' or (byte)'.' or (byte)'[' || PageScript.IsCall(text[at..end]);
    }
}
