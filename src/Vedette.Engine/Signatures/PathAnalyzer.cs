using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Counts steps out of a folder, however they are written.</summary>
internal static class PathAnalyzer
{
    public static void Analyze(in LeafView leaf)
    {
        var text = leaf.Text;
        if (leaf.Present.Has('.') && leaf.Leaf.Type != LeafType.Xml)
        {
            MarkTraversal(leaf);
            MarkOddRun(leaf);
        }
        if (leaf.Part != RequestPart.Path) MarkServerFile(leaf);
        if (leaf.Hits.Has(Rules.PathServerFolder) && NamesFile(text))
        {
            var (start, length) = leaf.Hits.Place(Rules.PathServerFolder);
            leaf.Mark(Rules.PathSystemFile, start, length);
        }
        if (leaf.Hits.Has(Rules.PathSystemFile) && IsWhole(leaf)) leaf.Mark(Rules.PathWholeFile, 0, Math.Min(text.Length, 64));
        int nul = text.IndexOf((byte)0);
        if (nul >= 0 && leaf.Part != RequestPart.UserAgent) leaf.Mark(Rules.PathNullByte, Math.Max(0, nul - 12), Math.Min(text.Length - Math.Max(0, nul - 12), 24));
        bool steps = leaf.Hits.Has(Rules.PathTraversalOne) || leaf.Hits.Has(Rules.PathTraversalTwo) || leaf.Hits.Has(Rules.PathTraversalDeep) || leaf.Hits.Has(Rules.PathOddDots) || leaf.Hits.Has(Rules.PathDrive) && !IsInSentence(text, leaf.Hits.Place(Rules.PathDrive).Start);
        if (!steps) return;
        if (EndsInServerFile(text)) leaf.Mark(Rules.PathConfigFile, 0, Math.Min(text.Length, 64));
        if (leaf.Hits.Has(Rules.PathSystemFile) || leaf.Hits.Has(Rules.PathConfigFile) || nul >= 0) leaf.Mark(Rules.PathTraversalToFile, 0, Math.Min(text.Length, 64));
        const LeafEncodings evasive = LeafEncodings.Overlong | LeafEncodings.PercentUnicode | LeafEncodings.EncodedDots | LeafEncodings.Fullwidth;
        if ((leaf.Leaf.Encodings & evasive) != 0 && !leaf.Hits.Has(Rules.PathDrive)) leaf.Mark(Rules.PathEncodedDots, 0, Math.Min(text.Length, 64));
    }

    /// <summary>True if three words and more stand before the path, none of them a command: nobody opens a file under the name of a sentence.</summary>
    private static bool IsInSentence(ReadOnlySpan<byte> text, int start)
    {
        const int minSpaces = 3;
        return text[..start].Count((byte)' ') >= minSpaces && !ShellAnalyzer.IsCommand(text[..Bytes.SkipWord(text, 0)]);
    }

    private static readonly WordTable ServerFolders = new(
        (1, "apache apache2 httpd xampp wamp lampp mysql nginx inetpub appserv php php4 php5 php7 tomcat webdav phpmyadmin filezillaftp mercurymail cgi-bin wwwroot htdocs mysqlserver winnt windows"));

    private static readonly WordTable ServerFiles = new(
        (1, "access.log access_log error.log error_log httpd.conf nginx.conf php.ini my.cnf my.ini mysql.err mysql.log mysql-bin.log vhosts.conf httpd-vhosts.conf .htpasswd .htaccess web.config wp-config.php .env id_rsa .bash_history "
            + "passwd shadow server.xml web.xml boot.ini win.ini php.ini-dist php.ini-recommended proftpd.conf vsftpd.conf ftp.log mail.log syslog auth.log messages debug.log catalina.out tomcat-users.xml"));

    /// <summary>Marks a value that is the absolute path of a server's own configuration or log and nothing else.</summary>
    private static void MarkServerFile(in LeafView leaf)
    {
        var text = leaf.Text.Trim(" \t\r\n\0"u8);
        bool hasDrive = text.Length > 3 && Bytes.IsLetter(text[0]) && text[1] == ':' && text[2] is (byte)'\\' or (byte)'/';
        if (!hasDrive && (text.Length < 4 || text[0] is not ((byte)'/' or (byte)'\\'))) return;
        if (text.Contains((byte)' ') && text.IndexOf("program files"u8) < 0 || text.IndexOfAny("<>()'\"?&="u8) >= 0 && text.IndexOf("(x86)"u8) < 0) return;
        int last = text.LastIndexOfAny((byte)'/', (byte)'\\');
        bool isKnownFile = ServerFiles.Find(text[(last + 1)..]) != 0;
        if (!isKnownFile && (!hasDrive && text[0] != '\\' || !NamesFile(text) || !HasServerFolder(text))) return;
        leaf.Mark(Rules.PathServerFile, 0, Math.Min(leaf.Text.Length, 64));
        // Nobody writes the path of such a file in a roundabout way but to get past a check.
        if (isKnownFile && (text.IndexOf("/./"u8) >= 0 || text.IndexOf("//"u8) >= 0)) leaf.Mark(Rules.PathOddDots, 0, Math.Min(leaf.Text.Length, 64));
    }

