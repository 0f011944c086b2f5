#!/usr/bin/env python3
"""Scores generated rows in every runtime by the exports made for it, and compares scores and ranked reasons
with the engine's, exactly.    run.py PARITY_CASES [RUNTIME...]

Exits 1 on any difference, on a missing runtime, and when the control, whose exports carry one wrong threshold,
is found nowhere to differ. The environment variable CREDENCE_PYTHON names a Python with the packages that the
test needs; without it nothing is tested, and that is said (exit code 77)."""
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 26_000  # per card; four cards make more than 100,000 rows per runtime
LEAST_ROWS = 100_000
SEED = 20261121


def restart_in_environment():
    wanted = os.environ.get("CREDENCE_PYTHON")
    if not wanted:
        print("parity: skipped, because CREDENCE_PYTHON names no Python with duckdb, onnx, onnxruntime, pyarrow, "
              "numpy, sqlglot and jsonschema")
        sys.exit(77)
    if os.environ.get("CREDENCE_PARITY_STARTED") != "1":
        os.environ["CREDENCE_PARITY_STARTED"] = "1"
        os.execv(wanted, [wanted, *sys.argv])


def check_json(case):
    """The JSON export keeps its schema, and its own numbers score as the engine does."""
    import json
    import jsonschema
    card = json.loads(case.script("json.json"))
    jsonschema.validate(card, json.loads(case.script("schema.json")))
    return [score_json(card, dict(zip(case.names, row))) for row in case.rows]


def json_cell(variable, value):
    bins, special = variable["bins"], variable["special"]
    if value is None or value != value:
        return len(bins) + len(special)
    for i, code in enumerate(special):
        if value in code["values"]:
            return len(bins) + i
    for i, each in enumerate(bins):
        if variable["kind"] == "text" and value in each["texts"]:
            return i
        if variable["kind"] == "number" and (each["to"] is None or value < each["to"]):
            return i
    return len(bins) + len(special) + 1


def score_json(card, row):
    cells, counts = {}, {}
    for variable in card["variables"]:
        cells[variable["name"]] = json_cell(variable, row[variable["name"]])
        counts[variable["name"]] = len(variable["bins"]) + len(variable["special"]) + 1 + (variable["kind"] == "text")
    total, lost = card["base"], []
    for term in card["terms"]:
        at = 0
        for name in term["variables"]:
            at = at * counts[name] + cells[name]
        points = term["points"][at]
        total += points
        if points < term["baseline"]:
            lost.append((points - term["baseline"], -term["tie"], term["reason"]))
    return total, [reason for _, _, reason in sorted(lost)[:4]]


def json_runtime(cases, work):
    for case in cases:
        yield case, check_json(case)


def runtime_of(name):
    import runtimes
    import transpiled
    if name == "json":
        return json_runtime
    return transpiled.runtime(name) if name in transpiled.DIALECTS else getattr(runtimes, name)


def main():
    restart_in_environment()
    import transpiled
    from parity_data import Case, differences
    cache = Path(sys.argv[1]).resolve().parent
    wanted = sys.argv[2:] or ["jpmml", "postgresql", "sqlite", "duckdb", "c", "java", "onnx", "python", "json",
                              *transpiled.DIALECTS]
    if not sys.argv[2:]:
        if shutil.which("node"):
            wanted.append("javascript")
        else:
            print("not tested: javascript, because there is no node")
    failed = False
    with tempfile.TemporaryDirectory(prefix="credence-parity-") as temporary:
        top = Path(temporary)
        top.chmod(0o755)
        subprocess.run([sys.argv[1], str(top / "cases"), str(SEED), str(ROWS)], check=True)
        cases = [Case(folder) for folder in sorted((top / "cases").iterdir())]
        for name in wanted:
            work = top / name
            work.mkdir()
            begun = time.monotonic()
            extra = {"cache": cache} if name == "jpmml" else {}
            run = runtime_of(name)
            rows, least, found, control = 0, LEAST_ROWS, [], None
            for case, answers in run(cases, work, **extra):
                if answers is None:
                    least -= ROWS
                    print(f"     {name} refuses the card `{case.name}`")
                    continue
                differing = differences(case, answers, all_reasons=name == "jpmml")
                if case.name == "control":
                    control = len(differing)
                    continue
                rows += len(answers)
                found += [f"{case.name} {each}" for each in differing]
            fine = not found and control and rows >= least
            failed = failed or not fine
            print(f"{'ok  ' if fine else 'FAIL'} {name:<12} {rows:>7} rows, {len(found)} differences; "
                  f"the control's wrong threshold found in {control} rows; {time.monotonic() - begun:.1f} s")
            for each in found[:5]:
                print("     " + each)
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
