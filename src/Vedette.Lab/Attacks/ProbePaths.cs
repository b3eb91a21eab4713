namespace Vedette.Lab.Attacks;

/// <summary>What scanners ask for that no visitor does.</summary>
internal static class ProbePaths
{
    private static readonly string[] Files =
    [
        "/.env", "/.git/config", "/.git/HEAD", "/.svn/entries", "/.aws/credentials", "/.ssh/id_rsa", "/.DS_Store", "/.htpasswd", "/wp-config.php.bak", "/config.php~", "/config.yml", "/backup.zip", "/backup.sql",
        "/db.sql.gz", "/dump.sql", "/phpinfo.php", "/info.php", "/test.php", "/shell.php", "/server-status", "/server-info", "/actuator/env", "/actuator/heapdump", "/actuator/health", "/jolokia/list", "/manager/html",
        "/phpmyadmin/index.php", "/pma/", "/adminer.php", "/administrator/", "/admin/login.php", "/console/", "/solr/admin/info/system", "/_cat/indices", "/_search", "/api/swagger.json", "/v2/api-docs", "/openapi.json",
        "/graphql", "/graphiql", "/.well-known/security.txt", "/crossdomain.xml", "/elmah.axd", "/trace.axd", "/web.config", "/WEB-INF/web.xml", "/cgi-bin/test.cgi", "/cgi-bin/status", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
        "/HNAP1/", "/boaform/admin/formLogin", "/owa/auth/logon.aspx", "/autodiscover/autodiscover.xml", "/ecp/Current/exporttool/", "/remote/login", "/vpn/index.html", "/struts/webconsole.html", "/invoker/readonly",
        "/hudson/script", "/jenkins/login", "/nagios/", "/zabbix/", "/telescope/requests", "/_ignition/execute-solution", "/laravel/.env", "/storage/logs/laravel.log", "/debug/default/view", "/.vscode/sftp.json", "/docker-compose.yml",
        "/Dockerfile", "/.npmrc", "/package.json", "/composer.lock", "/id_rsa", "/server.key", "/credentials.json", "/users.csv", "/old/", "/new/", "/test/", "/dev/", "/staging/", "/beta/", "/bak/", "/tmp/", "/private/", "/secret/",
    ];

    private static readonly string[] Words =
    [
        "admin", "internal", "debug", "users", "user", "accounts", "config", "settings", "export", "backup", "logs", "metrics", "health", "status", "private", "keys", "tokens", "auth", "oauth", "sessions", "files", "upload", "uploads",
        "download", "reports", "billing", "payments", "orders", "invoices", "customers", "roles", "permissions", "groups", "teams", "audit", "events", "jobs", "queue", "cache", "flush", "restart", "shutdown", "env", "dump", "graphql", "search",
        "webhooks", "hooks", "test", "ping", "version", "info", "docs", "swagger", "schema", "sql", "query", "exec", "run", "tasks", "cron", "mail", "smtp", "sms", "notify", "feature-flags", "flags", "experiments", "tenants", "org", "me",
    ];

    private static readonly string[] Prefixes = ["/api/", "/api/v1/", "/api/v2/", "/v1/", "/v2/", "/v3/", "/internal/", "/admin/", "/rest/", "/api/internal/", "/api/admin/", "/private/api/"];

    public static readonly string[] Methods = ["HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "DEBUG", "POST", "CONNECT", "TRACK"];

    /// <summary>Request lines that are no HTTP, as a server logs them.</summary>
    public static readonly string[] Garbage =
    [
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "\u0003\u0000\u0000/*\u00e0\u0000\u0000\u0000\u0000\u0000Cookie: mstshash=Administr", "-", "SSH-2.0-Go", "GET /", "\u0000", "OPTIONS sip:nm SIP/2.0", "help", "*1\\r\\n$4\\r\\nPING",
        "EHLO probe", "\u0016\u0003\u0001\u0000\u00ee\u0001\u0000\u0000\u00ea\u0003\u0003",
    ];

    public static string File(int number) => number % 400 < Files.Length ? Files[number % 400] : $"{Prefixes[number % 7]}{Words[number % Words.Length]}{(number % 3 == 0 ? ".php" : number % 3 == 1 ? "/" : ".bak")}";

    /// <summary>A guess at an undocumented endpoint.</summary>
    public static string Endpoint(int number)
    {
        string word = Words[number % Words.Length];
        string prefix = Prefixes[number / Words.Length % Prefixes.Length];
        return number % 5 == 4 ? $"{prefix}{word}/{Words[number * 7 % Words.Length]}" : prefix + word;
    }
}
