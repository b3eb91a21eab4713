#!/usr/bin/env python3
"""Prints how well other people's labelled logs are judged, per model, as Markdown: the tables of bench/results/evaluation-logs.md are what it printed.

    python3 bench/evaluation_logs.py --labelled SCANNER.jsonl.gz... --ordinary SITE.log.gz... [--models DIR]

Each scanner's lines, and all of them together, are mixed into each ordinary log (bench/labelled_log.py says how), as it is and without its doubtful callers. DIR is a folder of trained models (vedette train).
"""
import argparse
import gzip
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def mixed(labelled, ordinary, folder, without_doubtful):
    name = f"{'+'.join(path.name.split('.')[0].split('_')[0] for path in labelled)} in {ordinary.name.split('.')[0].split('_')[0]}"
    out = folder / (f"{name} without doubtful" if without_doubtful else name)
    rows = folder / "rows.jsonl.gz"
    with gzip.open(rows, "wb") as joined:
        for path in labelled:
            joined.write(gzip.open(path).read())
    subprocess.run([sys.executable, str(ROOT / "bench" / "labelled_log.py"), str(rows), str(ordinary), str(out), *(["--without-doubtful"] if without_doubtful else [])], check=True)
    return out


def evaluate(log, models):
    command = [str(ROOT / "vedette"), "evaluate", f"{log}.log", "--truth", f"{log}.truth", "--output", "json", *(["--models", models] if models else [])]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def against(model):
    """How many false positives the static rules raise at the model's recall, and how much fewer the model does."""
    if model["recall"] == 0:
        return "finds nothing"
    rules, reduction = model["static_rules_false_positives"], model["false_positive_reduction"]
    return f"{rules:.1f}" if reduction is None else f"{rules:.1f}: {100 * reduction:.0f}%"


def rows(log, report):
    traffic, rules, campaigns = report["traffic"][0], report["static_rules"], report["campaigns"]
    head = f"| {log.name} | {traffic['events']:,} | {traffic['attack_windows']} of {traffic['windows']:,} "
    for model in report["models"]:
        yield head + f"| {model['name']} | {model['precision']:.3f} | {model['recall']:.3f} | {model['f1']:.3f} | {model['auc']:.3f} | {model['false_positives']} | {against(model)} |"
        head = "|  |  |  "
    rule, ensemble = rules["as_written"], next((model for model in report["models"] if model["name"] == "ensemble"), None)
    yield head + f"| static rules as written | {rule['precision']:.3f} | {rule['recall']:.3f} | {rule['f1']:.3f} | {rule['auc']:.3f} | {rule['false_positives']:.0f} |  |"
    if ensemble:
        yield head + f"| ensemble at the recall of the rules as written | | {rule['recall']:.3f} | | | {ensemble['false_positives_at_rules_recall']:.1f} |  |"
    yield f"|  |  |  | campaigns found | {campaigns['found']} of {campaigns['total']} | | | | {campaigns['false_incidents']} incidents | |"


def add(totals, without_doubtful, model):
    """Sums what a model and the rules at its recall raise in vain, where it finds anything."""
    total = totals.setdefault((model["name"], without_doubtful), [0, 0.0])
    if model["recall"] > 0:
        total[0] += model["false_positives"]
        total[1] += model["static_rules_false_positives"]


def together(total):
    alarms, rules = total
    return f"{alarms} | {rules:.1f} | {100 * (1 - alarms / rules):.0f}%" if rules else f"{alarms} | {rules:.1f} | –"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", nargs="+", type=pathlib.Path, required=True)
    parser.add_argument("--ordinary", nargs="+", type=pathlib.Path, required=True)
    parser.add_argument("--models")
    options = parser.parse_args()
    groups = [[path] for path in options.labelled] + ([options.labelled] if len(options.labelled) > 1 else [])
    alarms, totals = {}, {}
    print("| log | requests | windows with an attack | model | precision | recall | F1 | AUC | false positives | the rules at that recall: fewer |")
    print("|---|--:|--:|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for without_doubtful, honest, attacks in itertools.product([False, True], options.ordinary, groups):
            log = mixed(attacks, honest, pathlib.Path(folder), without_doubtful)
            report = evaluate(log, options.models)
            for line in rows(log, report):
                print(line, flush=True)
            for sample in report["campaigns"]["false_incident_samples"]:
                alarms.setdefault(f"{sample['type']}, risk {sample['risk']}, {sample['actor']}: {sample['explanation']}", []).append(log.name)
            for model in report["models"]:
                add(totals, without_doubtful, model)
    print("\nAll logs together:\n\n| model | false positives | the rules at that recall | fewer | without doubtful callers | the rules | fewer |\n|---|--:|--:|--:|--:|--:|--:|")
    for name in dict.fromkeys(name for name, _ in totals):
        print(f"| {name} | " + " | ".join(together(totals[name, without_doubtful]) for without_doubtful in (False, True)) + " |")
    print("\nIncidents counted as false:\n")
    for what, where in alarms.items():
        print(f"* {what} ({', '.join(where)})")


if __name__ == "__main__":
    main()
