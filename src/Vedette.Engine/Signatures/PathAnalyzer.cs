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
        if (leaf.Hits.Has(Rules.PathSystemFile) && IsWhole(leaf)) leaf.Mark(Rules.PathWholeFile, 0, Math.Min(text.Length, 64));
        int nul = text.IndexOf((byte)0);
        if (nul >= 0 && leaf.Part != RequestPart.UserAgent) leaf.Mark(Rules.PathNullByte, Math.Max(0, nul - 12), Math.Min(text.Length - Math.Max(0, nul - 12), 24));
        bool steps = leaf.Hits.Has(Rules.PathTraversalOne) || leaf.Hits.Has(Rules.PathTraversalTwo) || leaf.Hits.Has(Rules.PathTraversalDeep) || leaf.Hits.Has(Rules.PathOddDots) || leaf.Hits.Has(Rules.PathDrive);
        if (!steps) return;
        if (leaf.Hits.Has(Rules.PathSystemFile) || leaf.Hits.Has(Rules.PathConfigFile) || nul >= 0) leaf.Mark(Rules.PathTraversalToFile, 0, Math.Min(text.Length, 64));
        const LeafEncodings evasive = LeafEncodings.Overlong | LeafEncodings.PercentUnicode | LeafEncodings.EncodedDots | LeafEncodings.Fullwidth;
        if ((leaf.Leaf.Encodings & evasive) != 0 && !leaf.Hits.Has(Rules.PathDrive)) leaf.Mark(Rules.PathEncodedDots, 0, Math.Min(text.Length, 64));
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
            if (Bytes.At(text, end) is not ((byte)'/' or (byte)'\\') && !(end == text.Length && end == i + 2 && Bytes.At(text, i - 1) is (byte)'/' or (byte)'\\'))
            {
                i = end - 1;
                continue;
            }
            if (first < 0) first = i;
            steps++;
            i = end - 1;
        }
        if (steps == 0) return;
        var rule = steps >= 3 ? Rules.PathTraversalDeep : steps == 2 ? Rules.PathTraversalTwo : Rules.PathTraversalOne;
        leaf.Mark(rule, first, Math.Min(text.Length - first, 64));
    }
}
