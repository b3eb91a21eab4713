#!/usr/bin/env python3
"""Writes the made cases of tests/cases: a log, what it must lead to, and settings where a case needs them.

Python's standard library only, and nothing of the product: the cases are an independent oracle. Seeded: run again, it writes the same bytes.
With names as arguments it writes only those cases. A "known_gap" in an expected.json is kept.
"""

import json
import pathlib
import sys

import attacks
import honest  # noqa: F401  registers its cases
import traffic


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    for name, (form, build) in attacks.CASES.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        log, incidents, settings, allowed = (*build(), None, None)[:4]
        folder = root / name
        folder.mkdir(exist_ok=True)
        for old in folder.glob("access.*"):
            old.unlink()
        traffic.write(folder, log, form)
        if settings:
            (folder / "vedette.json").write_text(json.dumps(settings, indent=2) + "\n")
        expected = {"description": " ".join((build.__doc__ or "").split())} if build.__doc__ else {}
        expected |= {"incidents": incidents}
        if allowed:
            expected["allowed"] = allowed
        expected["no_others_from"] = "MEDIUM"
        path = folder / "expected.json"
        gap = json.loads(path.read_text()).get("known_gap") if path.exists() else None
        if gap:
            expected["known_gap"] = gap
        path.write_text(json.dumps(expected, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
