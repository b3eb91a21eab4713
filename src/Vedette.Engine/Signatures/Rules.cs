using static Vedette.Engine.Signatures.PayloadClass;

namespace Vedette.Engine.Signatures;

/// <summary>Every rule there is. The last number is the prior weight: 1 weak, 3 telling, 6 enough alone, 8 beyond doubt.</summary>
internal static class Rules
{
    /// <summary>Most rules a leaf can be marked with: the width of <see cref="RuleHits"/>.</summary>
    public const int Capacity = 256;

    private static readonly List<Rule> Catalog = [];
    private static readonly Dictionary<string, Rule> ById = new(StringComparer.Ordinal);

    public static readonly Rule SqlUnionSelect = Add("sql.union_select", SqlInjection, 3);
    public static readonly Rule SqlUnionColumns = Add("sql.union_columns", SqlInjection, 6);
    public static readonly Rule SqlBreakUnion = Add("sql.break_union", SqlInjection, 2);
    public static readonly Rule SqlTautology = Add("sql.tautology", SqlInjection, 6);
    public static readonly Rule SqlInequality = Add("sql.inequality", SqlInjection, 4.8f);
    public static readonly Rule SqlBreakLogic = Add("sql.break_logic", SqlInjection, 3.5f);
    public static readonly Rule SqlLogicComparison = Add("sql.logic_comparison", SqlInjection, 3);
    public static readonly Rule SqlBreakComment = Add("sql.break_comment", SqlInjection, 5);
    public static readonly Rule SqlBreakHash = Add("sql.break_hash", SqlInjection, 3);
    public static readonly Rule SqlBreakOperator = Add("sql.break_operator", SqlInjection, 3);
    public static readonly Rule SqlBreakParenthesis = Add("sql.break_parenthesis", SqlInjection, 1.5f);
    public static readonly Rule SqlBreakStatement = Add("sql.break_statement", SqlInjection, 4);
    public static readonly Rule SqlStackedStatement = Add("sql.stacked_statement", SqlInjection, 5);
    public static readonly Rule SqlStatement = Add("sql.statement", SqlInjection, 3);
    public static readonly Rule SqlTimeFunction = Add("sql.time_function", SqlInjection, 5.5f);
    public static readonly Rule SqlErrorFunction = Add("sql.error_function", SqlInjection, 4.5f);
    public static readonly Rule SqlFunctionCall = Add("sql.function_call", SqlInjection, 1.5f);
    public static readonly Rule SqlCharFunction = Add("sql.char_function", SqlInjection, 2.5f);
    public static readonly Rule SqlSchemaObject = Add("sql.schema_object", SqlInjection, 4);
    public static readonly Rule SqlSystemVariable = Add("sql.system_variable", SqlInjection, 3.5f);
    public static readonly Rule SqlSubselect = Add("sql.subselect", SqlInjection, 4);
    public static readonly Rule SqlWholeSubselect = Add("sql.whole_subselect", SqlInjection, 2.5f);
    public static readonly Rule SqlSelectFrom = Add("sql.select_from", SqlInjection, 1);
    public static readonly Rule SqlSelectList = Add("sql.select_list", SqlInjection, 3);
    public static readonly Rule SqlOrderByNumber = Add("sql.order_by_number", SqlInjection, 4);
    public static readonly Rule SqlOrderByEnd = Add("sql.order_by_end", SqlInjection, 3);
    public static readonly Rule SqlHaving = Add("sql.having", SqlInjection, 4);
    public static readonly Rule SqlWhereTautology = Add("sql.where_tautology", SqlInjection, 4.2f);
    public static readonly Rule SqlCommentSplit = Add("sql.comment_split", SqlInjection, 3);
    public static readonly Rule SqlVersionComment = Add("sql.version_comment", SqlInjection, 4.5f);
    public static readonly Rule SqlTrailingComment = Add("sql.trailing_comment", SqlInjection, 1.5f);
    public static readonly Rule SqlSystemProcedure = Add("sql.system_procedure", SqlInjection, 4);
    public static readonly Rule SqlConditional = Add("sql.conditional", SqlInjection, 4.5f);
    public static readonly Rule SqlCaseWhen = Add("sql.case_when", SqlInjection, 3);
    public static readonly Rule SqlHexLiteral = Add("sql.hex_literal", SqlInjection, 1.5f);
    public static readonly Rule SqlKeywordDensity = Add("sql.keyword_density", SqlInjection, 1.5f);
    public static readonly Rule SqlOpenQuote = Add("sql.open_quote", SqlInjection, 0.7f);
    public static readonly Rule SqlConcatenation = Add("sql.concatenation", SqlInjection, 3);
    public static readonly Rule SqlJson = Add("sql.json", SqlInjection, 3.5f);
    public static readonly Rule SqlXpath = Add("sql.xpath", SqlInjection, 4);
    public static readonly Rule SqlXpathBreak = Add("sql.xpath_break", SqlInjection, 5.2f);
    public static readonly Rule SqlBreakString = Add("sql.break_string", SqlInjection, 4);
    public static readonly Rule SqlBlock = Add("sql.block", SqlInjection, 4.5f);
    public static readonly Rule SqlCast = Add("sql.cast", SqlInjection, 2);
    public static readonly Rule SqlNullList = Add("sql.null_list", SqlInjection, 3);

