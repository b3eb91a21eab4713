#!/usr/bin/env python3
"""Four weeks of thin traffic with seasons and labelled faults, and how the service-level detectors judge them, as Markdown: bench/results/season.md is what it printed.

usage: bench/season.py [--keep FOLDER] SEED...   (each seed is a world of its own; its kind is the seed modulo the number of kinds)

VEDETTE names another program than ./vedette, for example an earlier build to compare with. With --keep the logs are kept, and used again by the next run.
"""
import collections
import gzip
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("VEDETTE", str(ROOT / "vedette")).split()
DAYS = 28
START = 1767571200  # Monday, 2026-01-05
KINDS = ["visitors", "office", "switched off at night", "nightly batches", "growing, with holidays", "weekend service"]
TYPES = {"traffic_drop": "drop", "traffic_spike": "spike", "latency_spike": "latency", "error_spike": "errors"}
SLACK = 30  # minutes around a fault in which an incident about the service is not false
LATE = 10  # minutes after a fault in which it may still be found
ROUTES = [("GET", "/catalog", 0.30, 25), ("GET", "/items/%d", 0.25, 12), ("GET", "/search?q=lamp%d", 0.15, 70), ("POST", "/basket", 0.10, 30), ("GET", "/account", 0.08, 18),
          ("POST", "/orders", 0.05, 120), ("GET", "/status", 0.07, 4)]
AGENTS = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36" % v for v in range(118, 128)]
MONTHS = ["Jan", "Feb", "Mar"]


