#!/usr/bin/env python3
"""Plays a document: runs its blocks of commands (```sh) and compares what they print with the block below (```text).

[..] stands for anything within a line, a lone ... for any lines.
usage: play.py DOCUMENT LEAST [--bless]      LEAST blocks must have run; --bless rewrites the blocks of what is printed
"""
import re
import subprocess
import sys

from shown import fits


def main():
    path, least, bless = sys.argv[1], int(sys.argv[2]), "--bless" in sys.argv
    document = open(path).read()
    blocks = list(re.finditer(r"^```(sh|text)\n(.*?)^```", document, re.S | re.M))
    ran = failed = 0
    changes = []
    for block, below in zip(blocks, blocks[1:] + [None]):
        if block[1] != "sh":
            continue
        done = subprocess.run(["bash", "-ec", block[2]], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=300)
        ran += 1
        shown = below is not None and below[1] == "text"
        expected = below[2].splitlines() if shown else ["..."]
        got = done.stdout.splitlines()
        if done.returncode == 0 and fits(expected, got):
            continue
        failed += 1
        print(f"$ {block[2]}\nexit code {done.returncode}; expected:", *expected, "got:", *got, sep="\n")
        if shown:
            changes.append((below.span(2), done.stdout))
    if bless:
        for (start, end), text in reversed(changes):
            document = document[:start] + text + document[end:]
        open(path, "w").write(document)
    print(f"tutorial: {ran} blocks of commands, {failed} failed")
    return 0 if ran >= least and (failed == 0 or bless) else 1


if __name__ == "__main__":
    sys.exit(main())
