using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Looks at URLs in values: hosts a server should not be sent to, hosts written to hide, remote scripts, malformed redirects.</summary>
internal static class UrlAnalyzer
{
    private static readonly WordTable IncludeNames = new(
        (1, "file page include path template dir document root config inc load lang language module mod content abs_path basepath base_path root_path include_path phpbb_root_path "
            + "mosconfig_absolute_path absolute_path dir_path folder site theme skin style view layout pg conf display filename main class_path lib libpath"));

    private static readonly WordTable TargetNames = new(
        (1, "url uri link src source dest destination redirect redirect_url redirect_uri return return_url returnurl next continue callback webhook image image_url img feed host "
            + "proxy fetch load target site domain out to u endpoint server remote import avatar avatar_url preview open file path page download"));

    /// <summary>Names of parameters that say where the browser is sent next, and nothing else.</summary>
    private static readonly WordTable RedirectNames = new(
        (1, "next redirect redirect_url redirect_uri redirecturl redirecturi redirect_to redirectto redir return return_url return_uri return_to return_path returnurl returnuri returnto returnpath continue goto dest destination forward "
            + "checkout_url success_url rurl callback callback_url go out back back_url backurl service relaystate logout_url target_url"));

    /// <summary>Ports of services that stand inside, and beginnings of paths that only an operator asks for.</summary>
    private static readonly WordTable InnerPorts = new((1, "21 22 23 25 110 135 139 389 445 2049 2375 2376 2379 3306 4369 5432 5672 5984 6379 6443 7001 8086 8500 9000 9042 9200 9300 10250 10255 11211 15672 27017 28017 50070"));

    private static readonly WordTable InnerPaths = new((1, "admin administrator server-status server-info actuator manager containers _cat _cluster _nodes console jmx-console env solr phpmyadmin nginx_status"));

    private static readonly WordTable CommonDomains = new((1, "com org net edu gov io dev app co info biz example tld"));

    public static void Analyze(in LeafView leaf)
    {
        if (leaf.Part is RequestPart.UserAgent or RequestPart.Path || leaf.IsName) return;
        var text = leaf.Text;
        int start = Bytes.SkipSpace(text, 0);
        MarkOddStart(leaf, text[start..], start);
        int scheme = text.IndexOf("://"u8);
        if (scheme <= 0) return;
        bool isWeb = text[..scheme].EndsWith("http"u8) || text[..scheme].EndsWith("https"u8) || text[..scheme].EndsWith("ftp"u8);
        if (leaf.Part == RequestPart.Referer) return;
        int hostStart = scheme + 3;
        int hostEnd = text[hostStart..].IndexOfAny("/?#\\ '\"<>"u8);
        hostEnd = hostEnd < 0 ? text.Length : hostStart + hostEnd;
        if (!isWeb)
        {
            if (scheme <= 10 && hostEnd > hostStart && IsDisguised(text[hostStart..hostEnd])) leaf.Mark(Rules.SsrfNumericHost, hostStart, hostEnd - hostStart);
            return;
        }
        bool isWhole = scheme <= 5;
        // Browsers take a backslash for a slash, other readers for a part of the host.
        if (isWhole && hostEnd < text.Length && text[hostEnd] is (byte)'\\' or (byte)'>' && text[hostEnd..].Contains((byte)'@')) leaf.Mark(Rules.SsrfOddUrl, start, Math.Min(text.Length, 60));
        // What stands behind the sign is a host to some readers and a place in the page to others.
        if (isWhole && hostEnd + 1 < text.Length && text[hostEnd] == '#' && text[hostEnd + 1] is (byte)'@' or (byte)'.' || text[hostStart..hostEnd].Contains((byte)0)) leaf.Mark(Rules.SsrfOddUrl, start, Math.Min(text.Length, 60));
        MarkHost(leaf, text[hostStart..hostEnd], hostStart, isWhole);
        if (isWhole) MarkScript(leaf, hostEnd);
    }

