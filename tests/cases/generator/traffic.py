"""Ordinary traffic of a small web shop with an API, and the log formats it can be written in."""

import datetime
import gzip
import json
import random
import urllib.parse

START = datetime.datetime(2026, 3, 10, 9, 0, 0, tzinfo=datetime.timezone.utc).timestamp()

BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.%d Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/%d.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:%d.0) Gecko/20100101 Firefox/%d.0",
]
WORDS = ["lamp", "oak table", "desk", "bed linen", "wool rug", "mirror", "garden chair", "shelf", "curtain", "kettle", "green sofa", "cup & saucer", "children's bed"]
FIRST = ["mia", "noah", "emma", "liam", "olga", "pavel", "lucia", "tom", "aiko", "jan", "sara", "ben", "ines", "karl", "nora", "ravi", "zoe", "paul", "lena", "omar"]
LAST = ["wong", "meyer", "silva", "novak", "khan", "berg", "rossi", "dubois", "smith", "okafor", "lind", "haas", "moreau", "kim", "costa"]


def browser(rng):
    agent = rng.choice(BROWSERS)
    version = rng.randint(0, 6) if "17.%d" in agent or "17_%d" in agent else rng.randint(115, 131)
    return agent % ((version,) * agent.count("%d"))


def person(number):
    return f"{FIRST[number % len(FIRST)]}.{LAST[number // len(FIRST) % len(LAST)]}{number // (len(FIRST) * len(LAST)) or ''}"


def honest_address(number):
    """Addresses of honest clients: a documentation network, and every eighth over IPv6."""
    if number % 8 == 7:
        return f"2001:db8:{number:x}::{number * 37 % 4096:x}"
    return f"198.51.100.{number % 254 + 1}" if number < 254 else f"192.0.2.{number % 254 + 1}"


class Log:
    """Requests in any order; written sorted by time."""

    def __init__(self, seed, start=START):
        self.rng = random.Random(seed)
        self.start = start
        self.rows = []

    def add(self, second, ip, agent, method, target, status, size=None, millis=None, **more):
        """One request, `second` seconds after the log's start. `more`: referer, user, session, api_key, body, headers, forwarded."""
        rng = self.rng
        path, _, query = target.partition("?")
        self.rows.append({
            "time": self.start + second, "ip": ip, "agent": agent, "method": method, "path": path, "query": query, "status": status,
            "size": size if size is not None else (rng.randint(120, 600) if status >= 300 else rng.randint(900, 9000)),
            "millis": millis if millis is not None else max(1, int(rng.lognormvariate(3.2, 0.6))), **more,
        })

    def sorted(self):
        """What falls into the log's time, in the order of writing; a row with `place` stands where that second is."""
        rows = [row for row in self.rows if row["time"] >= self.start]
        return sorted(rows, key=lambda row: (self.start + row["place"] if "place" in row else row["time"], row["ip"], row["path"]))


