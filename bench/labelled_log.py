"""Makes a log with its labels, as `vedette evaluate` reads them, of lines that are known to be a scanner's and of somebody's ordinary log.

    python3 bench/labelled_log.py LABELLED.jsonl.gz ORDINARY.log.gz OUT [--without-doubtful]

LABELLED has rows {"line", "label"} with lines of a combined log; those with label 1 are an attack by their address and user. They are moved to the middle of the ordinary log, so that both happen at once. Writes OUT.log and
OUT.truth. Lines without label are left out: nobody knows what they are. With --without-doubtful so are all lines of those callers of the ordinary log who ask even once for what no page of a site of articles and files
links to (DOUBTFUL): they have no label either, and nobody would call them honest.
"""
import argparse
import datetime
import gzip
import json
import re

# What is posted; administration, registration and login of software that the site does not run; editors and uploaders known for their holes; shells left behind by others; secrets; code as data; comment spam.
DOUBTFUL = re.compile(
    r"^POST |/wp-|/admin(istrator)?(\.php|/)|aspcms|/user/register|/node/add|[?&]a(ct)?=(login|register)|fckeditor|elfinder|/up(load)?s?\.php|vuln\.php|/e/data/|\.env\b|union.select|<\?php|trackback|\+result:",
    re.IGNORECASE)
REQUEST = re.compile(r'"((?:[^"\\]|\\.)*)"')
TIME = re.compile(r"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")
FORMAT = "%d/%b/%Y:%H:%M:%S %z"


def time_of(line):
    found = TIME.search(line)
    return datetime.datetime.strptime(found.group(1), FORMAT) if found else None


def read(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        return [line.rstrip("\n") for line in lines]


def address(line):
    return line.split(" ", 1)[0]


def is_doubtful(line):
    request = REQUEST.search(line)
    return bool(request and DOUBTFUL.search(request.group(1)))


def mix(labelled, ordinary, out, without_doubtful):
    honest = [(time, line) for line in read(ordinary) if (time := time_of(line))]
    if without_doubtful:
        doubtful = {address(line) for _, line in honest if is_doubtful(line)}
        honest = [(time, line) for time, line in honest if address(line) not in doubtful]
    attacks = [(time, line) for row in map(json.loads, read(labelled)) if row["label"] == 1 and (time := time_of(line := row["line"]))]
    start = min(time for time, _ in honest)
    shift = start + (max(time for time, _ in honest) - start) / 2 - min(time for time, _ in attacks)
    shift -= datetime.timedelta(microseconds=shift.microseconds)
    moved = [(time + shift, TIME.sub(lambda _, at=time + shift: f"[{at.strftime(FORMAT)}]", line, count=1)) for time, line in attacks]
    with open(out + ".log", "w", encoding="utf-8", errors="surrogateescape") as log:
        log.writelines(line + "\n" for _, line in sorted(honest + moved, key=lambda entry: entry[0]))
    spans, users = {}, {}
    for time, line in sorted(moved):
        spans.setdefault(address(line), []).append(time)
        users.setdefault(address(line), set()).add(line.split(" ", 3)[2])
    with open(out + ".truth", "w", encoding="utf-8") as truth:
        number = 0
        for actor, times in spans.items():
            first = last = times[0]
            # A pause of half an hour ends a campaign.
            for time in [*times[1:], None]:
                if time is not None and time - last < datetime.timedelta(minutes=30):
                    last = time
                    continue
                number += 1
                row = {"id": f"a{number}", "type": "scanner", "actors": [actor], "users": sorted(users[actor] - {"-"}), "endpoint": None, "start": utc(first), "end": utc(last + datetime.timedelta(seconds=1)), "intensity": "easy"}
                truth.write(json.dumps(row) + "\n")
                first = last = time


def utc(time):
    return time.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled")
    parser.add_argument("ordinary")
    parser.add_argument("out")
    parser.add_argument("--without-doubtful", action="store_true")
    options = parser.parse_args()
    mix(options.labelled, options.ordinary, options.out, options.without_doubtful)


if __name__ == "__main__":
    main()