class World:
    """What a service's traffic is like: the rate a minute is expected to have, and the faults."""

    def __init__(self, seed):
        self.random = rnd = random.Random(seed)
        self.kind = KINDS[seed % len(KINDS)]
        self.mean = math.exp(rnd.uniform(math.log(25), math.log(160)))
        self.peak = rnd.uniform(11, 16)
        self.swing = rnd.uniform(1.5, 4)  # doublings between night and noon
        self.lunch = rnd.uniform(0, 0.8)
        self.weekend = rnd.uniform(0.3, 1.2)
        self.growth = 1.0
        self.holidays = set()
        self.shift = 0
        self.dispersion = rnd.choice([0, 0.05, 0.15, 0.25])  # of a minute's rate, beyond Poisson
        self.wander = rnd.choice([0.03, 0.08, 0.15])  # of the rate over an hour or so
        self.off = None
        self.batches = []  # minute of the day, length, requests a minute as a multiple of the mean, days of the week
        self.slow = None  # minute of the day, length, factor of the time
        if self.kind == "office":
            self.swing, self.lunch, self.weekend = rnd.uniform(4, 6), rnd.uniform(0.5, 1.2), rnd.uniform(0.03, 0.15)
        if self.kind == "switched off at night":
            self.off = (rnd.randrange(1260, 1400), rnd.randrange(300, 400))
        if self.kind in ("nightly batches", "office"):
            self.batches = [(rnd.randrange(60, 300), rnd.randrange(4, 50), rnd.uniform(1, 4), range(7)), (rnd.randrange(1200, 1400), rnd.randrange(4, 15), rnd.uniform(1, 4), range(5)), (rnd.randrange(300, 420), 30, 3, [6])]
            self.slow = (rnd.randrange(60, 240), rnd.randrange(15, 50), rnd.uniform(2.5, 5))
        if self.kind == "growing, with holidays":
            self.growth = 1.01
            self.holidays = set(rnd.sample([d for d in range(8, DAYS) if d % 7 < 5], 2))
        if self.kind == "weekend service":
            self.weekend = rnd.uniform(2, 4)
        if rnd.random() < 0.5 or self.kind == "switched off at night":
            self.shift = rnd.choice([-60, 60])  # summer time, on the third Sunday
        curve = [self.shape(d, m) for d in range(7) for m in range(0, 1440, 15)]
        self.scale = self.mean / statistics.fmean(curve)
        self.faults = self.plan()

    def shape(self, day, minute):
        phase = (minute - self.peak * 60) * math.pi / 720
        level = 2 ** (self.swing * (math.cos(phase) - 1) / 2)
        level *= 1 - 0.4 * self.lunch * math.exp(-((minute - 750) / 35) ** 2)
        if self.kind == "office":
            level *= 1 / (1 + math.exp(-(minute - 450) / 20)) * 1 / (1 + math.exp((minute - 1080) / 25)) + 0.02
        level *= self.weekend ** self.share(day, minute, lambda d: d % 7 >= 5)
        level *= 0.35 ** self.share(day, minute, lambda d: d in self.holidays)
        return level * self.growth ** day

    @staticmethod
    def share(day, minute, is_special):
        """1 on special days, 0 on others, and between them for three hours on both sides of midnight: nothing changes at once because it is Saturday in UTC."""
        before, after = (day, day + 1) if minute >= 720 else (day - 1, day)
        step = (minute - 1440 if minute >= 720 else minute) / 360 + 0.5
        return is_special(before) + (is_special(after) - is_special(before)) * min(1, max(0, step))

    def rate(self, t):
        """Requests expected in minute t, and those of programs among them."""
        if self.shift and t >= 20 * 1440:
            t += self.shift
        day, minute = divmod(t, 1440)
        if self.off and (minute >= self.off[0] or minute < self.off[1]):
            return 0.0, 0.0
        programs = sum(size * self.mean for start, length, size, days in self.batches if start <= minute < start + length and day % 7 in days)
        return self.shape(day, minute) * self.scale, programs

    def slowness(self, t):
        if not self.slow:
            return 1
        minute = (t + (self.shift if t >= 20 * 1440 else 0)) % 1440
        return self.slow[2] if self.slow[0] <= minute < self.slow[0] + self.slow[1] else 1

    def plan(self):
        """Six faults a week from the first Thursday on, hours apart, where there is traffic that could fail."""
        rnd, faults, taken = self.random, [], []
        kinds = ["drop", "spike", "latency", "errors"]
        turn = 0
        for week in range(4):
            for _ in range(6):
                for _ in range(100):
                    begin, length = week * 10080 + rnd.randrange(10080), rnd.randrange(10, 61)
                    if begin < 3 * 1440 or begin + length + 60 > DAYS * 1440 or any(abs(begin - other) < 300 for other in taken):
                        continue
                    if min(self.rate(t)[0] for t in range(begin - 15, begin + length + 1, 5)) < 15:
                        continue
                    kind = kinds[turn % 4]
                    turn += 1
                    size = {"drop": rnd.choice([0.4, 0.5, 0.6, 0.75, 0.9, 1]), "spike": rnd.choice([2, 3, 4, 6, 10]), "latency": rnd.choice([1.5, 2, 2.5, 3.5, 5]), "errors": rnd.choice([0.05, 0.1, 0.2, 0.35, 0.5])}[kind]
                    faults.append({"kind": kind, "begin": begin, "end": begin + length, "size": size, "route": rnd.choice([None, None, rnd.randrange(4)]) if kind in ("latency", "errors") else None})
                    taken.append(begin)
                    break
        # Crowds are no faults: new visitors by the hundreds, with the ordinary mix of requests.
        for week in range(4):
            begin = week * 10080 + rnd.randrange(10080)
            if begin > 3 * 1440 and all(abs(begin - other) > 300 for other in taken) and self.rate(begin)[0] > 15:
                faults.append({"kind": "crowd", "begin": begin, "end": begin + 60, "size": rnd.uniform(3, 8), "route": None})
                taken.append(begin)
        return sorted(faults, key=lambda f: f["begin"])

    def active(self, t):
        return next((f for f in self.faults if f["begin"] <= t < f["end"]), None)


def poisson(rnd, mean):
    if mean <= 0:
        return 0
    if mean > 50:
        return max(0, round(rnd.gauss(mean, math.sqrt(mean))))
    limit, k, p = math.exp(-mean), 0, rnd.random()
    while p > limit:
        k += 1
        p *= rnd.random()
    return k


