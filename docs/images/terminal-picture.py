#!/usr/bin/env python3
"""Draws a terminal session as an SVG picture: terminal-picture.py TITLE < output-with-colours > picture.svg

Standard library only. Understands the SGR colours that vedette prints.
"""
import html
import re
import sys

COLUMN, ROW, MARGIN = 8.05, 18, 16
COLORS = {"1": ("#f4f7fb", True), "2": ("#8492a6", False), "91": ("#ff6b6b", False), "32": ("#51cf66", False), "33": ("#ffd43b", False), "38;5;208": ("#ff922b", False)}


def spans(line):
    color, bold = "#cdd6e3", False
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if code:
            color, bold = COLORS.get(code.group(1), ("#cdd6e3", False))
        elif part:
            yield part, color, bold


def main():
    title = sys.argv[1] if len(sys.argv) > 1 else ""
    lines = [f"\x1b[32m$\x1b[0m {title}"] + sys.stdin.read().rstrip("\n").split("\n")
    width = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) * COLUMN + 2 * MARGIN
    height = len(lines) * ROW + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" role="img">')
    print(f"<title>{html.escape(title)}</title>")
    print(f'<rect width="100%" height="100%" rx="8" fill="#10151d"/>')
    print('<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="13" xml:space="preserve">')
    for number, line in enumerate(lines):
        y, x = MARGIN + (number + 0.75) * ROW, MARGIN
        for text, color, bold in spans(line):
            weight = ' font-weight="bold"' if bold else ""
            print(f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}"{weight} textLength="{len(text) * COLUMN:.1f}">{html.escape(text).replace(chr(32), chr(160))}</text>')
            x += len(text) * COLUMN
    print("</g></svg>")


main()
