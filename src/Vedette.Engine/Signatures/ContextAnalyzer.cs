using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Describes what a leaf looks like as a whole: prose, a filter expression, encodings. No evidence by itself.</summary>
internal static class ContextAnalyzer
{
    private static readonly WordTable AssetTypes = new((1, "png jpg jpeg gif svg webp ico css scss less js mjs ts tsx jsx map html htm md vue woff woff2 ttf mp3 mp4 webm pdf csv docx xlsx"));

    /// <summary>What the words of a program, a script or an article are taken for.</summary>
    private const PayloadClasses DocumentClasses = PayloadClasses.SqlInjection | PayloadClasses.CommandInjection | PayloadClasses.PathTraversal | PayloadClasses.TemplateInjection;

    /// <summary>From so many words on they make a sentence.</summary>
    private const int MinSentence = 3;

    private static readonly WordTable StatementWords = new((1, "select update create alter merge truncate drop grant revoke explain"));

    /// <summary>True for the extension, without its dot, of what pages and programs are made of.</summary>
    public static bool IsAssetType(ReadOnlySpan<byte> extension) => AssetTypes.Find(extension) != 0;

    public static void Analyze(in LeafView leaf)
    {
        var text = leaf.Text;
        var encodings = leaf.Leaf.Encodings;
        var shape = TextShape.Read(text);
        MarkProse(leaf, shape);
        if (!leaf.Hits.Has(Rules.CodeDeserialization) && IsFilter(text)) leaf.Mark(Rules.ContextFilter, 0, 1);
        bool isStatement = !leaf.Hits.Has(Rules.SqlTimeFunction) && IsStatement(text), isQuoted = TextShape.LeadsToStatement(text);
        // Of a statement that was put into no other, each further clause says nothing new.
        if ((isStatement || isQuoted && shape.LeadWords >= MinSentence) && !AsksServer(leaf.Hits)) MentionShape.CountOnce(leaf.Hits);
        if (isStatement) leaf.Mark(Rules.ContextStatement, 0, 1);
        if (isQuoted) leaf.Mark(Rules.ContextQuotedStatement, 0, 1);
        if (!leaf.Hits.Has(Rules.CommandBatch) && ProgramShape.IsProgram(text)) leaf.Mark(Rules.ContextProgram, 0, 1);
        if (ShellShape.IsOwnLine(leaf))
        {
            leaf.Mark(Rules.ContextShell, 0, 1);
            ShellShape.CountOnce(leaf);
        }
        if (IsAsset(leaf)) leaf.Mark(Rules.ContextAsset, 0, 1);
        if (TextShape.IsDocument(text) && !IsArmed(leaf.Hits))
        {
            // On many lines something always looks like a piece of an attack.
            if (!IsComplete(leaf, shape, isDocument: true)) MentionShape.CountOnce(leaf.Hits, DocumentClasses);
            leaf.Mark(Rules.ContextDocument, 0, 1);
        }
        else if (text.Length > 400) leaf.Mark(Rules.ContextLong, 0, 1);
        if ((encodings & (LeafEncodings.Overlong | LeafEncodings.PercentUnicode | LeafEncodings.Fullwidth)) != 0) leaf.Mark(Rules.ContextEvasion, 0, 1);
        if ((encodings & LeafEncodings.Base64) != 0) leaf.Mark(Rules.ContextBase64, 0, 1);
        if (leaf.Part is RequestPart.Header or RequestPart.Referer or RequestPart.UserAgent or RequestPart.Cookie) leaf.Mark(Rules.ContextHeader, 0, 1);
    }

    /// <summary>True for a page that runs what it is handed, and for objects that are made to run something: attacks at any length.</summary>
    private static bool IsArmed(RuleHits hits) => hits.Has(Rules.CodeScriptTag) || hits.Has(Rules.CodePhpGlobal) || hits.Has(Rules.CodeGadget) && hits.Has(Rules.TemplateObject) || hits.Has(Rules.CodeDeserialization) || hits.Has(Rules.CommandShellshock);

    /// <summary>True if a statement is about the server itself: what it knows, does or waits for.</summary>
    private static bool AsksServer(RuleHits hits) => hits.Has(Rules.SqlSchemaObject) || hits.Has(Rules.SqlSystemProcedure) || hits.Has(Rules.SqlErrorFunction) || hits.Has(Rules.SqlTimeFunction) || hits.Has(Rules.SqlConditional) || hits.Has(Rules.SqlCharFunction);

