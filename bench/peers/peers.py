"""The same task put to each peer, under the same limits."""
import math
import warnings

import numpy as np
from optbinning import BinningProcess, OptimalBinning
from optbinning import Scorecard as PeerScorecard
from optbinning.binning.prebinning import PreBinning

warnings.filterwarnings("ignore")


def special_list(history):
    """OptBinning takes one list of codes for all variables."""
    return sorted({code for codes in history.specials.values() for values in codes.values() for code in values})


def categories(history, columns):
    return [c for c in columns if history.X[c].dtype.kind not in "if"]


TRENDS = ("ascending", "descending", "peak", "valley", "concave", "convex")  # those that Credence solves


def optbinning_card(history, columns, estimator, rounding=False, of_variables=None, **limits):
    fit = {c: {**codes_of(history, c), **(of_variables or {}).get(c, {})} for c in columns}
    process = BinningProcess(list(columns), categorical_variables=categories(history, columns), binning_fit_params=fit,
                             **limits)
    return PeerScorecard(process, estimator, scaling_method="min_max", scaling_method_params={"min": 350, "max": 950},
                         rounding=rounding)


def codes_of(history, column):
    codes = history.specials.get(column)
    return {"special_codes": dict(codes)} if codes else {}


def best_trends(history, X, y, most=20, smallest=0.05):
    """Every trend solved by OptBinning, and of each variable the bins with the greatest information value. The quickest way
    that was found: prebins once, all trends from them, and a card that is given the bins. Texts have no trend."""
    best = {}
    for column in (c for c in X if X[c].dtype.kind in "if"):
        x, codes = X[column].to_numpy(), codes_of(history, column)
        clean = ~np.isnan(x) & ~np.isin(x, [v for values in history.specials.get(column, {}).values() for v in values])
        splits = PreBinning("classification", "cart", most, math.ceil(smallest * len(x))).fit(x[clean], y[clean]).splits
        greatest = -1
        for trend in TRENDS if len(splits) else ():
            found = OptimalBinning(column, monotonic_trend=trend, user_splits=splits, **codes).fit(x, y)
            found.binning_table.build()
            if found.binning_table.iv > greatest and len(found.splits):
                greatest = found.binning_table.iv
                best[column] = {"monotonic_trend": trend, "user_splits": found.splits}
    return best


def optbinning_whole_card(history, X, y, estimator):
    """The card that Credence makes by default, as OptBinning makes it: the best of all trends, and whole points."""
    return optbinning_card(history, X.columns, estimator, rounding=True, of_variables=best_trends(history, X, y)).fit(X, y)


def credence_card(history, columns, trends=None, **options):
    from credence import Scorecard

    variables = {c: codes_of(history, c) for c in columns if c in history.specials}
    for column, trend in (trends or {}).items():
        variables.setdefault(column, {})["trend"] = trend
    return Scorecard(variables=variables, **options)


def toad_card(X, y):
    """Chi-merged bins, weights of evidence, logistic regression, points: toad's own way from start to end."""
    import toad

    combiner = toad.transform.Combiner()
    combiner.fit(X, y, method="chi", min_samples=0.05)
    encoder = toad.transform.WOETransformer()
    encoded = encoder.fit_transform(combiner.transform(X), y)
    return toad.ScoreCard(combiner=combiner, transer=encoder, C=1).fit(encoded, y)


def scorecardpy_card(X, y):
    import scorecardpy

    table = X.assign(outcome=y)
    bins = scorecardpy.woebin(table, "outcome", print_info=False)
    return scorecardpy.woebin_ply(table, bins, print_info=False)