    /// <summary>True if the text is one path to a file that a server keeps to itself.</summary>
    private static bool EndsInServerFile(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n\0"u8);
        return !text.Contains((byte)' ') && ServerFiles.Find(text[(text.LastIndexOfAny((byte)'/', (byte)'\\') + 1)..]) != 0;
    }

    private static bool HasServerFolder(ReadOnlySpan<byte> path)
    {
        foreach (var range in path.SplitAny((byte)'/', (byte)'\\', (byte)' ', (byte)'-'))
            if (ServerFolders.Find(path[range]) != 0) return true;
        return false;
    }

    /// <summary>True if the path leads to a file, not to a folder or to what a page is made of: people name these.</summary>
    private static bool NamesFile(ReadOnlySpan<byte> path)
    {
        path = path.TrimEnd(" \t\r\n\0"u8);
        var last = path[(path.LastIndexOfAny((byte)'/', (byte)'\\') + 1)..];
        int dot = last.LastIndexOf((byte)'.');
        return ServerFiles.Find(last) != 0 || dot >= 0 && !ContextAnalyzer.IsAssetType(last[(dot + 1)..]);
    }

    /// <summary>True if the text is little else than the name of the file: a sentence about it goes on, or began earlier; in a request's own path it begins there, since sites serve folders named like it.</summary>
    private static bool IsWhole(in LeafView leaf)
    {
        var text = leaf.Text.TrimEnd(" \t\r\n\0"u8);
        var (start, length) = leaf.Hits.Place(Rules.PathSystemFile);
        if (leaf.Part == RequestPart.Path && start > "/c/".Length) return false;
        if (start + length < text.Length && text[(start + length)..].Contains((byte)' ')) return false;
        int space = text[..Math.Min(start, text.Length)].LastIndexOf((byte)' ');
        return space < 0 || ShellAnalyzer.IsCommand(text[..space]);
    }

    /// <summary>Marks long runs of dots and separators that are no plain <c>../../</c>, and dots glued to what an odd escape became.</summary>
    private static void MarkOddRun(in LeafView leaf)
    {
        var text = leaf.Text;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny("./\\"u8);
            if (next < 0) return;
            i += next;
            int start = i;
            int dots = 0, slashes = 0, kinds = 0;
            for (; i < text.Length && text[i] is (byte)'.' or (byte)'/' or (byte)'\\'; i++)
            {
                if (text[i] == '.') dots++;
                else slashes++;
                kinds |= text[i] == '\\' ? 2 : text[i] == '/' ? 1 : 0;
            }
            bool isOdd = dots >= 3 && slashes >= 3 && (kinds == 3 || dots != slashes * 2 && dots != slashes * 2 - 2 && dots != slashes * 2 + 2);
            bool isGlued = dots >= 2 && i < text.Length && text[i] >= 0x80 && (leaf.Leaf.Encodings & LeafEncodings.PercentUnicode) != 0;
            if (isOdd || isGlued || dots > 40) leaf.Mark(Rules.PathOddDots, start, Math.Min(i - start, 64));
        }
    }

    /// <summary>True if the steps at <paramref name="at"/> stand inside a longer text, behind what sets a link off from it, and lead to what pages are made of: the page's own parts.</summary>
    private static bool LinksAsset(ReadOnlySpan<byte> text, int at)
    {
        if (at < 3 || text[at - 1] is not ((byte)'"' or (byte)'\'' or (byte)'=' or (byte)'(' or (byte)'>')) return false;
        var path = text[at..PathEnd(text, at)];
        int dot = path.LastIndexOf((byte)'.');
        return dot > 0 && ContextAnalyzer.IsAssetType(path[(dot + 1)..]);
    }

    private static int PathEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (Bytes.IsWord(text[at]) || text[at] is (byte)'.' or (byte)'/' or (byte)'-' or (byte)'@')) at++;
        return at;
    }

    private static void MarkTraversal(in LeafView leaf)
    {
        var text = leaf.Text;
        int steps = 0;
        int first = -1;
        for (int i = 0; i < text.Length; i++)
        {
            int next = text[i..].IndexOf(".."u8);
            if (next < 0) break;
            i += next;
            int end = i + 2;
            while (Bytes.At(text, end) == '.') end++;
            // Two dots count as a step where a separator follows, or where they end a value that steps already.
            if (Bytes.At(text, end) == '%' && Bytes.At(text, end + 1) is (byte)'/' or (byte)'\\') end++;
            if (Bytes.At(text, end) is not ((byte)'/' or (byte)'\\') && !(end == text.Length && end == i + 2 && Bytes.At(text, i - 1) is (byte)'/' or (byte)'\\'))
            {
                i = end - 1;
                continue;
            }
            if (LinksAsset(text, i))
            {
                i = PathEnd(text, i) - 1;
                continue;
            }
            if (first < 0) first = i;
            steps++;
            i = end - 1;
        }
        if (steps == 0) return;
        var rule = steps >= 3 ? Rules.PathTraversalDeep : steps == 2 ? Rules.PathTraversalTwo : Rules.PathTraversalOne;
        leaf.Mark(rule, first, Math.Min(text.Length - first, 64));
        if (leaf.Part != RequestPart.Path && text[..first].IndexOfAnyExcept("/\\.'\" "u8) < 0) leaf.Mark(Rules.PathStepsFirst, first, Math.Min(text.Length - first, 64));
    }
}
