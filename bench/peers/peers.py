"""The same task put to each peer, under the same limits."""
import warnings

from optbinning import BinningProcess
from optbinning import Scorecard as PeerScorecard

warnings.filterwarnings("ignore")


def special_list(history):
    """OptBinning takes one list of codes for all variables."""
    return sorted({code for codes in history.specials.values() for values in codes.values() for code in values})


def categories(history, columns):
    return [c for c in columns if history.X[c].dtype.kind not in "if"]


def optbinning_card(history, columns, estimator, **limits):
    fit = {c: {"special_codes": {name: values for name, values in history.specials[c].items()}}
           for c in columns if c in history.specials}
    process = BinningProcess(list(columns), categorical_variables=categories(history, columns), binning_fit_params=fit,
                             **limits)
    return PeerScorecard(process, estimator, scaling_method="min_max", scaling_method_params={"min": 350, "max": 950},
                         rounding=False)


def credence_card(history, columns, **options):
    from credence import Scorecard

    variables = {c: {"special_codes": history.specials[c]} for c in columns if c in history.specials}
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