class Shop:
    """The shop's honest clients. Pages bring their assets, one login in eight fails, people pause between pages."""

    def __init__(self, log, minutes, names_people=False):
        self.log = log
        self.minutes = minutes
        self.names_people = names_people

    def people(self, count, first=0, pages=(4, 16), since=0.0, until=None, address=None):
        """`count` visitors who arrive evenly between two minutes."""
        until = self.minutes if until is None else until
        for number in range(first, first + count):
            # Some are in the middle of their visit when the log begins, and some when it ends.
            arrival = self.log.rng.uniform(since * 60 - (120 if since == 0 else 0), until * 60)
            self.visit(number, arrival, self.log.rng.randint(*pages), address or honest_address(number), until * 60)

    def visit(self, number, second, pages, ip, end):
        rng, agent = self.log.rng, browser(self.log.rng)
        user = None
        self.page(second, ip, agent, "/", assets=3)
        for _ in range(pages):
            second += 2 + rng.expovariate(1 / 12)
            if second > end:
                return
            kind = rng.random()
            if kind < 0.3:
                self.page(second, ip, agent, f"/products/{rng.randint(1, 900)}", assets=rng.randint(1, 3), user=user)
            elif kind < 0.45:
                self.page(second, ip, agent, f"/products?page={rng.randint(1, 9)}", assets=rng.randint(1, 4), user=user)
            elif kind < 0.6:
                self.page(second, ip, agent, "/search?" + urllib.parse.urlencode({"q": rng.choice(WORDS)}), assets=rng.randint(0, 3), user=user)
            elif kind < 0.7:
                self.request(second, ip, agent, "POST", "/cart/items", 201, user=user)
                self.page(second + 0.4, ip, agent, "/cart", assets=1, user=user)
            elif kind < 0.78:
                self.page(second, ip, agent, rng.choice(["/about", "/shipping", "/stores", "/contact"]), assets=1, user=user)
            elif kind < 0.9 and user is None:
                second, user = self.login(second, ip, agent, person(number))
            elif user is not None:
                self.page(second, ip, agent, "/account/orders", assets=1, user=user)
                if rng.random() < 0.6:
                    self.page(second + 5, ip, agent, f"/account/orders/{70000 + number * 13}", assets=0, user=user)
            else:
                self.page(second, ip, agent, "/favorites", assets=1)

    def login(self, second, ip, agent, user, failures=None):
        """The form, perhaps a typo or two, and in."""
        rng = self.log.rng
        self.page(second, ip, agent, "/login", assets=1)
        failures = failures if failures is not None else (rng.choice([1, 1, 2]) if rng.random() < 0.13 else 0)
        for _ in range(failures):
            second += rng.uniform(6, 20)
            self.request(second, ip, agent, "POST", "/login", 401, size=rng.randint(1500, 1600), user=user)
        second += rng.uniform(6, 20)
        self.request(second, ip, agent, "POST", "/login", 302, size=0, user=user)
        self.page(second + 0.3, ip, agent, "/account", assets=2, user=user)
        return second + 0.3, user

    def page(self, second, ip, agent, target, assets=0, user=None, status=200):
        self.request(second, ip, agent, "GET", target, status, user=user)
        files = ["/static/app.css", "/static/app.js", "/static/logo.svg", f"/img/p{self.log.rng.randint(1, 400)}.jpg"]
        for asset in self.log.rng.sample(files, assets):
            self.log.add(second + self.log.rng.uniform(0.05, 0.6), ip, agent, "GET", asset, 200, size=self.log.rng.randint(2000, 60000), millis=self.log.rng.randint(1, 8))

    def request(self, second, ip, agent, method, target, status, user=None, **more):
        if self.names_people and user:
            more["user"] = user
        self.log.add(second, ip, agent, method, target, status, **more)

    def machines(self, partner=True):
        """A monitor, a crawler, and a partner's program, as every shop has them."""
        rng = self.log.rng
        for second in range(5, self.minutes * 60, 60):
            self.log.add(second, "192.0.2.200", "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "HEAD", "/health", 200, size=0, millis=2)
        second = 20.0
        while second < self.minutes * 60:
            target = "/robots.txt" if second < 60 else f"/products/{rng.randint(1, 900)}"
            self.log.add(second, "192.0.2.66", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "GET", target, 200)
            second += rng.uniform(30, 120)
        if partner:
            for second in range(40, self.minutes * 60, 120):
                self.log.add(second, "192.0.2.90", "AcmeStock/2.1", "GET", "/api/v1/stock", 200, api_key="ak_9f31b07c55")


def _target(row):
    return row["path"] + ("?" + row["query"] if row["query"] else "")


def _clf(row, referer_and_agent):
    time = datetime.datetime.fromtimestamp(row["time"], datetime.timezone.utc).strftime("%d/%b/%Y:%H:%M:%S +0000")
    line = f'{row["ip"]} - {row.get("user") or "-"} [{time}] "{row["method"]} {_target(row)} HTTP/1.1" {row["status"]} {row["size"]}'
    return line + (f' "{row.get("referer", "-")}" "{row["agent"]}"' if referer_and_agent else "")


def _iso(row):
    time = datetime.datetime.fromtimestamp(round(row["time"], 3), datetime.timezone.utc)
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def _json(row):
    record = {"timestamp": _iso(row), "client_ip": row["ip"], "method": row["method"], "path": row["path"]}
    if row["query"]:
        record["query"] = row["query"]
    record |= {"status": row["status"], "duration_ms": row["millis"], "response_bytes": row["size"], "user_agent": row["agent"]}
    record |= {key: row[key] for key in ("user", "session", "api_key", "referer", "body", "headers") if row.get(key)}
    return json.dumps(record, separators=(",", ":"))


def _nginx_json(row):
    return json.dumps({
        "time_iso8601": _iso(row).replace("Z", "+00:00"), "remote_addr": row["ip"], "remote_user": row.get("user") or "", "request": f'{row["method"]} {_target(row)} HTTP/1.1',
        "status": str(row["status"]), "body_bytes_sent": str(row["size"]), "request_time": f'{row["millis"] / 1000:.3f}',
        "http_referrer": row.get("referer", ""), "http_user_agent": row["agent"]}, separators=(",", ":"))


def _w3c(row):
    time = datetime.datetime.fromtimestamp(row["time"], datetime.timezone.utc)
    agent = row["agent"].replace(" ", "+") or "-"
    return (f'{time:%Y-%m-%d} {time:%H:%M:%S} 10.0.0.4 {row["method"]} {row["path"]} {row["query"] or "-"} 443 {row.get("user") or "-"} {row["ip"]} {agent} '
            f'{row.get("referer", "-")} {row["status"]} 0 0 {row["size"]} {row["millis"]}')


W3C_HEAD = ("#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n"
            "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes time-taken\n")

FORMATS = {
    "combined": ("access.log", "", lambda row: _clf(row, True)),
    "combined_time": ("access.log", "", lambda row: _clf(row, True) + f' rt={row["millis"] / 1000:.3f}'),
    "combined_vhost": ("access.log", "", lambda row: "shop.example.org:443 " + _clf(row, True)),
    "combined_forwarded": ("access.log", "", lambda row: _clf(row | {"ip": row.get("proxy", row["ip"])}, True) + f' "{row.get("forwarded", row["ip"])}"'),
    "common": ("access.log", "", lambda row: _clf(row, False)),
    "common_time": ("access.log", "", lambda row: _clf(row, False) + f' {row["millis"] * 1000 + 137}'),
    "json": ("access.json", "", _json),
    "nginx_json": ("access.json", "", _nginx_json),
    "w3c": ("access.log", W3C_HEAD, _w3c),
}
LARGEST_PLAIN = 110_000


def write(folder, log, form):
    """Writes the log; a large one compressed. Compression has no time stamp, so that the same traffic gives the same bytes."""
    name, head, line = FORMATS[form]
    text = (head + "".join(line(row) + "\n" for row in log.sorted())).encode()
    if len(text) <= LARGEST_PLAIN:
        (folder / name).write_bytes(text)
    else:
        with open(folder / (name + ".gz"), "wb") as file, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=0) as packed:
            packed.write(text)