    /// <summary>Marks what speaks for a person's words around the suspicious piece, unless that piece is complete: no sentence before a payload excuses it.</summary>
    private static void MarkProse(in LeafView leaf, in TextShape shape)
    {
        if (IsMention(leaf, shape))
        {
            MentionShape.CountOnce(leaf.Hits);
            leaf.Mark(Rules.ContextMention, 0, 1);
        }
        else if (IsComplete(leaf, shape))
        {
            return;
        }
        if (IsProse(leaf.Text)) leaf.Mark(Rules.ContextProse, 0, 1);
        if (shape.LeadWords >= 2 && !shape.HasBreak && !shape.StartsAsStatement) leaf.Mark(Rules.ContextUnbroken, 0, 1);
        if (shape.LeadWords >= 4) leaf.Mark(Rules.ContextLead, 0, 1);
        if (!shape.EndsInWords || !leaf.Present.Has(' ')) return;
        leaf.Mark(Rules.ContextTail, 0, 1);
        if (shape.LeadWords >= 1) leaf.Mark(Rules.ContextEnclosed, 0, 1);
    }

    /// <summary>True if the attack is quoted, or is an example that does no harm and stands in the middle of a sentence or before a question or remark about it.</summary>
    private static bool IsMention(in LeafView leaf, in TextShape shape)
    {
        const int minLead = 2, minTail = 3, minWords = 6, minRemark = 8;
        if (leaf.Part is not (RequestPart.Body or RequestPart.Query) || leaf.IsName || !leaf.Present.Has(' ')) return false;
        var hits = leaf.Hits;
        // A batch file puts its own values between quotation marks.
        if (hits.Has(Rules.CommandBatch)) return false;
        if (MentionShape.IsQuotation(leaf.Text)) return true;
        bool isArmed = hits.Has(Rules.XssExfiltration) || hits.Has(Rules.XssRemoteContent) || hits.Has(Rules.CommandDownload) || hits.Has(Rules.CommandInterpreter) || hits.Has(Rules.SsrfCallback);
        if (isArmed) return false;
        if (TextShape.EndsAsQuestion(leaf.Text)) return true;
        if (shape.TailWords < minTail) return false;
        bool isStatement = shape.StartsAsStatement && (hits.Has(Rules.SqlStatement) || hits.Has(Rules.SqlSelectFrom) || hits.Has(Rules.SqlSelectList));
        bool isEnclosed = !isStatement && shape.LeadWords >= minLead && shape.LeadWords + shape.TailWords >= minWords;
        return isEnclosed || shape.TailWords >= minRemark;
    }

    /// <summary>True if the evidence holds all that an attack needs, from the way out of the value to its end.</summary>
    private static bool IsComplete(in LeafView leaf, in TextShape shape, bool isDocument = false)
    {
        var hits = leaf.Hits;
        bool isSql = hits.Has(Rules.SqlBreakUnion) && hits.Has(Rules.SqlUnionColumns) || hits.Has(Rules.SqlBreakStatement) && hits.Has(Rules.SqlStackedStatement)
            || shape.IsTerminated && (hits.Has(Rules.SqlTautology) || hits.Has(Rules.SqlUnionSelect) || hits.Has(Rules.SqlStackedStatement) || hits.Has(Rules.SqlTimeFunction)
                || hits.Has(Rules.SqlErrorFunction) || hits.Has(Rules.SqlSubselect) || hits.Has(Rules.SqlOrderByNumber));
        bool isScript = hits.Has(Rules.XssEventHandler) || hits.Has(Rules.XssEventBreak) || hits.Has(Rules.XssStringBreak) || hits.Has(Rules.XssTagBreak)
            || hits.Has(Rules.XssTag) && hits.Has(Rules.XssJavascriptUriCode) || hits.Has(Rules.XssScriptTag) && (hits.Has(Rules.XssTagCall) || hits.Has(Rules.XssRemoteContent));
        bool isCommand = hits.Has(Rules.CommandSeparator) || hits.Has(Rules.CommandSubstitution) || hits.Has(Rules.CommandExpansion) || hits.Has(Rules.CommandShellshock)
            || hits.Has(Rules.CommandBatch) || hits.Has(Rules.CommandGlob) || hits.Has(Rules.CodeVariableCall) || hits.Has(Rules.CodeIndirectCall);
        // Scripts are full of commands behind separators.
        if (isDocument) return isSql || isScript;
        // Nobody opens a file under the name of a sentence, and what stands in backticks between words is what they are about.
        bool isSentence = shape.LeadWords >= MinSentence;
        bool isQuoted = isSentence && shape.EndsInWords && leaf.Text.Count((byte)'`') == 2 && !hits.Has(Rules.CommandParameter);
        return isSql || isScript || isCommand && !isQuoted || !isSentence && hits.Has(Rules.PathTraversalToFile) || hits.Has(Rules.LogJndi) || hits.Has(Rules.LogNestedLookup);
    }