    public static readonly Rule XssScriptTag = Add("xss.script_tag", Xss, 6);
    public static readonly Rule XssEventHandler = Add("xss.event_handler", Xss, 6);
    public static readonly Rule XssEventBreak = Add("xss.event_break", Xss, 5.2f);
    public static readonly Rule XssOwnHandler = Add("xss.own_handler", Xss, 1.5f);
    public static readonly Rule XssJavascriptUri = Add("xss.javascript_uri", Xss, 4);
    public static readonly Rule XssJavascriptUriCode = Add("xss.javascript_uri_code", Xss, 3);
    public static readonly Rule XssDataUri = Add("xss.data_uri", Xss, 5.3f);
    public static readonly Rule XssActiveTag = Add("xss.active_tag", Xss, 3);
    public static readonly Rule XssTag = Add("xss.tag", Xss, 1);
    public static readonly Rule XssTagBreak = Add("xss.tag_break", Xss, 4);
    public static readonly Rule XssMalformedTag = Add("xss.malformed_tag", Xss, 2.5f);
    public static readonly Rule XssCall = Add("xss.call", Xss, 3);
    public static readonly Rule XssProbe = Add("xss.probe", Xss, 2.2f);
    public static readonly Rule XssTagCall = Add("xss.tag_call", Xss, 2.5f);
    public static readonly Rule XssRemoteContent = Add("xss.remote_content", Xss, 2.2f);
    public static readonly Rule XssStringBreak = Add("xss.string_break", Xss, 5.2f);
    public static readonly Rule XssDomProperty = Add("xss.dom_property", Xss, 3);
    public static readonly Rule XssStyle = Add("xss.style", Xss, 4);
    public static readonly Rule XssAttribute = Add("xss.attribute", Xss, 3);
    public static readonly Rule XssSymbols = Add("xss.symbols", Xss, 6);
    public static readonly Rule XssObfuscation = Add("xss.obfuscation", Xss, 3);
    public static readonly Rule XssIndirectCall = Add("xss.indirect_call", Xss, 3);
    public static readonly Rule XssWholeCall = Add("xss.whole_call", Xss, 2.2f);
    public static readonly Rule XssAlias = Add("xss.alias", Xss, 5.3f);
    public static readonly Rule XssJoined = Add("xss.joined", Xss, 2);
    public static readonly Rule XssDomUse = Add("xss.dom_use", Xss, 1.5f);
    public static readonly Rule XssExfiltration = Add("xss.exfiltration", Xss, 5.3f);
    public static readonly Rule XssEncodedTag = Add("xss.encoded_tag", Xss, 2);