    /// <summary>Marks redirect targets that browsers take for absolute and checks take for relative.</summary>
    private static void MarkOddStart(in LeafView leaf, ReadOnlySpan<byte> text, int start)
    {
        if (text.Length < 6) return;
        bool isSlashed = text.StartsWith("///"u8) && !Bytes.IsSpace(text[3])|| text.StartsWith("/\\"u8) || text.StartsWith("\\/"u8) || text.StartsWith("/\t/"u8) || text.StartsWith("\\\\/"u8);
        bool isScheme = text.StartsWith("http:"u8) || text.StartsWith("https:"u8);
        var rest = isScheme ? text[(text.IndexOf((byte)':') + 1)..] : default;
        bool isOddScheme = isScheme && rest.Length > 3 && (!rest.StartsWith("//"u8) || rest.StartsWith("///"u8) || rest.StartsWith("//\\"u8)) && rest.IndexOf((byte)' ') < 0 && (Bytes.IsWord(rest[0]) || rest[0] is (byte)'/' or (byte)'\\');
        bool isNested = text[0] == '/' && (text[1..].TrimStart((byte)'/').StartsWith("http:"u8) || text[1..].TrimStart((byte)'/').StartsWith("https:"u8)) && text.IndexOf(":/"u8) is > 0 and < 10;
        if ((isNested || isSlashed && text.IndexOf((byte)'.') > 0 && !text.StartsWith("///.."u8)) || isOddScheme) leaf.Mark(Rules.SsrfOddUrl, start, Math.Min(text.Length, 60));
        bool isForeign = text.StartsWith("//"u8) && text[2] != '/' || text.StartsWith("\\\\"u8) && text.Contains((byte)'.') && !text[2..].Contains((byte)'\\');
        if (text.StartsWith("\\\\"u8) && (text.EndsWith(".php"u8) || text.EndsWith(".phtml"u8) || text.EndsWith(".asp"u8) || text.EndsWith(".aspx"u8) || text.EndsWith(".jsp"u8))) leaf.Mark(Rules.IncludeRemoteScript, start, Math.Min(text.Length, 60));
        if (isForeign && RedirectNames.Find(leaf.Name) != 0) leaf.Mark(Rules.SsrfRedirect, start, Math.Min(text.Length, 60));
        else if (text.StartsWith("//"u8) && text.IndexOf((byte)'@') is > 2 and var sign && NamesHost(text[2..sign])) leaf.Mark(Rules.SsrfRedirect, start, Math.Min(text.Length, 60));
        else if (text.StartsWith("//"u8) && TargetNames.Find(leaf.Name) != 0) leaf.Mark(Rules.SsrfUserInfo, start, Math.Min(text.Length, 60));
    }

    private static void MarkHost(in LeafView leaf, ReadOnlySpan<byte> authority, int start, bool isWhole)
    {
        int at = authority.LastIndexOf((byte)'@');
        var host = authority[(at + 1)..];
        if (at > 0 && isWhole) leaf.Mark(Rules.SsrfUserInfo, start, authority.Length);
        if (at > 0 && isWhole && NamesHost(authority[..at])) leaf.Mark(Rules.SsrfRedirect, start, authority.Length);
        int colon = host.StartsWith("["u8) ? host.IndexOf((byte)']') + 1 : host.IndexOf((byte)':');
        var port = colon > 0 && colon + 1 < host.Length ? host[(colon + 1)..] : default;
        if (colon > 0) host = host[..colon];
        if (host.IsEmpty) return;
        if (TargetNames.Find(leaf.Name) != 0) leaf.Mark(Rules.SsrfParameter, start, authority.Length);
        if (!isWhole) return;
        if (host[0] == '[' && !IsLoopback(host)) leaf.Mark(Rules.SsrfPrivate, start, authority.Length);
        if (IsDisguised(host)) leaf.Mark(Rules.SsrfNumericHost, start, authority.Length);
        else if (IsOddLoopback(host)) leaf.Mark(Rules.SsrfNumericHost, start, authority.Length);
        else if (IsLoopback(host))
        {
            leaf.Mark(Rules.SsrfLoopback, start, authority.Length);
            if (at > 0) leaf.Mark(Rules.SsrfOddUrl, start, authority.Length);
        }
        else if (IsPrivate(host)) leaf.Mark(Rules.SsrfPrivate, start, authority.Length);
        if (leaf.Hits.Has(Rules.SsrfLoopback) || leaf.Hits.Has(Rules.SsrfPrivate)) MarkService(leaf, port, start + authority.Length);
        else if (!leaf.Hits.Has(Rules.SsrfNumericHost) && host.IndexOfAnyExcept("0123456789."u8) < 0) leaf.Mark(Rules.IncludeAddress, start, authority.Length);
    }