    /// <summary>True if most of the text is words of two letters and more with single spaces between, none of them SQL's.</summary>
    private static bool IsProse(ReadOnlySpan<byte> text)
    {
        int words = 0;
        int others = 0;
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            while (end < text.Length && (Bytes.IsLetter(text[end]) || text[end] >= 0x80)) end++;
            bool isWord = end - i >= 2 && (end == text.Length || text[end] is (byte)' ' or (byte)',' or (byte)'.' or (byte)'\'' or (byte)'!' or (byte)'?' or (byte)'\n' or (byte)':' or (byte)';');
            if (isWord && SqlWords.Classify(text[i..end]) == SqlToken.Name && (i == 0 || text[i - 1] is (byte)' ' or (byte)'\n')) words++;
            else if (end == i && text[i] is not ((byte)' ' or (byte)',' or (byte)'.' or (byte)'\n' or (byte)'\'')) others++;
            i = Math.Max(end, i + 1);
        }
        return words >= 4 && words >= others;
    }

    /// <summary>True if the whole text is one plain statement: it breaks out of nothing.</summary>
    private static bool IsStatement(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n;"u8);
        // A script may begin with what it is for.
        while (text.StartsWith("--"u8) && text.IndexOf((byte)'\n') is > 0 and var line) text = text[line..].TrimStart(" \t\r\n"u8);
        bool isStatement = BeginsStatement(text) || text.StartsWith("with "u8) || text.StartsWith("where "u8) || text.StartsWith("from "u8);
        return isStatement && (text.Count((byte)'\'') & 1) == 0 && (text.Count((byte)'"') & 1) == 0 && EndsOnlyLines(text) && text.IndexOf("--"u8) < 0 && !text.Contains((byte)'#')
            && text.IndexOf("/*"u8) < 0 && text.Count((byte)'(') == text.Count((byte)')');
    }

    private static bool BeginsStatement(ReadOnlySpan<byte> text)
    {
        int end = Bytes.SkipWord(text, 0);
        if (Bytes.At(text, end) != ' ') return false;
        return text.StartsWith("insert into "u8) || text.StartsWith("delete from "u8) || StatementWords.Find(text[..end]) != 0;
    }

    /// <summary>True if every semicolon ends its line, or another statement follows it: so statements follow one another in a script.</summary>
    private static bool EndsOnlyLines(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)';') is >= 0 and var end)
        {
            text = text[(end + 1)..].TrimStart(" \t\r"u8);
            if (text.IsEmpty || text[0] != '\n' && !BeginsStatement(text)) return false;
        }
        return true;
    }

    /// <summary>True for a path to what pages and programs are made of, with nothing in it that a server keeps to itself.</summary>
    private static bool IsAsset(in LeafView leaf)
    {
        var text = leaf.Text.TrimEnd("\"'; "u8);
        int dot = text.LastIndexOf((byte)'.');
        return dot > 0 && IsAssetType(text[(dot + 1)..]) && !leaf.Text.Contains((byte)0) && !leaf.Hits.Has(Rules.PathSystemFile) && !leaf.Hits.Has(Rules.PathConfigFile);
    }

    /// <summary>True if the text begins like <c>name = 'x'</c> and every quote is closed: a filter that an API takes as such.</summary>
    private static bool IsFilter(ReadOnlySpan<byte> text)
    {
        int name = 0;
        while (name < text.Length && (Bytes.IsWord(text[name]) || text[name] is (byte)'.' or (byte)'/')) name++;
        if (name == 0 || !Bytes.IsLetter(text[0])) return false;
        int at = Bytes.SkipSpace(text, name);
        var rest = text[at..];
        bool isOperator = !rest.IsEmpty && !rest.StartsWith("<("u8) && rest[0] is (byte)'=' or (byte)'<' or (byte)'>' or (byte)'!' or (byte)'~' || rest.StartsWith(":"u8) && !rest.StartsWith(":/"u8)
            || rest.StartsWith("eq "u8) || rest.StartsWith("ne "u8) || rest.StartsWith("gt "u8) || rest.StartsWith("lt "u8) || rest.StartsWith("ge "u8) || rest.StartsWith("le "u8)
            || rest.StartsWith("in ("u8) || rest.StartsWith("in("u8) || rest.StartsWith("contains "u8);
        return isOperator && (text.Count((byte)'\'') & 1) == 0 && (text.Count((byte)'"') & 1) == 0 && text.IndexOf("--"u8) < 0 && text.IndexOf("/*"u8) < 0;
    }
}
