namespace Vedette.Engine.Signatures;

/// <summary>Tells a page's own script from one that reads, sends, loads or makes code of text.</summary>
internal static class PageScript
{
    /// <summary>So much of a handler is read, in bytes.</summary>
    public const int MaxHandler = 256;

    private static readonly WordTable Calls = new((1, "alert confirm prompt eval settimeout setinterval document window location top self fetch import function atob print throw string onerror with"));

    /// <summary>What else a handler can do harm with: names of the browser's that read, send, load or make code.</summary>
    private static readonly WordTable Reaching = new((1, "cookie localstorage sessionstorage parent frames opener globalthis navigator open write writeln src href innerhtml outerhtml constructor console xmlhttprequest image url settimeout execscript javascript vbscript name appendchild createelement postmessage sendbeacon print stop find"));

    /// <summary>What a script sends, loads, asks or makes code with (1); what it may read, but not set, index or hand a text (2); what it may name, but not call (3).</summary>
    private static readonly WordTable Sinks = new(
        (1, "alert confirm prompt eval execscript cookie fetch xmlhttprequest sendbeacon websocket eventsource rtcpeerconnection atob btoa unescape fromcharcode import importscripts write writeln innerhtml outerhtml insertadjacenthtml srcdoc "
            + "createcontextualfragment postmessage top parent frames opener globalthis constructor throw javascript vbscript image audio form submit replace assign navigate xss action formaction reflect print html append parsehtml globaleval getscript ajax axios getjson post"),
        (2, "src href location document window self this settimeout setinterval function"),
        (3, "open get"));

    /// <summary>True for a name of the browser's that scripts call or go through.</summary>
    public static bool IsCall(ReadOnlySpan<byte> word) => Calls.Find(word) != 0;

    /// <summary>True for <c>{save}</c>, <c>{() => save(1)}</c>: a component is handed a function; a browser that takes it for script runs nothing.</summary>
    public static bool HandsOverFunction(ReadOnlySpan<byte> value)
    {
        if (!value.StartsWith("{"u8)) return false;
        value = value[1..Math.Min(value.Length, MaxHandler)].TrimStart((byte)' ');
        if (value.StartsWith("async "u8)) value = value["async ".Length..];
        int end = 0;
        if (value.StartsWith("("u8)) end = value.IndexOf((byte)')') + 1;
        else while (end < value.Length && (Bytes.IsWord(value[end]) || value[end] == '.')) end++;
        var rest = value[end..].TrimStart((byte)' ');
        return end > 0 && (rest.StartsWith("=>"u8) || rest.StartsWith("}"u8) && value[0] != '(');
    }

    /// <summary>True for a quoted handler that calls the page's own functions, sets something of its own element or asks before it goes on, <c>"save(this.value, 3)"</c>, <c>"return confirm('Delete?')"</c>.</summary>
    public static bool CallsOwn(ReadOnlySpan<byte> value) => !value.IsEmpty && CallsOwn(value[0], value[1..]);

    /// <summary>The same, of what stands behind the <paramref name="quote"/>.</summary>
    public static bool CallsOwn(byte quote, ReadOnlySpan<byte> value)
    {
        if (quote is not ((byte)'"' or (byte)'\'')) return false;
        int end = value[..Math.Min(value.Length, MaxHandler)].IndexOf(quote);
        if (end <= 0) return false;
        var script = value[..end];
        if (script.StartsWith("return confirm('"u8) && script.Length > 20 && Bytes.IsLetter(script[16])) script = script[16..];
        return script.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_.,();'!?-=/#$ "u8) < 0 && IsOwn(script);
    }

    /// <summary>True if a script uses nothing of the browser's that reads, sends, loads or makes code, and names no other host.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("//"u8) >= 0 || script.IndexOfAny((byte)'\\', (byte)'`') >= 0 || script.IndexOf("&#"u8) >= 0) return false;
        for (int i = 0; i < script.Length;)
        {
            int stop = Bytes.SkipWord(script, i);
            if (stop > i && (IsCall(script[i..stop]) || Reaching.Find(script[i..stop]) != 0) && !IsOwnUse(script, i, stop)) return false;
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
        bool isVariable = rest.StartsWith("window."u8) && !IsCall(script[(end + 1)..Bytes.SkipWord(script, end + 1)]) && Reaching.Find(script[(end + 1)..Bytes.SkipWord(script, end + 1)]) == 0;
        bool isDeclaration = rest.StartsWith("function "u8) || rest.StartsWith("function()"u8) || rest.StartsWith("import {"u8);
        return isOfElement || isPage || isPart || isVariable || isDeclaration;
    }

    /// <summary>True for a program of several lines that moves the parts of its own page: nothing in it sends, loads, opens, writes markup or makes code of text.</summary>
    public static bool MovesOwnParts(ReadOnlySpan<byte> script)
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

    /// <summary>True for a quoted path of the page's own host, <c>="/js/page.js?ver=6"</c>: what is loaded from there is there already.</summary>
    public static bool IsOwnSource(ReadOnlySpan<byte> value)
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
}
