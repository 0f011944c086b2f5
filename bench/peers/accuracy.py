"""Cross-validated AUC on the same folds: Credence's card (with and without pairs), OptBinning's scorecard and
gradient boosting. Everything is refitted in each fold."""
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

import peers


def boosting(X, y):
    categories = [c for c in X if X[c].dtype.kind not in "if"]
    coded = X.assign(**{c: X[c].astype("category").cat.codes.astype(float) for c in categories})
    mask = [c in categories for c in X]
    return coded, HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=15, early_stopping=True, random_state=0,
        categorical_features=mask if any(mask) else None)


def cross_validated(fit_predict, X, y):
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    aucs = [roc_auc_score(y[test], fit_predict(X.iloc[train], y[train], X.iloc[test])) for train, test in folds.split(X, y)]
    return np.mean(aucs), np.std(aucs)


def boost_fold(history):
    coded, _ = boosting(history.lawful, history.y)

    def fit_predict(train, y, test):
        _, model = boosting(history.lawful, history.y)
        model.fit(coded.loc[train.index], y)
        return model.predict_proba(coded.loc[test.index])[:, 1]

    return fit_predict


def optbinning_fold(history):
    def fit_predict(train, y, test):
        card = peers.optbinning_card(history, train.columns, LogisticRegression(C=1, max_iter=1000))
        card.fit(train, y)
        return card.predict_proba(test)[:, 1]

    return fit_predict


def credence_fold(history, pairs):
    def fit_predict(train, y, test):
        limits = {"min_bin_share": 0.02, "max_prebins": 50, "min_prebin_share": 0.01}  # the same for every set
        card = peers.credence_card(history, train.columns, pairs=pairs, min_pair_gain=0.0, binning=limits)
        card.fit(train, y)
        return card.predict_proba(test)[:, 1]

    return fit_predict


def rows(histories):
    for history in histories:
        X, y = history.lawful, history.y
        figures = {}
        for name, fit_predict in (("card", credence_fold(history, 0)), ("card with pairs", credence_fold(history, 6)),
                                  ("OptBinning", optbinning_fold(history)), ("boosting", boost_fold(history))):
            figures[name] = cross_validated(fit_predict, X, y)
        for name in ("card", "card with pairs"):
            for peer in ("OptBinning", "boosting"):
                ours, theirs = figures[name][0], figures[peer][0]
                yield f"{history.name}: AUC, {name} / {peer}", f"{ours:.4f}", f"{theirs:.4f}", f"{ours - theirs:+.4f}"
