using static Vedette.Engine.Tests.Signatures.InspectorFixture;

namespace Vedette.Engine.Tests.Signatures;

/// <summary>Programs, quotations, tables and mails that people paste, beside the attacks that look most like them.</summary>
public class HonestTextTests
{
    [Theory]
    [InlineData("document.getElementById('save').addEventListener('click', (e) => { e.preventDefault(); update(19); });")]
    [InlineData("if (typeof window !== 'undefined' && window.location.hash) { router.push(window.location.pathname); }")]
    [InlineData("$stmt = $pdo->prepare('SELECT * FROM items WHERE id = :id');\n$stmt->execute(['id' => $id]);")]
    [InlineData("if (ptr != NULL && ptr->next == head) { free(ptr); ptr = NULL; }")]
    [InlineData("<?php\nnamespace App\\Models;\n\nclass Account extends Model\n{\n    protected $fillable = ['name', 'coffee'];\n}")]
    [InlineData("const rows = items.filter(x => x.total > 3 && x.name !== '');\nreturn rows.length;")]
    [InlineData("public static void main(String[] args) throws Exception { new Service().run(args[0]); }")]
    [InlineData("def load(path):\n    with open(path) as f:\n        return [line.split(',') for line in f]")]
    public void Programs(string value) => AssertPasses(value);

    [Theory]
    [InlineData("My query: SELECT a.id, b.name FROM orders a JOIN users b ON a.id = b.a_id WHERE b.name LIKE '%kitchen%' ORDER BY 1 -- returns nothing")]
    [InlineData("What's the difference between UNION and UNION ALL? SELECT 1 UNION SELECT 1 gives one row.")]
    [InlineData("Explain this query: SELECT * FROM orders WHERE id = 1 OR 1=1")]
    [InlineData("order by 5 -- by price, or by name?")]
    [InlineData("name~\"^select\" && (total >= 6094 || vip == true)")]
    public void StatementsInSentencesAndFilters(string value) => AssertPasses(value);

    [Theory]
    [InlineData("| host | shell |\n|---|---:|\n| sleep | 7065 |")]
    [InlineData("<https://shop.example/search/8172|eval> deployed: *done*")]
    [InlineData("Subject: coffee (#13)\nFrom: \"Jim\" <jim@shop.example>\nTo: admin@shop.example\nCc: group@shop.example\n\nThanks")]
    [InlineData("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist version=\"1.0\"/>")]
    [InlineData(".items[] | select(.total > 3) | {id, name}")]
    public void TablesLinksMailsAndDocumentTypes(string value) => AssertPasses(value);

    [Fact]
    public void AVerbOfAProtocolIsNoCommand()
    {
        Assert.False(Request(body: "{\"cmd\":\"ping\",\"seq\":2932}").IsAttack);
        Assert.True(Request(body: "{\"cmd\":\"ping -c 3 198.51.100.7; cat /etc/passwd\"}").IsAttack);
    }

    [Theory]
    [InlineData("my friend' union select 1,2 from users -- -")]
    [InlineData("x 'or 'a'='a")]
    [InlineData("x' or ' '=' ")]
    [InlineData("1 union values(1,2,3)")]
    [InlineData("id;select pg_sleep(5)")]
    [InlineData(" ORDER BY 15-- ")]
    [InlineData("1 order by 7#")]
    [InlineData("[$ne]=1")]
    [InlineData("'-print()-'")]
    [InlineData("\" onclick=print()//")]
    [InlineData("127.0.0.1; nslookup x.callback.example")]
    [InlineData("a.txt;/usr/bin/id")]
    [InlineData("garden\nwhoami")]
    [InlineData("O:8:\"stdClass\":1:{s:4:\"exec\";s:2:\"id\";}")]
    [InlineData("a@b.example\nBcc: victim@b.example")]
    [InlineData("<!DOCTYPE a PUBLIC \"-//W3C//A\" \"http://x.example/a.dtd\"><a/>")]
    [InlineData("']|//password|//a['")]
    public void AttacksBesideThem(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("next=//attacker.example")]
    [InlineData("redirect=%5C%5Cattacker.example")]
    [InlineData("redirect_uri=https://good.example@attacker.example/")]
    [InlineData("url=http://0/admin")]
    [InlineData("url=http://127.0.0.1:6379/")]
    [InlineData("__proto__[isAdmin]=1")]
    [InlineData("constructor[prototype][role]=admin")]
    public void Parameters(string query)
    {
        Assert.True(Query(query).IsAttack, query);
        Assert.True(Request(body: query).IsAttack, query);
    }

    [Fact]
    public void NamesOfCookiesAndKeysAreReadToo()
    {
        Assert.True(Request(cookies: "shoes' or 1=1-- -").IsAttack);
        Assert.True(Request(body: "{\"constructor\":{\"prototype\":{\"isAdmin\":true}}}").IsAttack);
    }

    [Fact]
    public void OddityRanksWhatNoRuleKnowsAndDecidesNothing()
    {
        var plain = Value("blue garden");
        var odd = Value("~[b]^{c}<>");
        Assert.True(odd.Oddity > plain.Oddity);
        Assert.InRange(odd.Oddity, 0, 0.05f);
        Assert.Equal(0, Request("/about").Oddity);
    }

    [Fact]
    public void FragmentsOfAttacksInAnyOrderNeverThrow()
    {
        string[] pieces = ["' or ", "1=1", "--", "<script", ">", "alert(", ")", "`", "$(", "${", "jndi:", "{{", "}}", "../", "%2e", ";", "|", "cat ", "/etc/passwd", "union ", "select ", "\n", "\r\n", "Bcc: a@b", "http://", "@", "[::1]",
            "<!DOCTYPE ", "<!ENTITY ", "\"", "\\", "\\u003c", "&#x3c;", "{\"$ne\":", ")(uid=*", "(", "/*", "*/", "é", "\0", "\ud83d", "=", "|-|-\n", "O:1:\"", "function(", "=> {", "a"];
        var random = new Vedette.ML.SeededRandom(5);
        for (int round = 0; round < 4000; round++)
        {
            var text = new System.Text.StringBuilder();
            for (int i = random.Next(12); i >= 0; i--) text.Append(pieces[random.Next(pieces.Length)]);
            string value = text.ToString();
            Assert.InRange(Request("/" + value, value, value, value, value, value, value).Score, 0, 1);
        }
    }

    private static void AssertPasses(string value)
    {
        Assert.False(Value(value).IsAttack, $"as a parameter: {Value(value).Score} {Value(value).Classes}");
        Assert.False(Request(body: System.Text.Json.JsonSerializer.Serialize(new { text = value })).IsAttack, "in JSON");
    }
}