    public static readonly Rule PathTraversalDeep = Add("path.traversal_deep", PathTraversal, 6);
    public static readonly Rule PathTraversalTwo = Add("path.traversal_two", PathTraversal, 3.5f);
    public static readonly Rule PathTraversalOne = Add("path.traversal_one", PathTraversal, 1.5f);
    public static readonly Rule PathEncodedDots = Add("path.encoded_dots", PathTraversal, 4);
    public static readonly Rule PathOddDots = Add("path.odd_dots", PathTraversal, 5.3f);
    public static readonly Rule PathSystemFile = Add("path.system_file", PathTraversal, 2);
    public static readonly Rule PathWholeFile = Add("path.whole_file", PathTraversal, 5);
    public static readonly Rule PathConfigFile = Add("path.config_file", PathTraversal, 3);
    public static readonly Rule PathTraversalToFile = Add("path.traversal_to_file", PathTraversal, 3);
    public static readonly Rule PathNullByte = Add("path.null_byte", PathTraversal, 3);
    public static readonly Rule PathStepsFirst = Add("path.steps_first", PathTraversal, 1.7f);
    public static readonly Rule PathServerFile = Add("path.server_file", PathTraversal, 4);
    public static readonly Rule PathServerFolder = Add("path.server_folder", PathTraversal, 1);
    public static readonly Rule PathDrive = Add("path.drive", PathTraversal, 1);

    public static readonly Rule IncludeWrapper = Add("include.wrapper", FileInclusion, 6);
    public static readonly Rule IncludeRemoteScript = Add("include.remote_script", FileInclusion, 5.5f);
    public static readonly Rule IncludeParameter = Add("include.parameter", FileInclusion, 2);
    public static readonly Rule IncludeServerPath = Add("include.server_path", FileInclusion, 3.2f);
    public static readonly Rule IncludeAddress = Add("include.address", FileInclusion, 2);

    public static readonly Rule CommandSeparator = Add("command.separator", CommandInjection, 5.5f);
    public static readonly Rule CommandSeparatorWord = Add("command.separator_word", CommandInjection, 1.5f);
    public static readonly Rule CommandSeparatorArgument = Add("command.separator_argument", CommandInjection, 4);
    public static readonly Rule CommandSubstitution = Add("command.substitution", CommandInjection, 5.5f);
    public static readonly Rule CommandBackticks = Add("command.backticks", CommandInjection, 4.7f);
    public static readonly Rule CommandArgument = Add("command.argument", CommandInjection, 2.2f);
    public static readonly Rule CommandAlone = Add("command.alone", CommandInjection, 2);
    public static readonly Rule CommandBinary = Add("command.binary", CommandInjection, 4.4f);
    public static readonly Rule CommandExpansion = Add("command.expansion", CommandInjection, 5.5f);
    public static readonly Rule CommandObfuscated = Add("command.obfuscated", CommandInjection, 5);
    public static readonly Rule CommandRedirect = Add("command.redirect", CommandInjection, 4);
    public static readonly Rule CommandWindows = Add("command.windows", CommandInjection, 4.5f);
    public static readonly Rule CommandWindowsShell = Add("command.windows_shell", CommandInjection, 6);
    public static readonly Rule CommandShellshock = Add("command.shellshock", CommandInjection, 8);
    public static readonly Rule CommandParameter = Add("command.parameter", CommandInjection, 3);
    public static readonly Rule CommandDownload = Add("command.download", CommandInjection, 2.4f);
    public static readonly Rule CommandLineWhole = Add("command.line", CommandInjection, 2.9f);
    public static readonly Rule CommandInterpreter = Add("command.interpreter", CommandInjection, 3.2f);
    public static readonly Rule CommandHidden = Add("command.hidden", CommandInjection, 4);
    public static readonly Rule CommandGlob = Add("command.glob", CommandInjection, 5.3f);
    public static readonly Rule CommandBatch = Add("command.batch", CommandInjection, 5.3f);
    public static readonly Rule CommandAssignment = Add("command.assignment", CommandInjection, 5.2f);
    public static readonly Rule CommandCutOff = Add("command.cut_off", CommandInjection, 3.2f);
    public static readonly Rule CommandSystemFile = Add("command.system_file", CommandInjection, 3.5f);
    public static readonly Rule CommandOption = Add("command.option", CommandInjection, 5.3f);
    public static readonly Rule CodeVariableCall = Add("code.variable_call", CommandInjection, 5.2f);
    public static readonly Rule CodeIndirectCall = Add("code.indirect_call", CommandInjection, 5.2f);
    public static readonly Rule CodeWholeCall = Add("code.whole_call", CommandInjection, 2.6f);
    public static readonly Rule CodeLoop = Add("code.loop", CommandInjection, 5.1f);
    public static readonly Rule CodeScriptTag = Add("code.script_tag", CommandInjection, 5.5f);
    public static readonly Rule CodeSnippet = Add("code.snippet", CommandInjection, 2);
    public static readonly Rule CodePhp = Add("code.php", CommandInjection, 5);
    public static readonly Rule CodePhpGlobal = Add("code.php_global", CommandInjection, 3.5f);
    public static readonly Rule CodePhpCall = Add("code.php_call", CommandInjection, 3.5f);
    public static readonly Rule CodeJava = Add("code.java", CommandInjection, 5);
    public static readonly Rule CodeGadget = Add("code.gadget", CommandInjection, 6);
    public static readonly Rule CodeNode = Add("code.node", CommandInjection, 5);
    public static readonly Rule CodePython = Add("code.python", CommandInjection, 5);
    public static readonly Rule CodeDeserialization = Add("code.deserialization", CommandInjection, 5.5f);
    public static readonly Rule CodeTypeKey = Add("code.type_key", CommandInjection, 3);
    public static readonly Rule CodePrototype = Add("code.prototype", CommandInjection, 5);
    public static readonly Rule CodeOgnl = Add("code.ognl", CommandInjection, 6);

