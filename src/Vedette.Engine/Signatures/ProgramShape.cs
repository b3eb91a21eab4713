namespace Vedette.Engine.Signatures;

/// <summary>Tells a piece of a program, which people paste into reports, editors and reviews, from code that was made to run inside something else.</summary>
/// <remarks>
/// A program begins where a statement may begin, closes every bracket it opens and is held together by declarations, keywords and operators; an injection begins by ending something
/// and holds little but its call. Linear, and looks at no more than <see cref="MaxLength"/> bytes.
/// </remarks>
internal static class ProgramShape
{
    private const int MaxLength = 4096;
    private const int MinSigns = 3;
    private const int KeywordSigns = 2;
    private const int MaxKeywords = 4;

    private static readonly WordTable Keywords = new(
        (1, "const let var function return import from class public private protected internal static sealed abstract override def if elif elsif else for foreach while using namespace try catch except finally "
            + "package func fn match struct enum export default async await new throw throws switch case val data guard rescue end do done fi echo print println printf require module include interface type impl trait pub mut "
            + "begin void int long string bool double float char unsigned template typedef extends implements this self super yield lambda raise with describe it expect panic defer go"));

    /// <summary>True if the text reads as a program or a piece of one.</summary>
    /// <param name="text">In lower case.</param>
    public static bool IsProgram(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxLength)].Trim(" \t\r\n"u8);
        if (text.Length < 12) return false;
        if (text.StartsWith("#!/"u8) && text.Contains((byte)'\n')) return true;
        bool mayStart = Bytes.IsLetter(text[0]) || text[0] is (byte)'_' or (byte)'$' or (byte)'@' or (byte)'#' or (byte)'<' or (byte)'/' or (byte)'(' or (byte)'[' or (byte)'.';
        return mayStart && IsClosed(text) && CountKeywords(text) * KeywordSigns + CountOperators(text) >= MinSigns;
    }

    private static bool IsClosed(ReadOnlySpan<byte> text)
    {
        int round = 0, square = 0, curly = 0;
        foreach (byte b in text)
        {
            switch (b)
            {
                case (byte)'(': round++; break;
                case (byte)')': round--; break;
                case (byte)'[': square++; break;
                case (byte)']': square--; break;
                case (byte)'{': curly++; break;
                case (byte)'}': curly--; break;
                default: break;
            }
            if (round < 0 || square < 0 || curly < 0) return false;
        }
        return text.Length == MaxLength || round == 0 && square == 0 && curly == 0;
    }

    /// <summary>Keywords where a statement begins: at the start, on a new line, behind a semicolon or a brace.</summary>
    private static int CountKeywords(ReadOnlySpan<byte> text)
    {
        int count = 0;
        bool isStart = true;
        for (int i = 0; i < text.Length && count < MaxKeywords;)
        {
            if (Bytes.IsWord(text[i]))
            {
                int end = Bytes.SkipWord(text, i);
                if (isStart && Keywords.Find(text[i..end]) != 0 && Bytes.At(text, end) is (byte)' ' or (byte)'(' or (byte)':' or (byte)'{' or (byte)'.') count++;
                isStart = false;
                i = end;
                continue;
            }
            if (text[i] is (byte)'\n' or (byte)';' or (byte)'{' or (byte)'}') isStart = true;
            else if (!Bytes.IsSpace(text[i]) && text[i] is not ((byte)'@' or (byte)'#' or (byte)'<' or (byte)'?')) isStart = false;
            i++;
        }
        return count;
    }

    /// <summary>Different operators of programming languages that neither prose nor SQL has.</summary>
    private static int CountOperators(ReadOnlySpan<byte> text)
    {
        int count = 0;
        if (text.IndexOf("=>"u8) >= 0) count++;
        if (text.IndexOf(" from \""u8) > 0 || text.IndexOf(" from '"u8) > 0) count++;
        if (text.IndexOf("->"u8) > 0) count++;
        if (text.IndexOf("=="u8) > 0) count++;
        if (text.IndexOf("!="u8) > 0) count++;
        if (text.IndexOf(" && "u8) > 0) count++;
        if (text.IndexOf("++"u8) > 0 || text.IndexOf("+="u8) > 0) count++;
        if (text.IndexOf(") {"u8) > 0 || text.IndexOf("{\n"u8) >= 0) count++;
        if (text.IndexOf("::"u8) > 0 || text.IndexOf(":= "u8) > 0) count++;
        if (text.IndexOf(" = "u8) > 0) count++;
        if (text.IndexOf(")."u8) > 0) count++;
        if (text[^1] is (byte)';' or (byte)'}') count++;
        if (text.IndexOf(");\n"u8) > 0 || text.IndexOf("(), "u8) > 0 || text.IndexOf("): "u8) > 0) count++;
        return count;
    }
}
