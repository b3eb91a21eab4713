#!/usr/bin/env python3
"""Scores a scan against the truth of simulated traffic.

usage: score-scan.py REPORT.json TRUTH.ndjson [--misses]

A campaign is found if an incident of risk 40 (MEDIUM) or above about one of its actors or users overlaps it, half an hour allowed; "named" if the
type is right as well. Every other incident of risk 40 or above is false. Standard library only.
"""
import argparse
import collections
import datetime
import ipaddress
import json

OPERATIONAL = {"latency_spike", "error_spike", "traffic_spike", "traffic_drop", "failure_predicted"}
SLACK = datetime.timedelta(minutes=30)
MEDIUM = 40


def time(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def caller(name):
    """IPv6 callers are their /64."""
    try:
        address = ipaddress.ip_address(name.split("/")[0])
    except ValueError:
        return name
    return str(ipaddress.ip_network((int(address), 64), strict=False)) if address.version == 6 else str(address)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report")
    parser.add_argument("truth")
    parser.add_argument("--misses", action="store_true", help="list what was not found under its own name")
    arguments = parser.parse_args()
    with open(arguments.report, encoding="utf-8") as file:
        incidents = json.load(file)["incidents"]
    with open(arguments.truth, encoding="utf-8") as file:
        campaigns = [row for row in map(json.loads, file) if row["type"] != "honest"]

    about = collections.defaultdict(set)
    for number, incident in enumerate(incidents):
        for name in [incident["actor"]["value"], *incident["actor"]["members"]]:
            about[caller(name)].add(number)
    operational = {n for n, i in enumerate(incidents) if i["type"] in OPERATIONAL}

    table = collections.defaultdict(lambda: [0, 0, 0])
    explained, misses = set(), []
    for campaign in campaigns:
        names = map(caller, campaign["actors"] + campaign["users"])
        candidates = operational if campaign["type"] in OPERATIONAL else set().union(*(about[name] for name in names))
        start, end = time(campaign["start"]) - SLACK, time(campaign["end"]) + SLACK
        hits = [n for n in candidates if time(incidents[n]["last_seen"]) >= start and time(incidents[n]["first_seen"]) <= end]
        explained.update(hits)
        alarms = [incidents[n] for n in hits if incidents[n]["risk"] >= MEDIUM]
        named = any(campaign["type"] in [i["type"], *i["also_seen"]] for i in alarms)
        row = table[campaign["type"], campaign["intensity"]]
        row[0] += 1
        row[1] += bool(alarms)
        row[2] += named
        if not named:
            misses.append((campaign["id"], campaign["type"], campaign["intensity"], len(campaign["actors"]), [(i["type"], i["risk"]) for i in alarms]))

    print(f"{'type':<24}{'intensity':<10}{'all':>5}{'found':>7}{'named':>7}")
    for (kind, intensity), (total, found, named) in sorted(table.items()):
        print(f"{kind:<24}{intensity:<10}{total:>5}{found:>7}{named:>7}")
    print(f"{'all':<34}{sum(r[0] for r in table.values()):>5}{sum(r[1] for r in table.values()):>7}{sum(r[2] for r in table.values()):>7}")
    false = [i for n, i in enumerate(incidents) if n not in explained and i["risk"] >= MEDIUM]
    print(f"false incidents of MEDIUM or above: {len(false)}; below: {sum(n not in explained for n in range(len(incidents))) - len(false)}")
    for incident in false:
        print(f"  {incident['type']} {incident['risk']} {incident['actor']['value']}: {incident['explanation'][:160]}")
    if arguments.misses:
        for miss in misses:
            print("missed:", *miss)


main()
