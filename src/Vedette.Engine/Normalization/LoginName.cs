using System.Text;

namespace Vedette.Engine.Normalization;

/// <summary>Finds the account name in a login request: a form or JSON field of the body, or a parameter of the query, with one of the usual names.</summary>
internal static class LoginName
{
    private const int MaxBody = 4096;
    private const int MaxName = 128;

    /// <summary>True if <paramref name="body"/> holds a name; it is given as sent, still encoded.</summary>
    public static bool Find(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (body.IsEmpty) return false;
        if (body.Length > MaxBody) body = body[..MaxBody];
        if (!body.TrimStart(" \r\n\t"u8).StartsWith("{"u8)) return FindInForm(body, out name);
        while (!body.IsEmpty)
        {
            int end = NextQuote(body);
            ReadOnlySpan<byte> part = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (IsNameField(part) && TryReadJsonValue(body, out name)) return true;
        }
        return false;
    }

    /// <summary>As <see cref="Find"/>, in pairs parted by <c>&amp;</c>.</summary>
    public static bool FindInForm(ReadOnlySpan<byte> form, out ReadOnlySpan<byte> name)
    {
        name = default;
        foreach (Range range in form.Split((byte)'&'))
            if (TryReadPair(form[range], out name)) return true;
        return false;
    }

    /// <summary>True if a parameter of the query is a password and not empty.</summary>
    public static bool HasPassword(ReadOnlySpan<byte> query)
    {
        foreach (Range range in query.Split((byte)'&'))
        {
            ReadOnlySpan<byte> pair = query[range];
            int equals = pair.IndexOf((byte)'=');
            if (equals > 0 && equals < pair.Length - 1 && IsPasswordField(pair[..equals])) return true;
        }
        return false;
    }

    private static int NextQuote(ReadOnlySpan<byte> text) => text.IndexOf((byte)'"');

    private static bool TryReadPair(ReadOnlySpan<byte> pair, out ReadOnlySpan<byte> value)
    {
        value = default;
        int equals = pair.IndexOf((byte)'=');
        if (equals <= 0 || !IsNameField(pair[..equals])) return false;
        value = Bounded(pair[(equals + 1)..]);
        return !value.IsEmpty;
    }

    /// <summary>What follows a field's closing quote: a colon, blanks, and a string.</summary>
    private static bool TryReadJsonValue(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> value)
    {
        value = default;
        text = text.TrimStart(" \t\r\n"u8);
        if (!text.StartsWith(":"u8)) return false;
        text = text[1..].TrimStart(" \t\r\n"u8);
        if (!text.StartsWith("\""u8)) return false;
        text = text[1..];
        int end = NextQuote(text);
        value = Bounded(end < 0 ? text : text[..end]);
        return !value.IsEmpty;
    }

    private static bool IsNameField(ReadOnlySpan<byte> field) =>
        field.SequenceEqual("username"u8) || field.SequenceEqual("user"u8) || field.SequenceEqual("login"u8) || field.SequenceEqual("email"u8) || field.SequenceEqual("log"u8)
        || field.SequenceEqual("userName"u8) || field.SequenceEqual("user_name"u8) || field.SequenceEqual("user_login"u8) || field.SequenceEqual("userid"u8) || field.SequenceEqual("user_id"u8)
        || field.SequenceEqual("account"u8) || field.SequenceEqual("uname"u8) || field.SequenceEqual("j_username"u8) || field.SequenceEqual("identifier"u8) || field.SequenceEqual("phone"u8);

    private static bool IsPasswordField(ReadOnlySpan<byte> field) =>
        Ascii.EqualsIgnoreCase(field, "password"u8) || Ascii.EqualsIgnoreCase(field, "passwd"u8) || Ascii.EqualsIgnoreCase(field, "pass"u8) || Ascii.EqualsIgnoreCase(field, "pwd"u8)
        || Ascii.EqualsIgnoreCase(field, "pw"u8) || Ascii.EqualsIgnoreCase(field, "passphrase"u8) || Ascii.EqualsIgnoreCase(field, "pin"u8) || Ascii.EqualsIgnoreCase(field, "j_password"u8);

    private static ReadOnlySpan<byte> Bounded(ReadOnlySpan<byte> name) => name.Length > MaxName ? name[..MaxName] : name;
}
