#!/usr/bin/env python3
"""Prints how well labelled traffic is judged, as Markdown: bench/results/evaluation.md is what it printed.

usage: bench/evaluation.py SEED...   (each seed: a day of traffic with attacks and a day of honest traffic, for each of the four APIs)
"""
import collections
import json
import pathlib
import subprocess
import sys

APIS = ["shop", "bank", "saas", "site"]
INTENSITIES = ["easy", "medium", "hard"]
ROOT = pathlib.Path(__file__).resolve().parent.parent


def evaluate(api, seed):
    command = [str(ROOT / "vedette"), "evaluate", "--api", api, "--seed", str(seed), "--hours", "24", "--honest-hours", "24", "--models", "none", "--output", "json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def percent(part):
    return "" if part is None else f"{100 * part:.1f}%"


def minutes(lead):
    return "" if lead is None else f"{lead:.1f}"


def row(api, seed, report):
    model = next(model for model in report["models"] if model["name"] == "vedette")
    rules = report["static_rules"]["at_equal_recall"]
    campaigns, honest, failures = report["campaigns"], report["honest"], report["failures"]
    return (f"| {api} | {seed} | {model['recall']:.3f} | {model['precision']:.3f} | {model['auc']:.3f} | {model['false_positives']:,} | {round(rules['false_positives']):,} "
            f"| {percent(report['false_positive_reduction'])} | {campaigns['found']} / {campaigns['named']} / {campaigns['total']} "
            f"| {campaigns['false_incidents']} ({campaigns['false_incidents_about_the_service']}) | {honest['false_incidents']} "
            f"| {failures['foretold']} of {failures['total']} | {minutes(failures['lead_time_minutes_median'])} | {failures['false_alarms_per_day']:g} |")


def types(reports):
    sums = collections.defaultdict(lambda: collections.Counter())
    for report in reports:
        for name, kind in report["types"].items():
            sums[name].update(found=kind["found"], named=kind["named"], total=kind["total"])
            for intensity, part in kind["by_intensity"].items():
                sums[name].update({intensity: part["found"], f"{intensity}/all": part["total"]})
    for name, s in sorted(sums.items(), key=lambda item: (item[1]["found"] / max(1, item[1]["total"]), item[0])):
        parts = " | ".join(f"{s[i]}/{s[i + '/all']}" if s[i + "/all"] else "" for i in INTENSITIES)
        yield f"| {name} | {parts} | {s['found']}/{s['total']} | {s['named']} |"


def main():
    seeds = [int(seed) for seed in sys.argv[1:]] or sys.exit(__doc__)
    runs = [(api, seed, evaluate(api, seed)) for api in APIS for seed in seeds]
    reports = [report for _, _, report in runs]
    print("| API | seed | recall | precision | AUC | FP | FP of static rules at that recall | reduction | found / named / all | false incidents (service) | false on honest traffic | failures foretold | median lead, min | false failure alarms a day |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for run in runs:
        print(row(*run))
    scenarios = collections.Counter()
    for report in reports:
        scenarios.update(report["honest"]["by_scenario"])
    of = {key: sum(report["campaigns"][key] for report in reports) for key in ("found", "named", "total", "false_incidents", "false_incidents_about_the_service")}
    quiet = ", ".join(sorted(name.replace("_", " ") for name, n in scenarios.items() if n == 0))
    loud = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in scenarios.most_common() if n) or "none"
    print(f"\nIn all {of['found']} of {of['total']} attacks and faults were found, {of['named']} under their own name, with {of['false_incidents']} false incidents in {len(runs)} days, "
          f"{of['false_incidents_about_the_service']} of them about the service; and {sum(scenarios.values())} in {len(runs)} days of honest traffic: {loud}; none about {quiet}.\n")
    print("| type | easy | medium | hard | found | named |")
    print("|---|--:|--:|--:|--:|--:|")
    for line in types(reports):
        print(line)


if __name__ == "__main__":
    main()
