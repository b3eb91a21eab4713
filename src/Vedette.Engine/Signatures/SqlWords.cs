namespace Vedette.Engine.Signatures;

/// <summary>What a token of SQL is.</summary>
internal enum SqlToken : byte
{
    None,
    Number,
    String,
    Name,
    Function,
    Comparison,
    Arithmetic,
    Concatenation,
    Logic,
    Union,
    Select,
    Statement,
    From,
    Where,
    OrderBy,
    Having,
    Into,
    Keyword,
    Null,
    Variable,
    OpenParenthesis,
    CloseParenthesis,
    Comma,
    Semicolon,
    Comment,

    /// <summary><c>::text</c>: changes a type, and nothing else.</summary>
    Cast,
    Star,
    Other,
}

/// <summary>The words that SQL gives a meaning to.</summary>
internal static class SqlWords
{
    private static readonly WordTable Words = new(
        ((byte)SqlToken.Logic, "and or xor not"),
        ((byte)SqlToken.Comparison, "like rlike regexp ilike similar sounds glob in between is"),
        ((byte)SqlToken.Arithmetic, "div mod"),
        ((byte)SqlToken.Union, "union intersect except"),
        ((byte)SqlToken.Select, "select"),
        ((byte)SqlToken.Statement, "insert update delete drop alter create truncate exec execute declare waitfor shutdown grant revoke merge replace call begin rename load copy attach pragma handler backup restore use set"),
        ((byte)SqlToken.From, "from"),
        ((byte)SqlToken.Where, "where"),
        ((byte)SqlToken.OrderBy, "order group"),
        ((byte)SqlToken.Having, "having"),
        ((byte)SqlToken.Into, "into"),
        ((byte)SqlToken.Null, "null true false unknown default"),
        ((byte)SqlToken.Keyword, "all distinct distinctrow as by limit offset top case when then else end join inner outer left right natural on using values table database schema view index procedure function trigger exists any some asc desc rownum fetch next only rows collate binary interval escape begin commit rollback if while delay fields terminated outfile dumpfile limit returning partition over"));

    private static readonly WordTable Functions = new(
        (1, "version user database schema current_user session_user system_user concat concat_ws group_concat ascii ord substring substr mid hex unhex "
            + "length char_length len count cast convert ifnull isnull nullif coalesce md5 sha1 sha floor rand sqrt pi load_file conv elt make_set bin oct "
            + "field find_in_set instr locate position lpad rpad ltrim rtrim trim upper lower ucase lcase reverse space strcmp quote row_count last_insert_id "
            + "found_rows connection_id name_const db_name host_name object_id object_name col_name user_name suser_name is_srvrolemember is_member "
            + "serverproperty quotename sys_context to_char to_number nvl decode utl_raw xmltype extract current_database current_schema query_to_xml "
            + "string_agg array_to_string regexp_substring sqlite_version typeof iif biif greatest least max min sum avg bitand json_object json_extract json_arrayagg "
            + "uuid_short cot exp ln pow abs sign row if chr char unicode nchar varchar chr rawtohex replicate repeat "
            + "glob json json_valid json_build_object json_agg json_keys row_to_json likelihood likely unlikely zeroblob soundex lo_get lo_import lo_export lo_from_bytea current_setting pg_read_file pg_ls_dir "
            + "compress uncompress aes_encrypt aes_decrypt des_encrypt encode from_base64 to_base64 str_to_date date_add adddate binary cos sin tan acos asin atan ceil ceiling round truncate mod any_value stddev variance group_concat_ws load_extension xmlelement dbms_pipe.receive_message"));

    private static readonly WordTable CharFunctions = new((1, "char chr nchar unhex varchar2"));
    private static readonly WordTable TimeFunctions = new((1, "sleep benchmark pg_sleep randomblob sleep_for"));

    /// <summary>What a bare word is; <see cref="SqlToken.Name"/> if nothing special.</summary>
    public static SqlToken Classify(ReadOnlySpan<byte> word)
    {
        byte value = Words.Find(word);
        return value == 0 ? SqlToken.Name : (SqlToken)value;
    }

    /// <summary>True for functions, also of a package: <c>dbms_lock.sleep</c>.</summary>
    public static bool IsFunction(ReadOnlySpan<byte> word) => Functions.Find(word) != 0 || word.StartsWith("dbms_"u8) || word.StartsWith("utl_"u8) || word.StartsWith("user_lock."u8);

    /// <summary>True for functions that spell a text by its character codes.</summary>
    public static bool IsCharFunction(ReadOnlySpan<byte> word) => CharFunctions.Find(word) != 0;

    /// <summary>True for functions whose only use in an injection is to take time.</summary>
    public static bool IsTimeFunction(ReadOnlySpan<byte> word) => TimeFunctions.Find(word) != 0 || word.EndsWith("_lock.sleep"u8) || word.EndsWith("dbms_session.sleep"u8) || word.EndsWith("dbms_pipe.receive_message"u8);
}
