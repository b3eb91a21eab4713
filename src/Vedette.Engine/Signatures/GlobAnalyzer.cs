namespace Vedette.Engine.Signatures;

/// <summary>Looks for patterns that a shell would expand to a program or a file of the system: <c>/???/c?t</c>, <c>/e*/pas?wd</c>.</summary>
/// <remarks>Each pattern is held against a short list of what attacks mean, segment by segment; a pattern that fits nothing on it, or everything, says nothing.</remarks>
internal static class GlobAnalyzer
{
    private const int MaxSegment = 24;
    private const int MaxPatterns = 16;

    private static readonly byte[][] Folders = Split("bin usr etc sbin proc var tmp dev opt home root lib");
    private static readonly byte[][] Files = Split("passwd shadow group hosts issue environ cat nc ls id sh bash curl wget python python3 perl ping whoami uname netcat zsh dash php ruby head tail more less tac nl rev base64 xxd chmod find env printf echo ncat");

    public static void Analyze(in LeafView leaf)
    {
        if (!leaf.Present.Has('/') || !leaf.Present.Has('?') && !leaf.Present.Has('*') && !leaf.Present.Has('[')) return;
        var text = leaf.Text;
        int patterns = 0;
        for (int at = text.IndexOf((byte)'/'); at >= 0 && patterns < MaxPatterns;)
        {
            int end = at;
            while (end < text.Length && IsPathByte(text[end])) end++;
            bool isStart = at == 0 || !Bytes.IsWord(text[at - 1]) && text[at - 1] is not ((byte)'/' or (byte)'.' or (byte)':' or (byte)'?');
            if (isStart && IsSystemPattern(text[at..end])) leaf.Mark(Rules.CommandGlob, at, end - at);
            patterns++;
            int next = end < text.Length ? text[end..].IndexOf((byte)'/') : -1;
            at = next < 0 ? -1 : end + next;
        }
    }

    private static bool IsPathByte(byte b) => Bytes.IsWord(b) || b is (byte)'/' or (byte)'?' or (byte)'*' or (byte)'[' or (byte)']' or (byte)'-' or (byte)'.';

    /// <summary>True if wildcards stand among the segments, the first fits a folder and the last a file of the system, and letters or question marks say which.</summary>
    private static bool IsSystemPattern(ReadOnlySpan<byte> path)
    {
        if (path.Length < 5 || path.IndexOfAny((byte)'?', (byte)'*', (byte)'[') < 0) return false;
        int last = path.LastIndexOf((byte)'/');
        int firstEnd = path[1..].IndexOf((byte)'/') + 1;
        if (firstEnd < 2 || last < firstEnd || last - firstEnd > MaxSegment) return false;
        var folder = path[1..firstEnd];
        var file = path[(last + 1)..];
        int letters = 0, holes = 0;
        foreach (byte b in path)
        {
            if (Bytes.IsLetter(b)) letters++;
            else if (b == '?') holes++;
        }
        if (letters < 2 && holes < 5 || folder.IsEmpty || file.IsEmpty || folder.Length > MaxSegment || file.Length > MaxSegment) return false;
        bool isPattern = folder.IndexOfAny((byte)'?', (byte)'*', (byte)'[') >= 0 || file.IndexOfAny((byte)'?', (byte)'*', (byte)'[') >= 0;
        return isPattern && FitsAny(folder, Folders) && FitsAny(file, Files);
    }

    private static bool FitsAny(ReadOnlySpan<byte> pattern, byte[][] names)
    {
        if (pattern.IndexOfAnyExcept((byte)'*') < 0) return false;
        foreach (byte[] name in names)
            if (Fits(pattern, name)) return true;
        return false;
    }

    /// <summary>Matches without backtracking further than the last star: O(pattern · name).</summary>
    internal static bool Fits(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            int length = p < pattern.Length ? MatchLength(pattern[p..], name[n]) : 0;
            if (length > 0)
            {
                p += length;
                n++;
            }
            else if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    /// <summary>How many bytes of the pattern match one byte of the name: 0 if they do not.</summary>
    private static int MatchLength(ReadOnlySpan<byte> pattern, byte b)
    {
        if (pattern[0] == '?' || pattern[0] == b) return 1;
        if (pattern[0] != '[') return 0;
        int close = pattern.IndexOf((byte)']');
        return close > 1 && pattern[1..close].Contains(b) ? close + 1 : 0;
    }

    private static byte[][] Split(string names) => Array.ConvertAll(names.Split(' '), System.Text.Encoding.ASCII.GetBytes);
}
