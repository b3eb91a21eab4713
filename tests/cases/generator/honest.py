"""Cases of honest traffic that looks alarming at first sight and must raise nothing."""

import urllib.parse
import uuid

from attacks import background, case, flights, known_victim, reports
from traffic import FIRST, Log, browser, honest_address, person

GATEWAY = "192.0.2.10"


@case("combined")
def honest_quiet_day():
    log, _ = background(201, minutes=60, people=30)
    return log, []


@case("combined")
def honest_nat_gateway():
    """An office of 240 people behind one address; one login in six has a typo."""
    log, shop = background(202, minutes=60, people=10)
    for number in range(240):
        second = log.rng.uniform(60, 3000)
        shop.login(second, GATEWAY, browser(log.rng), person(number), failures=log.rng.choice([0, 0, 0, 0, 0, 1, 1, 2]))
        shop.visit(number, second + 60, log.rng.randint(1, 5), GATEWAY, 3600)
    return log, []


@case("json")
def honest_nat_gateway_with_users():
    log, shop = background(203, minutes=60, people=10, names_people=True)
    for number in range(200):
        second = log.rng.uniform(60, 3000)
        agent = browser(log.rng)
        second, user = shop.login(second, GATEWAY, agent, person(number), failures=log.rng.choice([0, 0, 0, 0, 0, 1, 1, 2]))
        for _ in range(log.rng.randint(2, 8)):
            second += 3 + log.rng.expovariate(1 / 15)
            shop.page(second, GATEWAY, agent, f"/account/orders/{90000 + number * 7 + log.rng.randint(0, 2)}", assets=1, user=user)
    return log, []


@case("json")
def honest_nightly_batch():
    """A partner's program brings orders and asks for prices at two in the night, as fast as it is answered."""
    log, _ = background(204, minutes=60, people=14)
    second = 1500.0
    for number in range(1400):
        second += log.rng.uniform(0.3, 0.7)
        if number % 3:
            log.add(second, "192.0.2.91", "PartnerSync/4.2 (batch)", "GET", f"/api/v1/prices/SKU-{log.rng.randint(10000, 99999)}", 200, api_key="ak_77e0d1f4aa")
        else:
            log.add(second, "192.0.2.91", "PartnerSync/4.2 (batch)", "POST", "/api/v1/orders/import", 202, api_key="ak_77e0d1f4aa")
    return log, []


@case("combined_time")
def honest_health_checks():
    log, _ = background(205, people=14)
    agents = [("10.0.3.1", "kube-probe/1.29", "/healthz", 2), ("10.0.3.2", "ELB-HealthChecker/2.0", "/health", 5), ("10.0.3.3", "Prometheus/2.51.0", "/metrics", 15), ("192.0.2.210", "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", "/", 30)]
    for ip, agent, path, every in agents:
        for second in range(1, 1800, every):
            log.add(second + 0.1, ip, agent, "GET", path, 200, size=40, millis=1)
    return log, []


@case("combined")
def honest_crawler():
    """Reads robots.txt, then a page every three seconds; some links are dead."""
    log, _ = background(206, minutes=40, people=16)
    agent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    log.add(30, "192.0.2.67", agent, "GET", "/robots.txt", 200)
    second = 33.0
    for number in range(600):
        second += log.rng.uniform(2, 5)
        dead = log.rng.random() < 0.06
        log.add(second, "192.0.2.67", agent, "GET", f"/old-offers/{log.rng.choice(FIRST)}-{number}" if dead else f"/products/{number + 1}", 404 if dead else 200)
    return log, []


@case("json")
def honest_authorised_export():
    """A program with a key of its own walks through all customers, as ordered; nothing is refused."""
    log, _ = background(207, minutes=40, people=16)
    second = 300.0
    for number in range(900):
        second += log.rng.uniform(0.5, 1.2)
        log.add(second, "192.0.2.92", "crm-export/1.8", "GET", f"/api/v1/customers/{number + 1}", 200, api_key="ak_5c2be9c1d0")
    return log, []


@case("combined")
def honest_flash_crowd():
    """A newsletter goes out: eight times the visitors within minutes, all on one offer."""
    log, shop = background(208, minutes=60, people=80)
    for number in range(400):
        second = 2400 + log.rng.triangular(0, 1000, 120)
        ip, agent = honest_address(300 + number) if number % 2 else f"192.0.2.{number % 60 + 120}", browser(log.rng)
        shop.page(second, ip, agent, "/offers/spring?utm_source=newsletter&utm_campaign=spring", assets=3)
        for _ in range(log.rng.randint(0, 4)):
            second += 4 + log.rng.expovariate(1 / 10)
            shop.page(second, ip, agent, f"/products/{log.rng.randint(100, 130)}", assets=2)
    return log, []