    public static readonly Rule TemplateArithmetic = Add("template.arithmetic", TemplateInjection, 6);
    public static readonly Rule TemplateObject = Add("template.object", TemplateInjection, 5.5f);
    public static readonly Rule TemplateCall = Add("template.call", TemplateInjection, 3);
    public static readonly Rule TemplateDelimiter = Add("template.delimiter", TemplateInjection, 1);
    public static readonly Rule TemplateDirective = Add("template.directive", TemplateInjection, 4.5f);
    public static readonly Rule TemplateServerInclude = Add("template.server_include", TemplateInjection, 6);

    public static readonly Rule LdapBreak = Add("ldap.break", LdapInjection, 5.5f);
    public static readonly Rule LdapFilter = Add("ldap.filter", LdapInjection, 3.5f);
    public static readonly Rule LdapAttribute = Add("ldap.attribute", LdapInjection, 2.5f);

    public static readonly Rule NosqlOperatorName = Add("nosql.operator_name", NosqlInjection, 5.5f);
    public static readonly Rule NosqlOperatorKey = Add("nosql.operator_key", NosqlInjection, 4.5f);
    public static readonly Rule NosqlRangeKey = Add("nosql.range_key", NosqlInjection, 2.5f);
    public static readonly Rule NosqlOperatorText = Add("nosql.operator_text", NosqlInjection, 5);
    public static readonly Rule NosqlScript = Add("nosql.script", NosqlInjection, 5.5f);

    public static readonly Rule XxeEntity = Add("xxe.entity", Xxe, 5);
    public static readonly Rule XxeExternalEntity = Add("xxe.external_entity", Xxe, 4);
    public static readonly Rule XxeDoctype = Add("xxe.doctype", Xxe, 3);
    public static readonly Rule XxeInclude = Add("xxe.include", Xxe, 5.5f);

    public static readonly Rule SsrfMetadata = Add("ssrf.metadata", Ssrf, 6);
    public static readonly Rule SsrfLoopback = Add("ssrf.loopback", Ssrf, 4.5f);
    public static readonly Rule SsrfPrivate = Add("ssrf.private", Ssrf, 3);
    public static readonly Rule SsrfNumericHost = Add("ssrf.numeric_host", Ssrf, 5.5f);
    public static readonly Rule SsrfScheme = Add("ssrf.scheme", Ssrf, 6.2f);
    public static readonly Rule SsrfFileScheme = Add("ssrf.file_scheme", Ssrf, 5);
    public static readonly Rule SsrfCallback = Add("ssrf.callback", Ssrf, 5.5f);
    public static readonly Rule SsrfUserInfo = Add("ssrf.user_info", Ssrf, 2.5f);
    public static readonly Rule SsrfOddUrl = Add("ssrf.odd_url", Ssrf, 5.2f);
    public static readonly Rule SsrfService = Add("ssrf.service", Ssrf, 3.5f);
    public static readonly Rule SsrfRedirect = Add("ssrf.redirect", Ssrf, 5.2f);
    public static readonly Rule SsrfParameter = Add("ssrf.parameter", Ssrf, 1);

