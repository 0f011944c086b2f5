"""The pictures of the documents: python pictures.py [card] [growth]; without a name, both."""
import sys

import matplotlib
import numpy as np

import data
from credence import OptimalBinner, Scorecard, sample_table
from timing import least

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen before)

plt.rcParams["svg.hashsalt"] = "credence"  # equal figures give equal files
plt.rcParams["svg.fonttype"] = "none"
DOCS = data.ROOT / "docs"


def people(rows, variables, seed=1):
    draw = np.random.default_rng(seed)
    risk = draw.normal(size=rows)
    X = {f"x{v}": risk * 0.4 + draw.normal(size=rows) for v in range(variables)}
    return X, (draw.random(rows) < 1 / (1 + np.exp(1.5 - risk))).astype(int)


def by_rows(rows):
    X, y = people(rows, 1)
    return least(lambda: OptimalBinner(trend="ascending").fit(X, y), 3)


def by_variables(variables):
    X, y = people(20_000, variables)
    return least(lambda: Scorecard(max_correlation=1, max_vif=1e9).fit(X, y), 2)


def by_prebins(prebins):
    X, y = people(300_000, 1)
    binner = OptimalBinner(trend="peak", max_bins=8, max_prebins=prebins, min_prebin_share=0.5 / prebins)
    return least(lambda: binner.fit(X, y), 3)


PANELS = (
    ("rows, one variable (bins)", by_rows, (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)),
    ("variables, 20,000 rows (whole card)", by_variables, (2, 5, 10, 20, 50, 100)),
    ("prebins, 300,000 rows (bins)", by_prebins, (10, 20, 50, 100, 200, 400)),
)


def growth():
    """Each panel changes one thing; the thin line is growth in proportion."""
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
    for ax, (title, measure, sizes) in zip(axes, PANELS, strict=True):
        times = [measure(size) * 1e3 for size in sizes]
        print(title, [f"{size}: {time:.3g} ms" for size, time in zip(sizes, times, strict=True)])
        ax.loglog(sizes, times, "o-", color="#1b5e8c")
        ax.loglog(sizes, [times[-1] * size / sizes[-1] for size in sizes], color="#999999", linewidth=0.8)
        ax.set_xlabel(title)
        ax.grid(alpha=0.3)
    axes[0].set_ylabel("milliseconds")
    figure.savefig(DOCS / "growth.svg", metadata={"Date": None})


def card():
    """Of applicants who do not exist."""
    columns, bad = sample_table(20_000, 1)
    codes = {"no bureau record": [-9], "never": [-7]}
    scorecard = Scorecard(id="sample", binning={"special_codes": codes, "max_bins": 4}, max_variables=5)
    ax = scorecard.fit(columns, bad).plot()
    ax.figure.savefig(DOCS / "card.svg", metadata={"Date": None})


if __name__ == "__main__":
    for name in sys.argv[1:] or ("card", "growth"):
        {"card": card, "growth": growth}[name]()