def write(world, out):
    rnd = world.random
    people = [("%d.%d.%d.%d" % (rnd.randrange(11, 220), rnd.randrange(256), rnd.randrange(256), rnd.randrange(1, 255)), rnd.choice(AGENTS)) for _ in range(int(60 * world.mean))]
    present, stranger = [], ("", "")
    names, weights = range(len(ROUTES)), [r[2] for r in ROUTES]
    drift = 0.0
    for t in range(DAYS * 1440):
        rate, programs = world.rate(t)
        fault = world.active(t)
        kind, size = (fault["kind"], fault["size"]) if fault else (None, 1)
        drift = 0.985 * drift + rnd.gauss(0, world.wander * 0.17)
        noise = math.exp(drift + (rnd.gauss(0, world.dispersion) if world.dispersion else 0))
        people_rate = rate * noise
        extra = 0.0
        if kind == "drop":
            people_rate *= 1 - size
            programs *= 1 - size
        elif kind == "crowd":
            age = (t - fault["begin"]) / 60
            extra = rate * size * min(1, age / 0.08) * math.exp(-max(0, age - 0.08) / 0.3)
        # Half of the spikes are everybody asking more, half one request over and over.
        loop = poisson(rnd, rate * (size - 1)) if kind == "spike" and fault["begin"] % 2 else 0
        if kind == "spike" and not fault["begin"] % 2:
            people_rate *= size
        wanted = max(3, int(people_rate / 3))
        present = [p for p in present if rnd.random() < 0.8][:wanted]
        present += [rnd.choice(people) for _ in range(wanted - len(present))]
        requests = [(rnd.choice(present), route) for route in rnd.choices(names, weights, k=poisson(rnd, people_rate))]
        requests += [(rnd.choice(people[:max(8, int(world.mean))]), 6) for _ in range(loop)]
        for _ in range(poisson(rnd, extra)):
            if rnd.random() < 0.3 or not stranger[0]:
                stranger = ("%d.%d.%d.%d" % (rnd.randrange(11, 220), rnd.randrange(256), rnd.randrange(256), rnd.randrange(1, 255)), rnd.choice(AGENTS))
            requests.append((stranger, rnd.choices(names, weights)[0]))
        batch = ("10.7.0.9", "nightly-sync/2.1 (+https://partner.example)")
        requests += [(batch, rnd.randrange(2)) for _ in range(poisson(rnd, programs))]
        if not requests:
            continue
        day, minute = divmod(t, 1440)
        month, dom = (0, 5 + day) if day < 27 else (1, day - 26)
        stamp = "[%02d/%s/2026:%02d:%02d:" % (dom, MONTHS[month], minute // 60, minute % 60)
        slow = world.slowness(t)
        rnd.shuffle(requests)
        n, lines = len(requests), []
        for i, ((address, agent), route) in enumerate(requests):
            method, path, _, millis = ROUTES[route]
            concerned = fault and fault["route"] in (None, route)
            seconds = millis * slow * math.exp(rnd.gauss(0, 0.45)) / 1000
            if kind == "latency" and concerned:
                seconds *= size
            status = 200
            if rnd.random() < (size if kind == "errors" and concerned else 0.001):
                status = 503
            if "%d" in path:
                path %= rnd.randrange(900)
            lines.append('%s - - %s%02d +0000] "%s %s HTTP/1.1" %d %d "-" "%s" %.3f\n' % (address, stamp, i * 60 // n, method, path, status, rnd.randrange(400, 9000), agent, seconds))
        out.write("".join(lines))


def incidents(seed, folder):
    """The world of a seed, and every incident about the service that is found in it."""
    world = World(seed)
    path = pathlib.Path(folder) / f"season-{seed}.log.gz"
    if not path.exists():
        with gzip.open(path.with_suffix(".part"), "wt", compresslevel=1) as out:
            write(world, out)
        path.with_suffix(".part").rename(path)
    report = json.loads(subprocess.run([*PROGRAM, "scan", str(path), "--output", "json"], check=True, stdout=subprocess.PIPE).stdout)
    return world, [i for i in report["incidents"] if i["type"] in TYPES], [i for i in report["incidents"] if i["type"] not in TYPES]


def minute_of(text):
    import datetime
    return (datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() - START) / 60


def judge(world, found):
    """Marks what each fault was found by, and returns the incidents that are about none."""
    false = []
    for fault in world.faults:
        fault["delay"] = None
    for incident in found:
        at, until = minute_of(incident["detected_at"]), minute_of(incident["last_seen"])
        about = [f for f in world.faults if f["begin"] - 1 <= at <= f["end"] + SLACK or (at <= f["begin"] <= until)]
        for fault in about:
            if TYPES[incident["type"]] == fault["kind"] and fault["delay"] is None and at <= fault["end"] + LATE:
                fault["delay"] = max(0, at - fault["begin"])
        crowd = all(f["kind"] == "crowd" for f in about)
        if not about or (crowd and incident["risk"] >= 40):
            false.append((at, incident))
    return false


def main():
    arguments = sys.argv[1:]
    keep = arguments[1] if arguments[:1] == ["--keep"] else None
    seeds = [int(seed) for seed in arguments[2 if keep else 0:]] or sys.exit(__doc__)
    sums = collections.defaultdict(list)
    total = collections.Counter()
    verbose = os.environ.get("SEASON_VERBOSE")
    print("| world | seed | requests a minute | faults found | false alarms, first week | false alarms a week after (from MEDIUM on) | others |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for seed in seeds:
        with tempfile.TemporaryDirectory() as temporary:
            world, found, others = incidents(seed, keep or temporary)
        false = judge(world, found)
        faults = [f for f in world.faults if f["kind"] != "crowd"]
        for fault in faults:
            sums[fault["kind"], fault["size"]].append(fault["delay"])
        late = [i for at, i in false if at >= 10080]
        grave = sum(i["risk"] >= 40 for i in late)
        total.update(weeks=3, late=len(late), grave=grave, first=len(false) - len(late), first_grave=sum(i["risk"] >= 40 for at, i in false if at < 10080))
        print(f"| {world.kind} | {seed} | {world.mean:.0f} | {sum(f['delay'] is not None for f in faults)} of {len(faults)} | {len(false) - len(late)} | {len(late) / 3:.2f} ({grave / 3:.2f}) | {len(others)} |", flush=True)
        if verbose:
            for at, i in false:
                print(f"   day {int(at // 1440)} {int(at % 1440) // 60:02d}:{int(at % 60):02d} {i['type']} {i['risk']} {i['explanation'][:230]}", file=sys.stderr)
            for f in faults:
                if f["delay"] is None or verbose == "all":
                    print(f"   {'missed' if f['delay'] is None else 'found %d' % f['delay']} day {f['begin'] // 1440} {f['begin'] % 1440 // 60:02d}:{f['begin'] % 60:02d} {f['kind']} {f['size']} {f['end'] - f['begin']} min route {f['route']} rate {world.rate(f['begin'])}", file=sys.stderr)
    print(f"\nFalse alarms a week after the first: {total['late'] / max(1, total['weeks']):.2f}, of MEDIUM or above {total['grave'] / max(1, total['weeks']):.2f}; in the first weeks {total['first']} ({total['first_grave']}) in all.\n")
    print("| fault | size | found | median delay, minutes |")
    print("|---|--:|--:|--:|")
    for (kind, size), delays in sorted(sums.items()):
        hits = [d for d in delays if d is not None]
        print(f"| {kind} | {size:g} | {len(hits)} of {len(delays)} | {statistics.median(hits) if hits else 0:.0f} |")
    for kind in ("drop", "spike", "latency", "errors"):
        delays = [d for (k, _), part in sums.items() if k == kind for d in part]
        hits = [d for d in delays if d is not None]
        print(f"| {kind} | all | {len(hits)} of {len(delays)} | {statistics.median(hits) if hits else 0:.0f} |")


if __name__ == "__main__":
    main()