    public static readonly Rule LogLookup = Add("log.lookup", Log4Shell, 4);
    public static readonly Rule LogJndi = Add("log.jndi", Log4Shell, 8);
    public static readonly Rule LogNestedLookup = Add("log.nested_lookup", Log4Shell, 5.5f);

    public static readonly Rule SmugglingEmbeddedRequest = Add("smuggling.embedded_request", HttpSmuggling, 6);
    public static readonly Rule SmugglingLengthConflict = Add("smuggling.length_conflict", HttpSmuggling, 5.5f);
    public static readonly Rule SmugglingTransferEncoding = Add("smuggling.transfer_encoding", HttpSmuggling, 5.5f);

    public static readonly Rule CrlfHeader = Add("crlf.header", CrlfInjection, 6);
    public static readonly Rule CrlfBreak = Add("crlf.break", CrlfInjection, 1);
    public static readonly Rule CrlfMail = Add("crlf.mail", CrlfInjection, 5.5f);
    public static readonly Rule CrlfUnicode = Add("crlf.unicode", CrlfInjection, 5.5f);

    public static readonly Rule ScannerSensitiveFile = Add("scanner.sensitive_file", Scanner, 6);
    public static readonly Rule ScannerExploitPath = Add("scanner.exploit_path", Scanner, 6);
    public static readonly Rule ScannerWebShell = Add("scanner.web_shell", Scanner, 6);
    public static readonly Rule ScannerBackupFile = Add("scanner.backup_file", Scanner, 5.1f);
    public static readonly Rule ScannerAdminConsole = Add("scanner.admin_console", Scanner, 3.5f);
    public static readonly Rule ScannerTool = Add("scanner.tool", Scanner, 6);
    public static readonly Rule ScannerGarbage = Add("scanner.garbage", Scanner, 5.5f);

    public static readonly Rule ContextProse = Add("context.prose", None, 0);
    public static readonly Rule ContextUnbroken = Add("context.unbroken", None, 0);
    public static readonly Rule ContextLead = Add("context.lead", None, 0);
    public static readonly Rule ContextTail = Add("context.tail", None, 0);
    public static readonly Rule ContextEnclosed = Add("context.enclosed", None, 0);
    public static readonly Rule ContextMention = Add("context.mention", None, 0);
    public static readonly Rule ContextFilter = Add("context.filter", None, 0);
    public static readonly Rule ContextStatement = Add("context.statement", None, 0);
    public static readonly Rule ContextQuotedStatement = Add("context.quoted_statement", None, 0);
    public static readonly Rule ContextProgram = Add("context.program", None, 0);
    public static readonly Rule ContextShell = Add("context.shell", None, 0);
    public static readonly Rule ContextAsset = Add("context.asset", None, 0);
    public static readonly Rule ContextRichMarkup = Add("context.rich_markup", None, 0);
    public static readonly Rule ContextEvasion = Add("context.evasion", None, 0);
    public static readonly Rule ContextBase64 = Add("context.base64", None, 0);
    public static readonly Rule ContextHeader = Add("context.header", None, 0);
    public static readonly Rule ContextDocument = Add("context.document", None, 0);
    public static readonly Rule ContextLong = Add("context.long", None, 0);

    /// <summary>All rules, by <see cref="Rule.Index"/>.</summary>
    public static IReadOnlyList<Rule> All => Catalog;

    /// <summary>The rule with this id, or null.</summary>
    public static Rule? Find(string id) => ById.GetValueOrDefault(id);

    private static Rule Add(string id, PayloadClass payloadClass, float prior)
    {
        var rule = new Rule(Catalog.Count, id, payloadClass, prior);
        Catalog.Add(rule);
        ById.Add(id, rule);
        return rule;
    }
}
