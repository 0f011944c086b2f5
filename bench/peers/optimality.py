"""The same prebins and limits put to OptBinning and to Credence: whose bins have the greater information value? It is
computed here, from the cut points alone, by neither of them."""
import numpy as np
from optbinning import OptimalBinning
from sklearn.tree import DecisionTreeClassifier

from credence import InputError, OptimalBinner

LIMITS = {  # smallest prebin, smallest bin, largest bin
    "1 % / 5 % / -": (0.01, 0.05, 1.0),
    "2 % / 10 % / -": (0.02, 0.10, 1.0),
    "5 % / 10 % / -": (0.05, 0.10, 1.0),
    "1 % / 5 % / 30 %": (0.01, 0.05, 0.30),
    "5 % / 5 % / 25 %": (0.05, 0.05, 0.25),
}
TRENDS = ("ascending", "descending", "peak", "valley", "concave", "convex")
TOLERANCE = 1e-6  # OptBinning counts in whole millionths


def value(x, y, splits):
    """Information value of ordered bins over clean rows; None when a bin lacks one of the classes."""
    place = np.searchsorted(splits, x, side="right")
    bad = np.bincount(place[y == 1], minlength=len(splits) + 1) / (y == 1).sum()
    good = np.bincount(place[y == 0], minlength=len(splits) + 1) / (y == 0).sum()
    if (bad == 0).any() or (good == 0).any():
        return None
    return float(((bad - good) * np.log(bad / good)).sum())


def prebins(x, y, rows, least):
    tree = DecisionTreeClassifier(max_leaf_nodes=20, min_samples_leaf=int(np.ceil(least * rows)), random_state=0)
    tree.fit(x[:, None], y)
    splits = np.sort(tree.tree_.threshold[tree.tree_.feature >= 0])
    return [split for split in splits if value(x, y, [split]) is not None]


def theirs(history, column, splits, trend, smallest, largest):
    codes = history.specials.get(column)
    found = OptimalBinning(column, special_codes=codes, monotonic_trend=trend, user_splits=splits,
                           min_bin_size=smallest, max_bin_size=None if largest == 1 else largest)
    found.fit(history.X[column].to_numpy(), history.y)
    return found.splits if found.status == "OPTIMAL" else None


def ours(history, column, splits, trend, smallest, largest):
    rules = {"prebinning": "splits", "splits": splits, "special_codes": history.specials.get(column)}
    binner = OptimalBinner(trend=trend, strict_shape=True, min_bin_share=smallest, max_bin_share=largest,
                           variables={column: rules})
    try:
        binner.fit(history.X[[column]], history.y)
    except InputError as error:
        if error.code != "binning.infeasible":
            raise
        return None
    return binner.binnings_[column].cells["edges"]


def rows(histories):
    for name, (least, smallest, largest) in LIMITS.items():
        count = {"solved": 0, "equal": 0, "greater": 0, "smaller": 0, "only ours": 0, "only theirs": 0, "neither": 0}
        gains = []
        for history in histories:
            for column in (c for c in history.X if history.X[c].dtype.kind in "if"):
                clean = ~np.isin(history.X[column], [v for vs in history.specials.get(column, {}).values() for v in vs])
                clean &= ~np.isnan(history.X[column].to_numpy())
                x, y = history.X[column].to_numpy()[clean], history.y[clean]
                splits = prebins(x, y, len(history.y), least)
                if len(splits) < 2:
                    continue
                for trend in TRENDS:
                    one = ours(history, column, splits, trend, smallest, largest)
                    other = theirs(history, column, splits, trend, smallest, largest)
                    tell(count, gains, *(None if s is None else value(x, y, s) for s in (one, other)))
        yield (f"IV under {name}: greater, equal, smaller", f"{count['greater']}, {count['equal']}, {count['smaller']}",
               f"{count['solved']} problems", f"median +{np.median(gains or [0]):.2%} where greater")
        yield (f"IV under {name}: bins exist, found by one alone", str(count["only ours"]), str(count["only theirs"]),
               f"{count['neither']} have none")


def tell(count, gains, ours, theirs):
    count["solved"] += 1
    if ours is None or theirs is None:
        count["neither" if ours is theirs else "only theirs" if ours is None else "only ours"] += 1
    elif ours > theirs + TOLERANCE:
        count["greater"] += 1
        if theirs > 0:  # one bin has no value, and anything is infinitely more
            gains.append(ours / theirs - 1)
    else:
        count["smaller" if ours < theirs - TOLERANCE else "equal"] += 1
