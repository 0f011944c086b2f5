"""The folders that parity_cases writes, and the comparison of a runtime's answers with the engine's."""
import math
from pathlib import Path


def text(written):
    return bytes.fromhex(written[1:]).decode()


def hexed(value):
    return "x" + value.encode().hex()


def number(written):
    if written == "null":
        return None
    return math.nan if written == "nan" else float.fromhex(written)


class Case:
    """One card: `rows` are lists of values (None is missing), `expected` pairs of score and all reasons."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.name = self.folder.name
        lines = [line.split("\t") for line in self.lines("variables.tsv")]
        self.names = [text(line[0]) for line in lines]
        self.numeric = [line[1] == "number" for line in lines]
        self.fields = [line[2] for line in lines]
        self.texts = [[text(each) for each in line[3:]] for line in lines]
        self.reasons = [text(line) for line in self.lines("reasons.tsv")]
        self.written = [line.split("\t") for line in self.lines("rows.tsv")]
        self.rows = [[self.value(i, each) for i, each in enumerate(row)] for row in self.written]
        self.expected = []
        for line in self.lines("expected.tsv"):
            score, reasons = line.split("\t")
            self.expected.append((int(score), [self.reasons[int(r)] for r in reasons.split(",") if r]))

    def lines(self, name):
        return (self.folder / name).read_text().splitlines()

    def value(self, variable, written):
        if self.numeric[variable]:
            return number(written)
        return None if written == "-1" else self.texts[variable][int(written)]

    def columns(self):
        return [list(column) for column in zip(*self.rows)]

    def script(self, name):
        return (self.folder / name).read_text()


def differences(case, answers, all_reasons=False):
    """Rows whose score or reasons differ. With all_reasons (PMML) zeros stand behind the true ones."""
    found = []
    if len(answers) != len(case.expected):
        return [f"{len(answers)} answers for {len(case.expected)} rows"]
    for row, ((score, reasons), (got_score, got)) in enumerate(zip(case.expected, answers)):
        wanted = reasons if all_reasons else reasons[:4]
        got = list(got)[:len(wanted)] if all_reasons else list(got)
        if score != got_score or wanted != got:
            found.append(f"row {row} {case.rows[row]}: engine {score} {wanted}, runtime {got_score} {got}")
    return found
