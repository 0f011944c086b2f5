"""The society beside its peers, in one run on this machine: python3 bench/peers/society.py [--rounds N] [PEOPLE...]

Unit payments among ten contacts (payments/RULES.md) in Credence, Mesa and AgentPy from PyPI, krABMaga from crates.io, and MASON
22, which lies in no package registry: the row is measured where MASON_JAR names the jar, else the published figure stands in its
place and says so. The engines take turns, several seeds each; the table gives medians. Ratios are of processor time where both
use one thread, because other programs on the machine lengthen that least; the clock on the wall is printed beside it."""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODEL, WORK = HERE / "payments", ROOT / "build" / "peers"
MONTHS = {10_000: 100, 100_000: 24, 1_000_000: 12}
SEEDS, UNITS = 3, 5
MOST_PEOPLE = {"Mesa": 1_000_000, "AgentPy": 100_000}
# MASON 22, each person on the schedule: person-months a second on a 2-core server (reference measurement, 2026).
PUBLISHED_MASON = {10_000: 13.1e6, 100_000: 15.1e6, 1_000_000: 2.97e6}


def run(command, **environment):
    environment = {**os.environ, **environment}
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, env=environment)
    return done.stdout


def credence():
    binary = ROOT / "build" / "release" / "bench" / "payments_peer"
    if given := os.environ.get("PAYMENTS_PEER"):
        return pathlib.Path(given)
    if not (ROOT / "build/release/build.ninja").exists():
        run(["cmake", "--preset", "release", "-S", ROOT])
    run(["cmake", "--build", ROOT / "build" / "release", "--target", "payments_peer"])
    return binary


def python_with_peers():
    home = WORK / "venv"
    if not home.exists():
        venv.create(home, with_pip=True)
    run([home / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", HERE / "society_requirements.txt"])
    return home / "bin/python"


def krabmaga():
    """Built beside the build of Credence, so that cargo leaves nothing in the source tree."""
    home = WORK / "krabmaga"
    shutil.copytree(MODEL / "krabmaga", home, dirs_exist_ok=True)
    run(["cargo", "build", "-q", "--release", "--manifest-path", home / "Cargo.toml"])
    return home / "target/release/payments"


def mason(jar):
    classes = WORK / "mason"
    run(["javac", "-cp", jar, "-d", classes, MODEL / "MasonPayments.java"])
    return ["java", "-Xmx8g", "-cp", f"{jar}:{classes}", "MasonPayments"]


class Engine:
    def __init__(self, name, command, threads=1, **environment):
        self.name, self.command, self.threads, self.environment = name, command, threads, environment
        self.lines = []

    def takes(self, people):
        return people <= MOST_PEOPLE.get(self.name.split(",")[0], people)

    def live(self, file, months, seeds):
        """A line for each seed: seconds, processor seconds, units in all, Gini, bytes a person."""
        out = run(self.command(file, months, seeds), **self.environment)
        self.lines += [[float(word) for word in line.split()] for line in out.splitlines()]

    def median(self, column):
        return statistics.median(line[column] for line in self.lines)


def engines(peer):
    python = python_with_peers()
    found = [Engine("Credence, one thread", lambda file, months, seeds: [peer, "run", file, months, 1, *seeds]),
             Engine("Credence, two threads", lambda file, months, seeds: [peer, "run", file, months, 2, *seeds], 2)]
    for name, script, extra in (("Mesa, in order", "mesa", {}), ("Mesa, order by chance", "mesa", {"MESA_SHUFFLE": "1"}),
                                ("AgentPy, in order", "agentpy", {})):
        path = MODEL / f"{script}_payments.py"
        found.append(Engine(name, lambda file, months, seeds, path=path: [python, path, file, months, *seeds], **extra))
    if shutil.which("cargo"):
        binary = krabmaga()
        found.append(Engine("krABMaga, in its queue", lambda file, months, seeds: [binary, file, months, *seeds]))
    if (jar := os.environ.get("MASON_JAR")) and shutil.which("javac"):
        java = mason(jar)
        for name, way in (("MASON, order by chance", "scheduled"), ("MASON, one sequence", "sequence")):
            found.append(Engine(name, lambda file, months, seeds, way=way: [*java, way, file, months, *seeds]))
    return found


def rows(people, peer, rounds):
    months, file = MONTHS[people], WORK / f"contacts-{people}"
    run([peer, "contacts", people, file])
    taking_part = [engine for engine in engines(peer) if engine.takes(people)]
    for number in range(rounds):
        for engine in taking_part:
            slow = engine.name.startswith(("Mesa", "AgentPy")) and people * months > 5_000_000
            if slow and number > 0:
                continue
            engine.live(file, months, range(number * SEEDS + 1, number * SEEDS + (2 if slow else SEEDS + 1)))
    person_months = people * months
    ours, ours_two = taking_part[0], taking_part[1]
    for engine in taking_part:
        kept = all(line[2] == people * UNITS for line in engine.lines)
        processor, wall = engine.median(1), engine.median(0)
        ratio = ""
        if engine not in (ours, ours_two):
            ratio = f"{processor / ours.median(1):.3g} x, {wall / ours_two.median(0):.3g} x"
        yield [engine.name, f"{people:,}", months, len(engine.lines), f"{person_months / processor / 1e6:.3g}",
               f"{person_months / wall / 1e6:.3g}", f"{engine.median(3):.3f}", "yes" if kept else "NO",
               f"{engine.median(4):.0f}", ratio]
    if not any(engine.name.startswith("MASON") for engine in taking_part):
        published = PUBLISHED_MASON[people]
        yield ["MASON, order by chance (published)", f"{people:,}", "", "", "", f"{published / 1e6:.3g}", "", "", "",
               f"{person_months / ours.median(1) / published:.3g} x of another run"]


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("people", type=int, nargs="*", default=list(MONTHS))
    asked = asked.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    peer = credence()
    titles = ["engine", "people", "months", "runs", "M/s cpu", "M/s wall", "Gini", "kept", "B/person",
              "Credence is faster: cpu 1:1, wall 2:1"]
    form = "{:<34} {:>9} {:>6} {:>4} {:>8} {:>8} {:>6} {:>4} {:>8}  {}"
    print(form.format(*titles), flush=True)
    for people in asked.people:
        for row in rows(people, peer, asked.rounds):
            print(form.format(*row), flush=True)


if __name__ == "__main__":
    main()
