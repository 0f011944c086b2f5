#!/usr/bin/env python3
"""Runs the transcripts of cases/**.txt: commands with their exact output and exit code.

  # a comment
  @ file NAME          the lines up to `@ end` become a file
  @ end
  $ credence check x   a command, run by bash in a folder of its own (with all earlier ones of this transcript)
  output               stdout and stderr together; [..] stands for anything within a line, a lone ... for any lines
  ? 3                  its exit code, when it is not 0

usage: run.py CREDENCE [--bless] [PATH...]     --bless rewrites what is expected; whoever blesses, reads the diff.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from shown import fits

ROOT = Path(__file__).resolve().parent.parent.parent


def parse(text):
    """Steps: ("text", lines), ("file", name, lines, raw) or ("run", command, expected lines, code)."""
    steps, lines, i = [], text.splitlines(), 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("@ file "):
            end = lines.index("@ end", i)
            steps.append(("file", line[7:], lines[i + 1:end], lines[i:end + 1]))
            i = end + 1
        elif line.startswith("$ "):
            command, expected, code, i = line[2:], [], 0, i + 1
            while i < len(lines) and not lines[i].startswith(("$ ", "# ", "@ ", "? ")):
                expected.append(lines[i])
                i += 1
            if i < len(lines) and lines[i].startswith("? "):
                code, i = int(lines[i][2:]), i + 1
            while expected and not expected[-1]:
                expected.pop()
            steps.append(("run", command, expected, code))
        else:
            steps.append(("text", [line]))
            i += 1
    return steps


def play(path, credence, bless):
    steps, out, faults, ran = parse(path.read_text()), [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, PATH=f"{Path(credence).resolve().parent}:{os.environ['PATH']}", ROOT=str(ROOT),
                   NO_COLOR="1", TERM="dumb", LC_ALL="C.UTF-8")
        env.pop("CREDENCE_DATA", None)
        for step in steps:
            if step[0] == "text":
                out += step[1]
                continue
            if step[0] == "file":
                (Path(folder) / step[1]).write_text("\n".join(step[2]) + "\n")
                out += step[3]
                continue
            _, command, expected, code = step
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, text=True, timeout=120,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
            ran += 1
            got = done.stdout.splitlines()
            while got and not got[-1]:
                got.pop()
            right = fits(expected, got) and done.returncode == code
            if not right:
                faults.append((command, expected, code, got, done.returncode))
            shown = expected if right else got
            out += [f"$ {command}"] + shown + ([f"? {done.returncode}"] if done.returncode else [])
            if steps.index(step) < len(steps) - 1:
                out.append("")
    if bless and faults:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(out).strip("\n") + "\n")
        path.write_text(text)
    return ran, faults


def report(path, faults):
    for command, expected, code, got, got_code in faults:
        print(f"{path.relative_to(ROOT)}: $ {command}")
        print("  expected:", *(f"\n    {line}" for line in expected), f"\n    ? {code}")
        print("  got:", *(f"\n    {line}" for line in got), f"\n    ? {got_code}")


def main():
    arguments = [a for a in sys.argv[1:] if a != "--bless"]
    bless = "--bless" in sys.argv
    credence, paths = arguments[0], [Path(p).resolve() for p in arguments[1:]]
    paths = paths or sorted((ROOT / "cases").glob("*/*/*.txt"))
    commands = failed = 0
    for path in paths:
        ran, faults = play(path, credence, bless)
        commands += ran
        failed += bool(faults)
        if not bless:
            report(path, faults)
    print(f"{len(paths)} transcripts, {commands} commands, {failed} {'blessed' if bless else 'failed'}")
    if not paths or not commands:
        print("error: nothing was run")
        return 1
    return 1 if failed and not bless else 0


if __name__ == "__main__":
    sys.exit(main())