    /// <summary>True for a host in the place of a user's name: whoever reads only the beginning takes it for the one that is called.</summary>
    private static bool NamesHost(ReadOnlySpan<byte> user)
    {
        int dot = user.LastIndexOf((byte)'.');
        if (dot <= 0 || user.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789.-"u8) >= 0) return false;
        return user.StartsWith("www."u8) || user.Count((byte)'.') > 1 || CommonDomains.Find(user[(dot + 1)..]) != 0;
    }

    /// <summary>Marks an inner address together with a service's port or an operator's path.</summary>
    private static void MarkService(in LeafView leaf, ReadOnlySpan<byte> port, int hostEnd)
    {
        var path = leaf.Text[hostEnd..];
        int end = path.Length > 1 ? path[1..].IndexOfAny("/?#"u8) : -1;
        var first = path.Length > 1 ? path[1..(end < 0 ? path.Length : end + 1)] : default;
        if (InnerPorts.Find(port) != 0 || InnerPaths.Find(first) != 0) leaf.Mark(Rules.SsrfService, 0, Math.Min(leaf.Text.Length, 60));
    }

    /// <summary>True for ways to write the own machine that nobody has a use for but to get past a check.</summary>
    private static bool IsOddLoopback(ReadOnlySpan<byte> host) => host.SequenceEqual("0"u8) || host.SequenceEqual("0.0.0.0"u8) || host.StartsWith("[0:0:0:0"u8) || host.SequenceEqual("[::]"u8) || host.SequenceEqual("127"u8)
        || host.StartsWith("127."u8) && !host.StartsWith("127.0."u8) || host.EndsWith("."u8) && host.StartsWith("127."u8);

    private static bool IsLoopback(ReadOnlySpan<byte> host) =>
        host.SequenceEqual("localhost"u8) || host.StartsWith("127."u8) || host.SequenceEqual("0.0.0.0"u8) || host.SequenceEqual("[::1]"u8) || host.SequenceEqual("[::]"u8)
        || host.StartsWith("[::ffff:127"u8) || host.StartsWith("[::ffff:7f"u8) || host.StartsWith("[0:0:0:0"u8) || host.SequenceEqual("127"u8) || host.EndsWith(".localhost"u8);

    private static bool IsPrivate(ReadOnlySpan<byte> host)
    {
        if (host.StartsWith("10."u8) || host.StartsWith("192.168."u8) || host.StartsWith("169.254."u8)) return host.IndexOfAnyExcept("0123456789."u8) < 0;
        if (host.EndsWith(".internal"u8) || host.EndsWith(".local"u8)) return true;
        return host.StartsWith("172."u8) && host.Length > 6 && host[6] == '.' && (host[4] == '1' && host[5] >= '6' || host[4] == '2' || host[4] == '3' && host[5] <= '1');
    }

    /// <summary>True for a host that no person writes so: a number, letters in circles, dots of other scripts, an IPv4 address inside IPv6.</summary>
    private static bool IsDisguised(ReadOnlySpan<byte> host)
    {
        if (host[0] == '[') return host.IndexOf("ffff:"u8) >= 0 || host.Contains((byte)'.');
        for (int at = host.IndexOfAny((byte)0xE2, (byte)0xE3); at >= 0 && at + 2 < host.Length; at++)
        {
            if (host[at] == 0xE2 && host[at + 1] is >= 0x91 and <= 0x93 || host[at] == 0xE3 && host[at + 1] == 0x80 && host[at + 2] == 0x82) return true;
        }
        return IsHiddenNumber(host);
    }

    /// <summary>True for an address as one number, in hexadecimal, octal or with parts missing.</summary>
    private static bool IsHiddenNumber(ReadOnlySpan<byte> host)
    {
        if (host.IndexOfAnyExcept("0123456789abcdefx."u8) >= 0 || !Bytes.IsDigit(host[0])) return false;
        int dots = host.Count((byte)'.');
        if (host.StartsWith("0x"u8) || host.IndexOf(".0x"u8) > 0) return true;
        if (host.IndexOfAnyExcept("0123456789."u8) >= 0) return false;
        if (dots == 0) return host.Length is >= 8 and <= 12;
        if (dots == 3) return HasImpossiblePart(host);
        if (dots is 1 or 2 && host.Length - host.LastIndexOf((byte)'.') > 4) return true;
        return host.StartsWith("127."u8) || dots == 4 || host[0] == '0' && host.Length > 4;
    }

    /// <summary>True if one of the four parts has more than three digits, is above 255 or begins with a zero.</summary>
    private static bool HasImpossiblePart(ReadOnlySpan<byte> host)
    {
        foreach (var range in host.Split((byte)'.'))
        {
            var part = host[range];
            if (part.Length > 3 || part.Length > 1 && part[0] == '0') return true;
            if (part.Length == 3 && part.SequenceCompareTo("255"u8) > 0) return true;
        }
        return false;
    }

    /// <summary>True for the names under which scripts keep where their own code lies: an application never asks its visitors for these.</summary>
    private static bool NamesServerPath(ReadOnlySpan<byte> name) =>
        name.IndexOf("absolute"u8) >= 0 || name.EndsWith("root_path"u8) || name.EndsWith("root_dir"u8) || name.EndsWith("rootpath"u8) || name.EndsWith("include_path"u8) || name.EndsWith("inc_dir"u8) || name.EndsWith("_root"u8) || name.StartsWith("globals["u8)
        || name.IndexOf("conf[path"u8) >= 0 || name.IndexOf("config[path"u8) >= 0 || name.IndexOf("_conf["u8) >= 0 || name.EndsWith("basepath"u8) || name.EndsWith("base_path"u8) || name.EndsWith("include_dir"u8) || name.EndsWith("lib_dir"u8) || name.EndsWith("libpath"u8);

    /// <summary>Marks the address of a script or text handed to something that may include it.</summary>
    private static void MarkScript(in LeafView leaf, int hostEnd)
    {
        var text = leaf.Text;
        bool isInclude = IncludeNames.Find(leaf.Name) != 0 || leaf.Name.EndsWith("_path"u8) || leaf.Name.EndsWith("_dir"u8) || leaf.Name.EndsWith("root"u8) || leaf.Name.EndsWith("dir"u8) || leaf.Name.EndsWith("path"u8) || leaf.Name.EndsWith("prefix"u8) || leaf.Name.IndexOf((byte)'[') > 0;
        if (isInclude) leaf.Mark(Rules.IncludeParameter, 0, Math.Min(text.Length, 80));
        if (NamesServerPath(leaf.Name)) leaf.Mark(Rules.IncludeServerPath, 0, Math.Min(text.Length, 80));
        var path = text[hostEnd..].TrimEnd((byte)0);
        bool isOpen = path.EndsWith("?"u8) || path.EndsWith("??"u8) || text.EndsWith("\0"u8) || path.EndsWith("?&"u8);
        int query = path.IndexOf((byte)'?');
        if (query >= 0) path = path[..query];
        bool isAddress = leaf.Hits.Has(Rules.SsrfPrivate) || leaf.Hits.Has(Rules.IncludeAddress) || leaf.Hits.Has(Rules.SsrfLoopback);
        bool isScript = path.EndsWith(".txt"u8) || path.EndsWith(".php"u8) || path.EndsWith(".inc"u8) || path.EndsWith(".dat"u8) || path.EndsWith(".gif"u8) || path.EndsWith(".jpg"u8) || path.EndsWith(".asp"u8) || path.EndsWith(".sh"u8);
        if (isAddress && (path.EndsWith(".php"u8) || path.EndsWith(".txt"u8) || path.EndsWith(".inc"u8) || path.EndsWith(".sh"u8)) && !leaf.Hits.Has(Rules.SsrfLoopback)) leaf.Mark(Rules.IncludeServerPath, 0, Math.Min(text.Length, 80));
        if (isOpen && isScript || isOpen && (isInclude || isAddress) && path.Length > 1 || isInclude && (path.EndsWith(".txt"u8) || path.EndsWith(".inc"u8) || path.EndsWith(".dat"u8)))
            leaf.Mark(Rules.IncludeRemoteScript, 0, Math.Min(text.Length, 80));
    }
}