@case("combined_time")
def honest_slow_crowd():
    """A campaign brings ever more visitors for twenty minutes; every page takes longer by as much, and longer again for the last ones, but all are served."""
    log, shop = background(211, minutes=120, people=420)
    for number in range(900):
        second = 80 * 60 + log.rng.triangular(0, 2000, 1300)
        ip, agent = honest_address(500 + number) if number % 2 else f"192.0.2.{number % 60 + 120}", browser(log.rng)
        shop.page(second, ip, agent, "/offers/autumn", assets=3)
        for _ in range(log.rng.randint(1, 5)):
            second += 4 + log.rng.expovariate(1 / 10)
            shop.page(second, ip, agent, f"/products/{log.rng.randint(100, 130)}", assets=2)
    for row in log.rows:
        age = (row["time"] - log.start - 80 * 60) / 1300
        if 0 <= age < 2:
            row["millis"] = int(row["millis"] * (1 + 2.5 * (1 - abs(1 - age))))
    return log, []


@case("combined_time")
def honest_deploy_blip():
    """Thirty seconds of 502 and 503 while a new version starts, and slow answers while its caches are cold."""
    log, _ = background(209, minutes=45, people=160)
    for row in log.rows:
        age = row["time"] - log.start - 2110
        if 0 <= age < 30:
            row["status"], row["size"], row["millis"] = log.rng.choice([502, 503]), 166, 3
        elif 30 <= age < 60:
            row["millis"] *= 4
    return log, []


@case("combined")
def honest_password_reset_wave():
    """The passwords were reset over night: people fail a time or three, ask for a new one, and come in."""
    log, shop = background(210, minutes=75, people=20)
    for number in range(150):
        second, ip, agent = log.rng.uniform(600, 3600), honest_address(20 + number), browser(log.rng)
        shop.page(second, ip, agent, "/login", assets=1)
        for _ in range(log.rng.randint(1, 3)):
            second += log.rng.uniform(8, 25)
            log.add(second, ip, agent, "POST", "/login", 401, size=1532)
        second += log.rng.uniform(5, 20)
        shop.page(second, ip, agent, "/password/forgot", assets=1)
        log.add(second + 8, ip, agent, "POST", "/password/forgot", 200)
        second += log.rng.uniform(40, 300)
        shop.page(second, ip, agent, f"/password/reset?token={log.rng.getrandbits(128):032x}", assets=1)
        log.add(second + 20, ip, agent, "POST", "/password/reset", 302, size=0)
        second, _ = shop.login(second + 25, ip, agent, person(number), failures=0)
        for _ in range(log.rng.randint(1, 4)):
            second += 4 + log.rng.expovariate(1 / 12)
            shop.page(second, ip, agent, f"/products/{log.rng.randint(1, 900)}", assets=2)
    return log, []


@case("combined")
def honest_forgotten_passwords():
    """People who fail two to four times, come in after all, and set a password they will remember."""
    log, shop = background(216, minutes=120, people=100)
    for number in range(40):
        second, ip, agent = log.rng.uniform(3600, 7000), honest_address(120 + number), browser(log.rng)
        second, _ = shop.login(second, ip, agent, person(number), failures=log.rng.randint(2, 4))
        second += log.rng.uniform(5, 20)
        shop.page(second, ip, agent, "/account/password", assets=1)
        log.add(second + log.rng.uniform(10, 40), ip, agent, "POST", "/account/password", 200)
        for _ in range(log.rng.randint(0, 4)):
            second += 45 + log.rng.expovariate(1 / 12)
            shop.page(second, ip, agent, f"/products/{log.rng.randint(1, 900)}", assets=2)
    return log, []


@case("combined")
def honest_missing_icons():
    """A page links fifty icons that a new version forgot; every visitor's browser asks for all of them."""
    log, shop = background(211, people=16)
    for number in range(25):
        second, ip, agent = log.rng.uniform(200, 1500), honest_address(40 + number), browser(log.rng)
        shop.page(second, ip, agent, "/help", assets=3)
        for icon in range(50):
            log.add(second + 0.3 + 0.03 * icon, ip, agent, "GET", f"/icons/v2/{WORD_ICONS[icon % len(WORD_ICONS)]}-{icon}.{'svg' if icon % 3 else 'png'}", 404, referer="https://shop.example.org/help")
        log.add(second + 2, ip, agent, "GET", "/apple-touch-icon-precomposed.png", 404)
        shop.page(second + 20, ip, agent, f"/products/{log.rng.randint(1, 900)}", assets=2)
    return log, []


WORD_ICONS = ["arrow", "bell", "cart", "disk", "eye", "flag", "gear", "heart", "info", "key"]


@case("json")
def honest_polling_console():
    """Three operators leave a console open that asks for news every two to five seconds, for an hour."""
    log, _ = background(212, minutes=60, people=14)
    for operator, every in enumerate((2, 3, 5)):
        agent = browser(log.rng)
        for second in range(30, 3560, every):
            common = {"user": f"operator{operator + 1}"}
            log.add(second + log.rng.uniform(0, 0.05), f"192.168.7.{operator + 20}", agent, "GET", f"/api/v1/alerts?since={1000000 + second}", 200, size=60, millis=4, **common)
            if second % 30 < every:
                log.add(second + 0.2, f"192.168.7.{operator + 20}", agent, "GET", "/api/v1/status", 200, size=340, millis=6, **common)
    return log, []


