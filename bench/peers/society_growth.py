"""How the time of a society grows with its people: python society_growth.py [PRINTED]

Runs build/release/bench/society_full_bench at several sizes, or reads what it printed before, and draws docs/society-growth.svg:
processor seconds of a month, every life of a person counted, beside growth in proportion."""
import pathlib
import subprocess
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen before)

plt.rcParams["svg.hashsalt"] = "credence"  # equal figures give equal files
plt.rcParams["svg.fonttype"] = "none"
ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build" / "release" / "bench" / "society_full_bench"
COLOURS = {"none": "#1b5e8c", "lawful-open": "#3a7d44", "total-surveillance": "#a23b3b"}
NAMES = {"none": "no programme", "lawful-open": "lawful-open, and without", "total-surveillance": "total-surveillance, and without"}
SIZES = (10_000, 100_000, 1_000_000)


def printed():
    for programme in COLOURS:
        for people in SIZES:
            out = subprocess.run([BENCH, str(people), programme], check=True, capture_output=True, text=True)
            yield from out.stdout.splitlines()


def seconds_of_a_month(lines):
    """By programme: people and processor seconds."""
    points = {programme: [] for programme in COLOURS}
    for words in map(str.split, lines):
        if words and words[0] in points:
            people, lives, speed = int(words[1]), int(words[2]), float(words[8])
            points[words[0]].append((people, people * lives / speed / 1e6))
    return points


def draw(points):
    figure, ax = plt.subplots(figsize=(6.4, 4), layout="constrained")
    for programme, line in points.items():
        if not line:
            continue
        people, seconds = zip(*sorted(line), strict=True)
        ax.loglog(people, seconds, "o-", color=COLOURS[programme], label=NAMES[programme])
        ax.loglog(people, [seconds[0] * size / people[0] for size in people], color="#999999", linewidth=0.8)
    ax.set_xlabel("people")
    ax.set_ylabel("processor seconds of a month")
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    figure.savefig(ROOT / "docs" / "society-growth.svg", metadata={"Date": None})


if __name__ == "__main__":
    lines = pathlib.Path(sys.argv[1]).read_text().splitlines() if len(sys.argv) > 1 else printed()
    draw(seconds_of_a_month(lines))
