"""A scorecard from start to end, one long variable, batch scoring, and recourse: times on this machine, side by side."""
import pathlib
import tempfile

import lightgbm
import numpy as np
import onnxruntime
import pandas as pd
from optbinning import OptimalBinning
from optbinning.scorecard import Counterfactual
from sklearn.linear_model import LogisticRegression

import peers
from credence import OptimalBinner, recourse
from timing import least, ratio, spell


LIMITS = {"max_prebins": 20, "min_prebin_share": 0.05}  # OptBinning's own
ALL_VARIABLES = {"min_iv": 0, "max_correlation": 1, "max_vif": 1e12}  # as OptBinning, which drops none


def cards(histories):
    """Prebins, bins, fit and points in one process and thread, on the same rows, columns, prebins and limits.

    Whole task: every trend is solved and the best kept (here by held-out loss, there by information value), and the points
    are whole and keep the range (here fitted jointly, there by OptBinning's mixed-integer rounding). One trend: each
    variable is given one, the same to both, and its points are rounded here and left as they are there. Its own guess:
    OptBinning as it comes, where a decision tree guesses the trend."""
    for history in histories:
        X, y = history.lawful, history.y
        regression = LogisticRegression(max_iter=1000)
        whole = peers.credence_card(history, X.columns, binning=LIMITS, **ALL_VARIABLES)
        time = least(lambda: whole.fit(X, y), 20)
        theirs = least(lambda: peers.optbinning_whole_card(history, X, y, regression), 2)
        yield f"{history.name}: whole task: every trend, whole points / OptBinning", *beside(time, theirs)
        trends = {c: binning.trend for c, binning in whole.binnings_.items() if binning.trend in peers.TRENDS}
        one = peers.credence_card(history, X.columns, binning=LIMITS, whole_points=False, trends=trends, **ALL_VARIABLES)
        one_time = least(lambda: one.fit(X, y), 20)
        given = {c: {"monotonic_trend": trend} for c, trend in trends.items()}
        peer = peers.optbinning_card(history, X.columns, regression, of_variables=given)
        yield f"{history.name}: one trend, points by themselves / OptBinning", *beside(one_time, least(lambda: peer.fit(X, y), 3))
        peer = peers.optbinning_card(history, X.columns, regression)
        theirs = least(lambda: peer.fit(X, y), 3)
        yield f"{history.name}: one trend, points by themselves / OptBinning's own guess", *beside(one_time, theirs)
        yield f"{history.name}: not equal: our whole task / OptBinning's own guess", *beside(time, theirs)
        for name, work in (("toad", peers.toad_card), ("scorecardpy, bins only", peers.scorecardpy_card)):
            try:
                theirs = least(lambda: work(X, y), 1)
            except Exception as error:  # a peer that cannot run is said, not left out
                yield f"{history.name}: one trend / {name}", "", "", f"it stops: {type(error).__name__}: {error}"
                continue
            yield f"{history.name}: one trend / {name}", *beside(one_time, theirs)


def beside(ours, theirs):
    return spell(ours), spell(theirs), ratio(ours, theirs)


def one_variable(rows=300_000):
    draw = np.random.default_rng(1)
    risk = draw.normal(size=rows)
    X = pd.DataFrame({"x": risk + draw.normal(size=rows)})
    y = (draw.random(rows) < 1 / (1 + np.exp(2 - risk))).astype(int)
    for prebins, share in ((20, 0.05), (77, 0.01)):
        binner = OptimalBinner(trend="ascending", max_prebins=prebins, min_prebin_share=share)
        time = least(lambda: binner.fit(X, y))
        peer = OptimalBinning(monotonic_trend="ascending", max_n_prebins=prebins, min_prebin_size=share)
        theirs = least(lambda: peer.fit(X.x.to_numpy(), y), 3)
        yield f"one variable, {rows} rows, {prebins} prebins / OptBinning", spell(time), spell(theirs), ratio(time, theirs)
    read = least(lambda: X.x.to_numpy().sum())
    yield "one variable: prebins and bins / reading the column", spell(time), spell(read), ratio(time, read)


def scoring(history, rows=1_000_000):
    X, y = history.lawful, history.y
    card = peers.credence_card(history, X.columns).fit(X, y)
    many = pd.concat([X] * (rows // len(X) + 1), ignore_index=True).iloc[:rows]
    time = least(lambda: card.score_points(many), 3)
    with_reasons = least(lambda: card.card_.native.score(card.card_.native_table(many), 4, 1), 3)
    read = least(lambda: [many[c].to_numpy().sum() for c in many], 3)
    yield f"score {rows} rows of {history.name} / reading the bytes", spell(time), spell(read), ratio(time, read)
    yield "score with four reasons / score", spell(with_reasons), spell(time), ratio(with_reasons, time)
    peer = peers.optbinning_card(history, X.columns, LogisticRegression(max_iter=1000)).fit(X, y)
    part = many.iloc[: rows // 10]
    theirs = 10 * least(lambda: peer.score(part), 2)
    yield f"score {rows} rows / OptBinning's score", spell(time), spell(theirs), ratio(time, theirs)
    forest = lightgbm.LGBMClassifier(n_estimators=200, num_leaves=15, learning_rate=0.05, n_jobs=1, verbose=-1).fit(X, y)
    theirs = 10 * least(lambda: forest.booster_.predict(part, num_threads=1), 2)
    yield f"score {rows} rows / LightGBM, 200 trees", spell(time), spell(theirs), ratio(time, theirs)
    theirs = onnx(card, many)
    yield f"score {rows} rows / the same card in ONNX Runtime", spell(time), spell(theirs), ratio(time, theirs)


def onnx(card, many):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "card.onnx"
        card.export("onnx", path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        part = many.iloc[: len(many) // 10]
        inputs = {node.name: part[node.name].to_numpy().reshape([-1] + [1] * (len(node.shape) - 1))
                  for node in session.get_inputs()}
        return 10 * least(lambda: session.run(None, inputs), 2)


def counterfactuals(history, queries=10):
    """The cheapest changes that turn a refused applicant into an accepted one: OptBinning's counterfactual (its own
    objective, solved by CBC) and the exact program, on the same applicants and with at most five changes."""
    X, y = history.lawful, history.y
    card = peers.credence_card(history, X.columns).fit(X, y)
    peer = peers.optbinning_card(history, X.columns, LogisticRegression(max_iter=1000)).fit(X, y)
    machine = Counterfactual(peer).fit(X)
    target = int(np.median(card.score_points(X)))
    below = X[card.score_points(X) < target - 60]
    few, many = below.iloc[:queries], below.iloc[:2000]

    def theirs():
        for row in range(len(few)):
            machine.generate(few.iloc[[row]], y=0, outcome_type="binary", n_cf=1, max_changes=5)

    plan = {"others": {}, "most_changes": 5}
    time = least(lambda: recourse(card, many, target, **plan), 3) / len(many)
    theirs = least(theirs, 1) / len(few)
    yield f"{history.name}: recourse for one applicant / Counterfactual", spell(time), spell(theirs), ratio(time, theirs)