@case("combined")
def honest_polling_console_without_users():
    log, _ = background(213, minutes=60, people=20)
    agent = browser(log.rng)
    for second in range(30, 3560, 2):
        log.add(second + log.rng.uniform(0, 0.05), "198.51.100.240", agent, "GET", "/api/v1/status", 200 if second % 50 else 304, size=340, millis=4)
    return log, []


@case("json")
def honest_polling_dashboard():
    """Dashboards left open: every answer is large, and every request carries the time, so that no two are alike; and a reader fetches a long feed every few seconds."""
    log, _ = background(216, minutes=150, people=30)
    for operator, every in enumerate((4, 7, 11)):
        agent = browser(log.rng)
        for second in range(30, 8900, every):
            millis = int((log.start + second) * 1000) + log.rng.randint(0, 40)
            zone = log.rng.choice(["Europe%2FBerlin", "America%2FNew_York", "Asia%2FTokyo"])
            log.add(second + log.rng.uniform(0, 0.2), f"192.168.7.{operator + 20}", agent, "GET", f"/api/v1/dashboard?tz={zone}&_={millis}", 200, size=log.rng.randint(3500, 5200), user=f"operator{operator + 1}")
    for second in range(30, 8900, 6):
        log.add(second + log.rng.uniform(0, 0.2), "198.51.100.241", browser(log.rng) if second == 30 else "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "GET", "/feed.xml", 200, size=88000)
    return log, []


@case("json")
def honest_broken_client():
    """A program without credentials of its own asks for ever new orders in a form that is no longer taken."""
    log, _ = background(217, minutes=60, people=30)
    for number in range(240):
        log.add(200 + 12 * number + log.rng.uniform(0, 3), "198.51.100.242", "okhttp/4.12.0", "GET", f"/api/v1/shipments?order={880000 + log.rng.randint(0, 9000)}&view=old", 400 if number % 12 else 200)
    return log, []


@case("json")
def honest_irish_names():
    """Names, addresses and remarks with apostrophes, dashes, ampersands and semicolons."""
    log, shop = background(214, minutes=40, people=14)
    names = ["O'Brien", "D'Angelo", "O'Reilly & Sons", "L'Oréal", "Conan O'Brien-Smith", "N'Golo", "Mc'Donald", "d'Arc; Jeanne", "O''Neil"]
    remarks = ["It's great -- I'd order again", "Don't select the blue one; it's too dark", "Union & Sons' table, 2 chairs or 1=one set?", "Where's my order? I can't drop by", "50% off -- isn't it?",
               "She said 'update me from time to time'", "<3 this lamp!", "price < 100 and quality > good", "C:\\Users\\Mine is where I saved it", "and/or ../ whatever"]
    for number in range(160):
        second, name = 60 + 13 * number, names[number % len(names)]
        user = name.lower().replace(" ", ".").split(";")[0] + str(number % 4)
        ip, agent = honest_address(60 + number % 40), browser(log.rng)
        query = urllib.parse.urlencode({"name": name, "city": "Cork"}, safe="'")
        log.add(second, ip, agent, "GET", "/search?" + query, 200, user=user)
        log.add(second + 4, ip, agent, "POST", "/reviews", 201, user=user, body='{"author":"%s","text":"%s"}' % (name, remarks[number % len(remarks)].replace("\\", "\\\\")))
        shop.page(second + 8, ip, agent, f"/products/{log.rng.randint(1, 900)}", assets=2, user=user)
    return log, []


@case("nginx_json")
def honest_sql_articles():
    """A technical blog: titles, searches and shop texts full of SQL words."""
    log, shop = background(215, minutes=40, people=14)
    slugs = ["how-to-select-from-two-tables", "union-vs-union-all", "drop-table-or-truncate", "why-or-1-equals-1-is-dangerous", "sql-injection-explained", "insert-into-select", "order-by-and-group-by", "what-is-xss",
             "script-tags-in-html", "update-set-where", "etc-passwd-explained", "having-count-greater-than-one"]
    searches = ["select from where", "union select example", "drop table vs truncate", "sql injection tutorial", "group by having count", "select the best lamp from our shop", "insert into table values", "or 1=1 meaning",
                "update table set column", "how to delete from table where", "alert script html", "cat command linux", "exec stored procedure", "what does -- mean in sql"]
    for number in range(260):
        second, ip, agent = 30 + 8.7 * number, honest_address(100 + number % 60), browser(log.rng)
        if number % 2:
            shop.page(second, ip, agent, "/blog/" + slugs[number // 2 % len(slugs)], assets=2)
        else:
            shop.page(second, ip, agent, "/blog/search?" + urllib.parse.urlencode({"q": searches[number // 2 % len(searches)]}), assets=1)
        shop.page(second + 15, ip, agent, f"/blog/page/{log.rng.randint(1, 9)}", assets=1)
    return log, []


@case("combined")
def honest_office_of_readers():
    """Twelve colleagues behind one address look at the same catalogue for an hour, with all that browsers fetch."""
    log, shop = background(217, minutes=60, people=60)
    for number in range(12):
        agent, second = browser(log.rng), log.rng.uniform(60, 600)
        while second < 3300:
            shop.page(second, GATEWAY, agent, f"/products/{log.rng.randint(1, 900)}", assets=log.rng.randint(1, 3))
            second += 10 + log.rng.expovariate(1 / 60)
    return log, []


@case("json")
def honest_readers_from_the_first_minute():
    """An app whose users look at one product after the other, some at three and one in six at a dozen or two: the log begins before any of them has come so far."""
    log = Log(219)
    for number in range(1000):
        second, ip, agent = log.rng.uniform(0, 2700), honest_address(number), browser(log.rng)
        log.add(second, ip, agent, "GET", "/api/v1/products?sort=new", 200)
        for _ in range(log.rng.randint(10, 24) if number % 6 == 0 else log.rng.randint(1, 3)):
            second += 20 + log.rng.expovariate(1 / 50)
            log.add(second, ip, agent, "GET", f"/api/v1/products/{log.rng.randint(1, 4000)}", 200)
            if log.rng.random() < 0.15:
                log.add(second + 2, ip, agent, "POST", "/api/v1/cart/items", 201)
    return log, []


@case("combined")
def honest_open_tab_beside_others():
    """A page left open asks for the cart every fifteen seconds, while its owner goes through the shop in other windows with a full cache."""
    log, shop = background(220, minutes=100, people=260)
    agent = browser(log.rng)
    for number in range(200):
        log.add(2400 + 15 * number + log.rng.uniform(0, 0.3), "198.51.100.230", agent, "GET", "/cart", 200, size=180)
    second = 2400.0
    for _ in range(90):
        second += 3 + log.rng.expovariate(1 / 16)
        kind = log.rng.choice(["/products?page=%d", "/products/%d", "/search?q=desk+%d"])
        log.add(second, "198.51.100.230", agent, "GET", kind % log.rng.randint(1, 40), 200)
    return log, []


@case("json")
def honest_all_day_search():
    """Somebody at work searches for something else every few minutes, for eight hours, with the window left open in between."""
    log, shop = background(218, minutes=500, people=260, names_people=True)
    agent = browser(log.rng)
    for number in range(95):
        second = 300 + 300 * number + log.rng.uniform(0, 120)
        shop.page(second, "198.51.100.230", agent, f"/search?q=part+{log.rng.randint(1000, 9999)}", assets=1, user="warehouse3")
    return log, []


@case("combined")
def honest_client_gone_wrong():
    """After an update eighty clients report the same event over and over, at irregular times."""
    log, _ = background(219, minutes=100, people=200)
    for client in range(80):
        second, agent = 3600 + log.rng.uniform(0, 300), browser(log.rng)
        while second < 5400:
            log.add(second, honest_address(60 + client), agent, "POST", "/events", 204, size=0, millis=3)
            second += 2 + log.rng.expovariate(1 / 8)
    return log, []


@case("combined")
def honest_clients_that_ask_again():
    """After an update forty clients ask for the cart over and over, at irregular times, with all pictures in their caches."""
    log, _ = background(222, minutes=100, people=260)
    for client in range(40):
        second, agent = 4000 + log.rng.uniform(0, 120), browser(log.rng)
        while second < 5400:
            log.add(second, f"203.0.113.{100 + client}", agent, "GET", "/cart", 200)
            second += 0.5 + log.rng.expovariate(1 / 4)
    return log, []


@case("combined")
def honest_check_by_script():
    """Somebody's own check of whether the shop is up: a command-line tool asks for the front page every five seconds."""
    log, _ = background(220, minutes=100, people=160)
    for second in range(600, 5900, 5):
        log.add(second + log.rng.uniform(0, 0.1), "192.0.2.77", "curl/8.5.0", "GET", "/", 200, size=5100)
    return log, []


@case("combined_time")
def honest_first_minute_of_an_outage():
    """The search stops answering: whoever tries again a few times has waited minutes before anybody else has noticed."""
    log, shop = background(221, minutes=45, people=60)
    for number in range(40):
        second, agent = 1803 + log.rng.uniform(0, 50), browser(log.rng)
        for _ in range(8 if number < 2 else 2):
            log.add(second, honest_address(100 + number), agent, "GET", "/search?q=lamp", 504, size=180, millis=30000)
            log.add(second + 0.5, honest_address(100 + number), agent, "GET", "/about", 200)
            second += log.rng.uniform(1, 3)
    return log, [], None, ["error_spike", "latency_spike", "failure_predicted", "traffic_spike"]


@case("combined")
def honest_allowed_test():
    """A penetration test that the settings allow."""
    log, _ = background(216, people=16)
    for number in range(120):
        log.add(500 + number, "203.0.113.44", "sqlmap/1.8.2#stable (https://sqlmap.org)", "GET", "/search?q=lamp" + urllib.parse.quote(f"' UNION SELECT {number},user()-- -"), 200)
    return log, [], {"Allow": ["203.0.113.44"]}


@case("json")
def honest_new_telephones():
    """People known for an hour come from elsewhere with a new telephone, some after a slip, look at their account, and change e-mail or password as others do."""
    log, shop = background(237, minutes=180, people=240, names_people=True)
    known_victim(log, shop)
    for number in range(60):
        ip, user = honest_address(700 + number), person(700 + number)
        second, _ = shop.login(log.rng.uniform(0, 2400), ip, browser(log.rng), user, failures=0)
        for _ in range(6):
            second += 10
            shop.page(second, ip, "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36", f"/products/{log.rng.randint(1, 900)}", assets=1, user=user)
        ip, agent = f"203.0.113.{100 + number}", browser(log.rng)
        second, _ = shop.login(log.rng.uniform(6000, 9500), ip, agent, user, failures=log.rng.choice([0, 0, 1]))
        shop.page(second + 15, ip, agent, "/account/settings", assets=1, user=user)
        shop.request(second + 40, ip, agent, "POST", log.rng.choice(["/account/email", "/account/password"]), 200, user=user)
    return log, []


@case("combined")
def honest_crowd_without_pictures():
    """A link goes round in an app that shows the page without its pictures: hundreds come, look once or twice at one product, and are gone."""
    log, shop = background(238, minutes=120, people=300)
    for number in range(500):
        second, ip, agent = 4800 + log.rng.expovariate(1 / 500), f"192.0.2.{number % 250 + 1}" if number < 250 else f"203.0.113.{number - 249}", browser(log.rng)
        for _ in range(log.rng.randint(1, 3)):
            log.add(second, ip, agent, "GET", "/products/311", 200)
            second += 5 + log.rng.expovariate(1 / 30)
    log.rows = [row for row in log.rows if row["time"] < log.start + 120 * 60]
    return log, []


@case("combined")
def honest_pictures_from_elsewhere():
    """From one minute on pictures and scripts come from another host, and nobody fetches any here."""
    log, shop = background(239, minutes=180, people=420)
    log.rows = [row for row in log.rows if row["time"] < log.start + 100 * 60 or not row["path"].startswith(("/static/", "/img/"))]
    return log, []


@case("combined_time")
def honest_crowd_that_stays():
    """Three times the visitors for an hour and a quarter, and all that time every page takes three times as long."""
    log, shop = background(240, minutes=200, people=400)
    shop.people(400, first=400, since=110, until=185)
    for row in log.rows:
        if 110 * 60 <= row["time"] - log.start < 185 * 60:
            row["millis"] *= 3
    return log, []


@case("json")
def honest_actions_in_the_query():
    """A site whose every action goes through one script: logging in is one of them and answers a failure with the form, what people write is posted to the same path."""
    log, shop = background(247, minutes=120, people=40)
    for number in range(90):
        second, ip, agent = log.rng.uniform(0, 5000), honest_address(200 + number), browser(log.rng)
        log.add(second, ip, agent, "GET", "/index.php?action=login", 200, size=1800)
        for _ in range(log.rng.choice([0, 0, 0, 0, 0, 0, 1, 1, 2])):
            second += log.rng.uniform(6, 20)
            log.add(second, ip, agent, "POST", "/index.php?action=login", 200, size=1850)
        second += log.rng.uniform(6, 20)
        log.add(second, ip, agent, "POST", "/index.php?action=login", 302, size=0)
        for _ in range(log.rng.randint(2, 40)):
            second += 4 + log.rng.expovariate(1 / 25)
            if log.rng.random() < 0.5:
                log.add(second, ip, agent, "POST", f"/index.php?action={log.rng.choice(['save_note', 'comment', 'add_item'])}", 200, size=900)
            else:
                log.add(second, ip, agent, "GET", f"/index.php?action=view&id={log.rng.randint(1, 60)}", 200, size=5200)
    return log, []


@case("combined")
def honest_token_that_ran_out():
    """A script whose token is no longer taken asks for the same product every four seconds, and is told each time to sign in first."""
    log, _ = background(248, minutes=100, people=260)
    for turn in range(600):
        log.add(3300 + 4 * turn + log.rng.uniform(0, 0.4), "192.0.2.78", "python-requests/2.31.0", "GET", "/products/311", 401, size=90)
    return log, []


@case("json")
def honest_page_left_open_while_reading():
    """Somebody who read a lot leaves a page open that asks for its own news every minute, and comes back to it between."""
    log, shop = background(249, minutes=330, people=200, names_people=True)
    agent, ip, user = browser(log.rng), "192.0.2.79", "reader.one"
    for bout in range(4):
        second = 900.0 + 4000 * bout
        for _ in range(22):
            second += 2 + log.rng.expovariate(1 / 12)
            log.add(second, ip, agent, "GET", f"/products/{log.rng.randint(1, 900)}", 200, size=4100, user=user)
    for turn in range(260):
        log.add(1000 + 60 * turn + log.rng.uniform(0, 0.4), ip, agent, "GET", "/account/orders/7100", 200, size=700, user=user)
    return log, []


@case("combined")
def honest_page_that_renews_itself():
    """A page of one product left open in a browser asks for itself every ten seconds, its pictures long in the cache."""
    log, _ = background(250, minutes=100, people=260)
    agent = browser(log.rng)
    for turn in range(260):
        log.add(3200 + 10 * turn + log.rng.uniform(0, 0.3), "192.0.2.80", agent, "GET", "/products/311", 200, size=4100)
    return log, []


def key(rng):
    """An identifier that nobody can guess."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


@case("combined_time")
def honest_files_sent_in_parts():
    """People send files, each in ten to forty numbered parts."""
    log, shop = background(251, minutes=90, people=60)
    for number in range(45):
        second, agent, ip = 120 + 110 * number + log.rng.uniform(0, 60), browser(log.rng), f"203.0.113.{number + 1}"
        shop.page(second, ip, agent, "/uploads", assets=2)
        for _ in range(log.rng.randint(1, 3)):
            second += log.rng.uniform(5, 30)
            name = key(log.rng)
            for part in range(log.rng.randint(10, 40)):
                second += log.rng.uniform(0.3, 0.9)
                log.add(second, ip, agent, "PUT", f"/uploads/{name}/parts/{part + 1}", 200, size=96, millis=log.rng.randint(200, 700))
            log.add(second + 0.5, ip, agent, "POST", f"/uploads/{name}/complete", 201, size=210)
    return log, []


@case("combined_time")
def honest_open_sockets():
    """Every page opens a connection for news that lasts as long as the page is open; a server writes them to its log when they end."""
    log, shop = background(252, minutes=120, people=20)
    for number in range(70):
        second, agent, ip = 60 + 95 * number + log.rng.uniform(0, 60), browser(log.rng), f"203.0.113.{number + 1}"
        shop.page(second, ip, agent, "/board", assets=3)
        open_for = min(3000, log.rng.lognormvariate(6.5, 0.8))
        log.add(second + open_for, ip, agent, "GET", "/board/live", 101, size=4000, millis=int(open_for * 1000))
        for turn in range(int(open_for / 45)):
            log.add(second + 45 * turn + log.rng.uniform(0, 20), ip, agent, "GET", f"/board/cards/{log.rng.randint(1, 400)}", 200)
    return log, []


@case("combined_time")
def honest_requests_that_wait():
    """Pages of a few people ask for news, and are answered when there is some or after thirty seconds; others look at their orders meanwhile, which takes milliseconds."""
    log, shop = background(253, minutes=240, people=90)
    for number in range(24):
        second, agent, ip = 60 + 560 * number + log.rng.uniform(0, 300), browser(log.rng), f"203.0.113.{number + 1}"
        shop.page(second, ip, agent, "/messages", assets=3)
        until = second + log.rng.uniform(900, 2400)
        while second < until:
            waited = min(30.0, log.rng.expovariate(1 / 25))
            second += waited + 0.1
            log.add(second, ip, agent, "GET", "/messages/next", 200 if waited < 30 else 204, size=300, millis=int(waited * 1000))
            if log.rng.random() < 0.3:
                shop.page(second, ip, agent, f"/messages/{log.rng.randint(1, 9000)}", assets=1)
    return log, []


@case("combined_time")
def honest_programs_in_step():
    """Customers' programs, written with common libraries, ask every five minutes for what has changed, fetch it, and rest."""
    log, _ = background(254, minutes=180, people=60)
    agents = ["python-requests/2.31.0", "axios/1.6.7", "Go-http-client/2.0", "okhttp/4.12.0", "GuzzleHttp/7"]
    for number in range(10):
        for turn in range(36):
            second = 30 + 29.0 * number + 300 * turn + log.rng.uniform(0, 2)
            for page in range(2):
                log.add(second, f"203.0.113.{number + 1}", agents[number % 5], "GET", f"/api/v1/changes?since={int(log.start + second) - 300}&page={page + 1}", 200)
                second += log.rng.uniform(0.03, 0.08)
            for _ in range(log.rng.randint(24, 36) if turn % 6 == 5 else log.rng.randint(4, 14)):
                log.add(second, f"203.0.113.{number + 1}", agents[number % 5], "GET", f"/api/v1/shipments/{key(log.rng)}", 200)
                second += log.rng.uniform(0.03, 0.12)
                for _ in range(2):
                    log.add(second, f"203.0.113.{number + 1}", agents[number % 5], "GET", f"/api/v1/stock/{log.rng.randint(1, 60)}", 200)
                    second += log.rng.uniform(0.03, 0.08)
    return log, []


@case("combined")
def honest_office_after_the_break():
    """An office of forty-five people behind one address works for an hour, rests, and works on with the same browsers."""
    log, shop = background(255, minutes=190, people=40)
    agents = [browser(log.rng) for _ in range(45)]
    for begin in (0, 7200):
        for agent in agents:
            second = begin + log.rng.uniform(0, 900)
            while second < begin + 3600:
                shop.page(second, GATEWAY, agent, f"/products/{log.rng.randint(1, 900)}", assets=2)
                second += 5 + log.rng.expovariate(1 / 50)
    return log, [], None, ["traffic_drop"]


@case("combined_time")
def honest_connector_of_its_own():
    """The authority's own program fetches every hour the documents that came in, and one night another copies them all: nobody else ever asks for these."""
    log, _ = background(256, minutes=400, people=130)
    for turn in range(6):
        second = 300.0 + 3600 * turn
        for _ in range(log.rng.randint(60, 110)):
            second += log.rng.uniform(0.5, 2)
            log.add(second, "10.20.0.9", "records-connector/2.2 Java/17", "GET", f"/api/incoming/{key(log.rng)}/documents", 200, size=log.rng.randint(200_000, 600_000), millis=log.rng.randint(400, 1400))
    second = 18000.0
    for _ in range(900):
        second += log.rng.uniform(0.6, 2)
        log.add(second, "10.20.0.44", "records-copy/1.0", "GET", f"/api/incoming/{key(log.rng)}/documents", 200, size=log.rng.randint(200_000, 600_000), millis=log.rng.randint(400, 1400))
    return log, []


@case("combined_time")
def honest_batch_with_refused_items():
    """A partner's program writes three thousand prices, of which one in sixty is not valid."""
    log, _ = background(257, minutes=90, people=260)
    second = 3300.0
    for number in range(3000):
        second += log.rng.uniform(0.2, 0.5)
        log.add(second, "192.0.2.92", "PriceSync/1.8", "PUT", f"/api/v1/prices/{40000 + number}", 422 if number % 60 == 31 else 200, size=64)
    return log, []


@case("combined_time")
def honest_burst_every_five_minutes():
    """A customer's program, written with a common library, looks up a hundred prices within seconds, and rests for five minutes."""
    log, _ = background(258, minutes=120, people=120)
    for turn in range(16):
        second = 2100 + 300 * turn + log.rng.uniform(0, 2)
        for _ in range(110):
            second += log.rng.uniform(0.04, 0.1)
            log.add(second, "192.0.2.93", "python-requests/2.31.0", "GET", f"/api/v1/prices/{log.rng.randint(1, 60)}", 200, size=180)
    return log, []


@case("json")
def honest_buyer_of_many():
    """Somebody buys thirty flights one after the other without looking at any: the same steps as everybody's, in their order."""
    log = flights(231)
    agent, second = browser(log.rng), 16000.0
    log.add(second - 8, "198.51.100.240", agent, "POST", "/session/login", 200, user="group.travel")
    for _ in range(30):
        for target in ("/api/holds", "/api/payments", "/api/baggage", "/api/seats"):
            log.add(second, "198.51.100.240", agent, "POST", target, 200, user="group.travel")
            second += 2 + log.rng.expovariate(1 / 6)
    return log, []


@case("json")
def honest_clerk():
    """A clerk corrects bookings all morning: of everything much, and after each change the page asks for the list again."""
    log = flights(232)
    agent, second = browser(log.rng), 9000.0
    log.add(second - 8, "198.51.100.241", agent, "POST", "/session/login", 200, user="desk.seven")
    for _ in range(140):
        method, target = log.rng.choice([("POST", "/api/holds"), ("POST", "/api/wallet/vouchers"), ("PUT", "/api/traveller/passport")])
        log.add(second, "198.51.100.241", agent, method, target, 200, user="desk.seven")
        log.add(second + 0.3, "198.51.100.241", agent, "GET", "/api/trips", 200, user="desk.seven")
        second += 20 + log.rng.expovariate(1 / 25)
    return log, []


@case("json")
def honest_reporting_page():
    """A new release tells two places what its people do, every few seconds, from every page that is open, also where nobody does anything."""
    log = flights(233)
    for number in range(30):
        ip, agent, user, second = honest_address(100 + number), browser(log.rng), person(100 + number), 10000 + log.rng.uniform(0, 5000)
        for _ in range(60):
            log.add(second, ip, agent, "POST", log.rng.choice(["/api/telemetry/profile", "/api/telemetry/clicks"]), 204, size=0, user=user)
            second += 4 + log.rng.expovariate(1 / 6)
    return log, []


@case("json")
def honest_end_of_the_month():
    """The accountant fetches every invoice of the month and some reports, within an hour."""
    log, shop = reports(234)
    agent, second = browser(log.rng), 7000.0
    second, _ = shop.login(second, "192.0.2.150", agent, "vera.ledger", failures=0)
    for number in range(52):
        second += 15 + log.rng.expovariate(1 / 40)
        target, size = (f"/reports/sales?week={number}", 700_000) if number % 9 == 0 else (f"/reports/invoices/{4000 + 7 * number}.pdf", log.rng.randint(90_000, 160_000))
        log.add(second, "192.0.2.150", agent, "GET", target, 200, size=size, user="vera.ledger")
    return log, []


@case("json")
def honest_analyst_as_before():
    """An analyst fetches a report every other minute for an hour, as often: in the morning it was a third of that."""
    log, shop = reports(235, people=1000)
    agent, second = browser(log.rng), 500.0
    second, _ = shop.login(second, "192.0.2.151", agent, "ana.lyst", failures=0)
    for number in range(37):
        second = 9000.0 if number == 10 else second + log.rng.uniform(90, 160)
        log.add(second, "192.0.2.151", agent, "GET", f"/reports/sales?week={number}", 200, size=log.rng.randint(500_000, 900_000), user="ana.lyst")
    return log, []


@case("json")
def honest_forgotten_password_and_a_token():
    """People who forgot their password get in after some attempts, set a new one at once, and some of them make a token later, when they need one."""
    log, shop = background(236, minutes=180, people=260)
    for number in range(30):
        ip, agent, second = f"203.0.113.{150 + number}", browser(log.rng), log.rng.uniform(1500, 7000)
        for failed in range(log.rng.randint(2, 4), -1, -1):
            second += log.rng.uniform(6, 20)
            log.add(second, ip, agent, "POST", "/login", 401 if failed else 302)
        log.add(second + 9, ip, agent, "PUT", "/api/me/password", 200)
        for _ in range(log.rng.randint(4, 12)):
            second += 10 + log.rng.expovariate(1 / 30)
            shop.page(second, ip, agent, log.rng.choice(["/", "/products?page=2", "/search?q=desk", "/stores", "/favorites", "/cart"]), assets=2)
        if number % 2:
            log.add(second + 12, ip, agent, "POST", "/api/me/tokens", 201)
    return log, []


@case("combined_time")
def honest_map_in_tiles():
    """A map moved about by its visitors: each move asks for a dozen neighboring tiles at once, and some look around for long."""
    log, shop = background(261, minutes=240, people=30)
    for number in range(260):
        second, ip, agent = log.rng.uniform(0, 14000), honest_address(300 + number), browser(log.rng)
        shop.page(second - 1, ip, agent, "/map", assets=4)
        zoom, x, y = 12, log.rng.randint(1800, 2300), log.rng.randint(1200, 1500)
        for _ in range(1 + int(log.rng.expovariate(1 / 6))):
            x, y = x + log.rng.randint(-3, 3), y + log.rng.randint(-2, 2)
            for column in range(log.rng.randint(2, 5)):
                for row in range(log.rng.randint(2, 4)):
                    log.add(second + log.rng.uniform(0, 0.4), ip, agent, "GET", f"/tiles/{zoom}/{x + column}/{y + row}", 200, millis=6)
            second += 0.7 + log.rng.expovariate(1 / 5)
    return log, []


@case("json")
def honest_previews_of_folders():
    """A page of a folder asks for the previews of everything in it at once, by numbers that lie close together."""
    log, shop = background(262, minutes=240, people=30, names_people=True)
    for number in range(140):
        second, ip, agent, user = log.rng.uniform(0, 14000), honest_address(300 + number), browser(log.rng), person(300 + number)
        for _ in range(1 + int(log.rng.expovariate(0.6))):
            shop.page(second, ip, agent, f"/folders/{log.rng.randint(100, 9000)}", assets=2, user=user)
            first = log.rng.randint(10000, 900000)
            for place in range(log.rng.randint(6, 70)):
                log.add(second + 0.4 + log.rng.uniform(0, 2), ip, agent, "GET", f"/preview?file={first + place}&x=250&y=250", 200, size=12000, user=user)
            second += 10 + log.rng.expovariate(1 / 60)
    return log, []


@case("combined")
def honest_clerks_with_a_pile():
    """Clerks look up an order now and then; some work through a pile of them in the order of their numbers, and save each."""
    log, shop = background(263, minutes=300, people=60)
    for number in range(120):
        ip, agent, second = honest_address(300 + number), browser(log.rng), log.rng.uniform(0, 2000)
        for _ in range(log.rng.randint(5, 60)):
            shop.page(second, ip, agent, f"/customers/show?number={log.rng.randint(10000, 24000)}", assets=1)
            if log.rng.random() < 0.5:
                log.add(second + 4, ip, agent, "GET", f"/tasks/edit?id={log.rng.randint(70000, 79000)}", 200, size=9000)
            second += log.rng.expovariate(1 / 70)
        if number % 4 == 0:
            first = log.rng.randint(70000, 78000)
            for place in range(log.rng.randint(30, 200)):
                log.add(second, ip, agent, "GET", f"/tasks/edit?id={first + place}", 200, size=9000)
                log.add(second + 6, ip, agent, "POST", "/tasks/save", 302, size=0)
                second += log.rng.uniform(8, 40)
    return log, []


@case("json")
def honest_lectures_in_segments():
    """Students watch lectures: the player fetches a segment every six seconds, as regularly as a clock, for an hour."""
    log, _ = background(264, minutes=300, people=40, names_people=True)
    for number in range(90):
        second, ip, agent, user = log.rng.uniform(0, 12000), honest_address(300 + number), browser(log.rng), person(300 + number)
        log.add(second, ip, agent, "GET", f"/courses/{log.rng.randint(300, 360)}", 200, user=user)
        lecture = f"{log.rng.getrandbits(40):010x}"
        log.add(second + 9, ip, agent, "GET", f"/media/{lecture}/index.m3u8", 200, size=900, user=user)
        for place in range(int(log.rng.expovariate(1 / 150))):
            log.add(second + 10 + max(0, place - 5) * 6 + 0.2 * place, ip, agent, "GET", f"/media/{lecture}/720p/seg-{place:05d}.ts", 200, size=log.rng.randint(900000, 1900000), user=user)
    return log, []
