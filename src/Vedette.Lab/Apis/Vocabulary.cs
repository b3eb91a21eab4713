using Vedette.Lab.Simulation;

namespace Vedette.Lab.Apis;

/// <summary>What people type and link. Much of it looks like code to a careless detector.</summary>
internal static class Vocabulary
{
    private const string Base64UrlDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly string[] Adjectives =
    [
        "red", "small", "wireless", "organic", "vintage", "steel", "folding", "quiet", "heavy", "light", "winter", "summer", "kids", "men's", "women's", "children's",
        "waterproof", "used", "cheap", "best", "large", "blue", "green", "black", "leather", "wooden", "electric", "solar", "portable", "double", "slim", "warm",
    ];

    private static readonly string[] Nouns =
    [
        "jacket", "lamp", "table", "union jack mug", "drop earrings", "coffee grinder", "shelf", "keyboard", "bike helmet", "tent", "notebook", "running shoes", "desk", "curtain",
        "charger", "headphones", "backpack", "teapot", "rug", "mirror", "guitar strings", "usb-c hub", "sofa", "drill set", "knife block", "script font poster", "alert sounds cd",
        "window blinds", "garden hose", "order book", "insert cutter", "pillow", "monitor arm", "phone case", "water bottle", "yoga mat", "camera", "board game", "blanket", "fan",
    ];

    private static readonly string[] Oddities =
    [
        "O'Brien", "d'Artagnan", "L'Oréal", "Müller & Söhne", "São Paulo", "東京 ラーメン", "кофе", "crème brûlée", "50% off", "c++ & c#", "AT&T", "rock 'n' roll", "1+1=2",
        "size > 40", "under <£20>", "what is love?", "\"exact match\"", "a;b;c list", "node.js/express", "../ meaning", "{\"color\":\"red\"}", "price=10..20", "won't turn on", "O'Neill's 1/2\" pipe",
        "user@example.com", "https://example.org/a?b=c&d=e", "100% cotton -- soft", "(new) [2026]", "tom & jerry's", "select all", "%", "--", "'", "ñandú", "🎁 gifts", "Łódź", "d’angelo",
    ];

    private static readonly string[] CodeTopics =
    [
        "how to SELECT from two tables with UNION", "sql injection explained", "DROP TABLE vs TRUNCATE", "select * from users where id = 1", "INSERT INTO ... ON CONFLICT", "what does ' OR 1=1 do",
        "preventing <script> in comments", "javascript alert() not working", "bash && vs ;", "cat /etc/hosts permission denied", "../ in include path", "ldap filter (&(objectClass=user))",
        "xml entities &amp; doctype", "jinja2 {{ variable }} escaping", "ORDER BY 1 DESC meaning", "exec xp_cmdshell disabled", "regex ^[a-z]+$", "document.cookie httpOnly",
        "union all select performance", "having count(*) > 1", "sleep() in php", "where clause and 1=1", "curl http://localhost:8080", "${jndi} log4j fix",
    ];

    private static readonly string[] TopicContexts =
    [
        "", "", "", " example", " in postgres", " in mysql 8", " python", " error", " not working", " vs nosql", " tutorial", " java", " 2026", " explained", " for beginners", " best practice", " (part 2)", "?",
    ];

    private static readonly string[] Remarks =
    [
        "Great read, thank you!", "I don't think that's right: 1 < 2 && 3 > 2.", "It's the union of both; select the second one.", "Works for me (v2.1) -- thanks O'Brien", "Why not <b>both</b>?",
        "See https://example.org/docs?id=3#top", "Please drop the table from the figure", "Très bien !", "Delivery to 5 O'Connell St.; ring twice", "\"Best\" price? 10% off & free shipping", "ok", "+1",
    ];

    private static readonly string[] SlugWords =
    [
        "guide", "how", "to", "select", "the", "best", "winter", "coffee", "from", "where", "union", "street", "market", "news", "update", "release", "notes", "interview", "with", "script",
        "design", "travel", "insert", "table", "garden", "review", "top", "ten", "ideas", "for", "small", "rooms", "and", "or", "why", "we", "like", "cloud", "data", "drop", "order", "by",
        "water", "light", "city", "food", "history", "science", "music", "art", "open", "source", "team", "work", "remote", "life", "green", "energy", "future", "past", "exec", "summary", "alert", "system",
    ];

    private static readonly string[] EncodedOddities = [.. Oddities.Select(Encode)];
    private static readonly string[] EncodedTopics = [.. CodeTopics.Select(Encode)];
    private static readonly string[] EncodedAdjectives = [.. Adjectives.Select(Encode)];
    private static readonly string[] EncodedNouns = [.. Nouns.Select(Encode)];

    public static readonly string[] LinkPaths = ["account", "checkout/return", "news/2026", "orders", "share", "docs/start", "c/sale"];

    public static readonly string[] JsonFilters =
    [
        .. new[]
        {
            """{"status":"open"}""", """{"price":{"lte":50},"color":["red","blue"]}""", """{"q":"O'Brien","exact":false}""", """[{"field":"created","op":">","value":"2026-01-01"}]""",
            """{"and":[{"tag":"new"},{"stock":true}]}""", """{"owner":"me"}""", """{"range":[0,24]}""", """{"name":{"contains":"select"}}""",
        }.Select(Uri.EscapeDataString),
    ];

    public static readonly string[] Campaigns = ["newsletter", "spring_sale", "social", "partner-17", "qr%20poster", "retarget", "app_push"];

    /// <summary>A search phrase, percent-encoded: mostly ordinary words, sometimes names, other scripts, symbols or code.</summary>
    public static string Phrase(World world)
    {
        var random = world.Random;
        double u = random.Uniform();
        if (u < 0.06) return random.Pick(EncodedOddities);
        if (u < 0.06 + world.CodeTopicShare) return random.Pick(EncodedTopics) + Encode(random.Pick(TopicContexts));
        if (u < 0.35) return random.Pick(EncodedNouns);
        string phrase = $"{random.Pick(EncodedAdjectives)}+{random.Pick(EncodedNouns)}";
        return u < 0.85 ? phrase : $"{phrase}+{random.Between(2, 2000)}";
    }

    /// <summary>A sentence somebody posts, as JSON string content.</summary>
    public static string Comment(World world)
    {
        string text = world.Random.Chance(world.CodeTopicShare * 2) ? world.Random.Pick(CodeTopics) : world.Random.Pick(Remarks);
        return text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    /// <summary>Percent-encodes as a browser's form does: space becomes +.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    public static void AppendSlug(TextBuffer text, long index)
    {
        ulong mixed = RandomSource.Mix((ulong)index + 77);
        int words = 3 + (int)(mixed % 4);
        for (int i = 0; i < words; i++)
        {
            mixed = RandomSource.Mix(mixed + 1);
            text.Append(SlugWords[mixed % (ulong)SlugWords.Length]);
            text.Append('-');
        }
        text.Append(index);
    }

    public static void AppendBase64Url(TextBuffer text, ulong mixed, int digits)
    {
        for (int i = 0; i < digits; i++)
        {
            if (i % 10 == 9) mixed = RandomSource.Mix(mixed + 1);
            text.Append(Base64UrlDigits[(int)(mixed >> (i % 10 * 6)) & 63]);
        }
    }
}
