namespace Vedette.Engine.Signatures;

/// <summary>What an attack payload tries to do. Names as incident types: see <see cref="PayloadClassNames"/>.</summary>
/// <remarks>
/// XPath injection counts as <see cref="SqlInjection"/> (both break out of a query literal); unsafe deserialization, prototype pollution and
/// injected PHP, Java, Node or Python code count as <see cref="CommandInjection"/>; redirects to foreign hosts by malformed URLs as
/// <see cref="Ssrf"/>; server-side includes as <see cref="TemplateInjection"/>; injected mail headers as <see cref="CrlfInjection"/>.
/// </remarks>
public enum PayloadClass : byte
{
    None,
    SqlInjection,
    Xss,
    PathTraversal,
    FileInclusion,
    CommandInjection,
    TemplateInjection,
    LdapInjection,
    NosqlInjection,
    Xxe,
    Ssrf,
    Log4Shell,
    HttpSmuggling,
    CrlfInjection,

    /// <summary>A probe: a file nobody links to, an exploit's path, a scanner's name.</summary>
    Scanner,
}

/// <summary>A set of <see cref="PayloadClass"/>: bit n stands for the class numbered n.</summary>
[Flags]
public enum PayloadClasses
{
    None = 0,
    SqlInjection = 1 << PayloadClass.SqlInjection,
    Xss = 1 << PayloadClass.Xss,
    PathTraversal = 1 << PayloadClass.PathTraversal,
    FileInclusion = 1 << PayloadClass.FileInclusion,
    CommandInjection = 1 << PayloadClass.CommandInjection,
    TemplateInjection = 1 << PayloadClass.TemplateInjection,
    LdapInjection = 1 << PayloadClass.LdapInjection,
    NosqlInjection = 1 << PayloadClass.NosqlInjection,
    Xxe = 1 << PayloadClass.Xxe,
    Ssrf = 1 << PayloadClass.Ssrf,
    Log4Shell = 1 << PayloadClass.Log4Shell,
    HttpSmuggling = 1 << PayloadClass.HttpSmuggling,
    CrlfInjection = 1 << PayloadClass.CrlfInjection,
    Scanner = 1 << PayloadClass.Scanner,
}

/// <summary>Names of <see cref="PayloadClass"/>, the same as the incident types.</summary>
public static class PayloadClassNames
{
    private static readonly string[] Names =
    [
        "none", "sql_injection", "xss", "path_traversal", "file_inclusion", "command_injection", "template_injection", "ldap_injection",
        "nosql_injection", "xxe", "ssrf", "log4shell", "http_smuggling", "crlf_injection", "scanner",
    ];

    /// <summary>Number of classes, <see cref="PayloadClass.None"/> included.</summary>
    public const int Count = (int)PayloadClass.Scanner + 1;

    /// <summary>The incident type: <c>sql_injection</c>.</summary>
    public static string Name(this PayloadClass payloadClass) => Names[(int)payloadClass];

    /// <summary>The set that holds <paramref name="payloadClass"/> alone; empty for <see cref="PayloadClass.None"/>.</summary>
    public static PayloadClasses AsSet(this PayloadClass payloadClass) =>
        payloadClass == PayloadClass.None ? PayloadClasses.None : (PayloadClasses)(1 << (int)payloadClass);

    /// <summary>The class with this name, or <see cref="PayloadClass.None"/>.</summary>
    public static PayloadClass Parse(string name) => (PayloadClass)Math.Max(0, Array.IndexOf(Names, name));
}
