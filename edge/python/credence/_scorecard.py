"""A scorecard as a scikit-learn classifier."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from credence import _native
from credence._binner import OWN_RULES, RULES, check_rules, check_variables
from credence._binning import Binning
from credence._card import Card
from credence._charter import lawful_table
from credence._errors import InputError
from credence._found import Found
from credence._frames import Frame, check_names, learn_names
from credence._history import History, read_history

_VARIABLE_RULES = (
    *OWN_RULES,
    "leave_out",
    "keep",
    "kind",
    "family",
    "title",
    "min_gap",
    "lowest",
    "highest",
    "bins",
    "bins_because",
    "fixed_points",
)
_PLAN = (
    "id",
    "min_iv",
    "max_correlation",
    "max_vif",
    "max_coefficient_p_value",
    "max_variables",
    "lowest",
    "highest",
    "pairs",
    "min_pair_gain",
    "pair_ridge",
    "pair_groups",
    "absence",
    "ridge",
    "cell_ridge",
    "whole_points",
    "folds",
    "seed",
    "threads",
)


class Scorecard(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A card of whole points, fitted jointly on optimal bins.

    Columns whose names betray what no score may read (the charter's catalogue: health, origin,
    faces, other people, and proxies of them) are set apart with a `CharterWarning`, and never enter
    a card.

    Parameters
    ----------
    id : str, default="card"
    plan : str, Path or None
        A training plan: its text, or the path of its file. Parameters below that are not at their
        default change it.
    binning : dict or None
        Rules of all variables, named as the parameters of `OptimalBinner`.
    variables : dict of str to dict, or None
        Rules of single variables; besides those of `OptimalBinner`: ``leave_out``, ``keep``,
        ``kind``, ``family``, ``title`` ({"en", "fr"}), ``min_gap``, ``lowest``, ``highest``,
        ``bins`` (a person's bins, {"edges"} or {"groups"}) with ``bins_because``, and
        ``fixed_points`` (list of {"cell", "points", "because"}).
    min_iv, max_correlation, max_vif, max_coefficient_p_value : float
        Which variables stay; 1 as p-value switches that test off.
    max_variables : int or None
    anchor : tuple of (points, odds, pdo), or None
        Good:bad odds at a number of points, and the points that double them. Without it the card's
        extremes are the range.
    lowest, highest : int, default 350 and 950
        The range of scores.
    pairs : int, default=0
        Two-way tables of points at most, where they earn `min_pair_gain` of held-out AUC each.
    pair_ridge, pair_groups : float, int
        L2 penalty on each cell of a two-way table, and groups of cells of one variable at most.
    absence : {"empirical", "never_below_worst"}
        Whether missing and special answers may cost more than the worst ordinary bin.
    ridge : float, default=1.0
        L2 penalty on standardised coefficients.
    cell_ridge : float, default=20.0
        L2 penalty on how far a cell's log-odds leave coefficient * weight of evidence.
    whole_points : bool, default=True
        Fit whole points jointly, instead of rounding the coefficients.
    folds : int, default=5
    seed : int, default=0
        Of the folds.
    bad : label or None
        Which of the two labels of y is the event; the greater one when None.
    threads : int, default=1
        Never changes the result.

    Attributes
    ----------
    card_ : Card
    binnings_ : dict of str to Binning
        Of every usable variable, also of those that selection dropped.
    iv_ : dict of str to float
    report_ : dict
        What training found: coefficients, log-loss and AUC of each stage, and an estimate of
        the least log-loss with these bins (0 when its fit did not converge).
    dropped_ : list of dict
        Variables that are not in the card, each with the reason and its figure.
    set_apart_ : dict of str to list of str
        Columns that the charter keeps out, with the articles.
    classes_ : ndarray of shape (2,)
        The good label, then the bad one.
    """

    def __init__(
        self,
        *,
        id: str = "card",
        plan: str | Path | None = None,
        binning: Mapping[str, Any] | None = None,
        variables: Mapping[str, Mapping[str, Any]] | None = None,
        min_iv: float = 0.02,
        max_correlation: float = 0.95,
        max_vif: float = 10.0,
        max_coefficient_p_value: float = 1.0,
        max_variables: int | None = None,
        anchor: tuple[float, float, float] | None = None,
        lowest: int = 350,
        highest: int = 950,
        pairs: int = 0,
        min_pair_gain: float = 0.0005,
        pair_ridge: float = 10.0,
        pair_groups: int = 8,
        absence: str = "empirical",
        ridge: float = 1.0,
        cell_ridge: float = 20.0,
        whole_points: bool = True,
        folds: int = 5,
        seed: int = 0,
        bad: Any = None,
        threads: int = 1,
    ) -> None:
        self.id = id
        self.plan = plan
        self.binning = binning
        self.variables = variables
        self.min_iv = min_iv
        self.max_correlation = max_correlation
        self.max_vif = max_vif
        self.max_coefficient_p_value = max_coefficient_p_value
        self.max_variables = max_variables
        self.anchor = anchor
        self.lowest = lowest
        self.highest = highest
        self.pairs = pairs
        self.min_pair_gain = min_pair_gain
        self.pair_ridge = pair_ridge
        self.pair_groups = pair_groups
        self.absence = absence
        self.ridge = ridge
        self.cell_ridge = cell_ridge
        self.whole_points = whole_points
        self.folds = folds
        self.seed = seed
        self.bad = bad
        self.threads = threads

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Scorecard:
        """Bins, selects, fits and makes whole points.

        Parameters
        ----------
        X : table of shape (rows, columns)
            As for `OptimalBinner.fit`.
        y : array-like of shape (rows,)
            Two classes.
        sample_weight : array-like of shape (rows,), optional
            Positive and finite.

        Raises
        ------
        InputError
            The input cannot be used, or no card can be made; the message says how to mend it.
        """
        history = read_history(X, y, sample_weight, self.bad, type(self).__name__)
        table, set_apart = lawful_table(history.frame)
        plan = self._plan(history.frame.names, set_apart)
        trained = _native.train(table, history.bad, history.weights, plan)
        self._learn(history, set_apart, trained)
        return self

    def cross_validate(self, X: Any, y: Any, sample_weight: Any = None) -> dict[str, Any]:
        """AUC per fold, mean, standard deviation and Brier score; all is refitted in each fold."""
        history = read_history(X, y, sample_weight, self.bad, type(self).__name__)
        table, set_apart = lawful_table(history.frame)
        plan = self._plan(history.frame.names, set_apart)
        return _native.cross_validate(table, history.bad, history.weights, plan)

    @property
    def card_(self) -> Card:
        """The card."""
        return self._told.card

    @property
    def binnings_(self) -> dict[str, Binning]:
        """Bins of every usable variable, by name."""
        return self._told.binnings

    @property
    def iv_(self) -> dict[str, float]:
        """Information value by variable."""
        return self._told.iv

    @property
    def report_(self) -> dict[str, Any]:
        """What training found."""
        return self._told.report

    @property
    def dropped_(self) -> list[dict[str, Any]]:
        """Variables that are not in the card."""
        return self._told.dropped

    def score_points(self, X: Any) -> npt.NDArray[np.int32]:
        """The score of each row in points, shape (rows,); high is safe."""
        frame = self._frame(X)
        return self.card_.score(frame, threads=self.threads)

    def reasons(self, X: Any, count: int = 4) -> npt.NDArray[np.object_]:
        """The terms that lost most points, most first, shape (rows, count); None where none did."""
        frame = self._frame(X)
        return self.card_.reasons(frame, count, threads=self.threads)

    def decision_function(self, X: Any) -> npt.NDArray[np.float64]:
        """ln(P(bad) / P(good)) of each row, shape (rows,)."""
        scores = self.score_points(X)
        return self.card_.log_odds(scores)

    def predict_proba(self, X: Any) -> npt.NDArray[np.float64]:
        """P(good) and P(bad) of each row, shape (rows, 2), in the order of `classes_`."""
        scores = self.score_points(X)
        bad = self.card_.probability(scores)
        return np.column_stack([1.0 - bad, bad])

    def predict(self, X: Any) -> npt.NDArray[Any]:
        """The more probable class of each row, shape (rows,)."""
        bad = self.decision_function(X) > 0
        return self.classes_[bad.astype(np.intp)]

    def to_toml(self) -> str:
        """The card's file, which `credence score --card` and every export read."""
        check_is_fitted(self)
        return self.card_.to_toml()

    @classmethod
    def from_toml(cls, text: str, file: str = "card") -> Scorecard:
        """A classifier that scores with the card of a file; 0 is good and 1 is bad."""
        scorecard = cls()
        scorecard._adopt(Card.from_toml(text, file))
        return scorecard

    @classmethod
    def from_card(cls, card: Card) -> Scorecard:
        """A classifier that scores with a card; 0 is good and 1 is bad."""
        scorecard = cls(id=card.id)
        scorecard._adopt(card)
        return scorecard

    def to_json(self) -> str:
        """Parameters, card, bins and report as JSON."""
        check_is_fitted(self)
        parameters = self.get_params()
        parameters["plan"] = str(self.plan) if self.plan is not None else None
        state = {
            "credence": "scorecard",
            "version": 1,
            "parameters": parameters,
            "classes": self.classes_.tolist(),
            "names": list(self._names),
            "named": hasattr(self, "feature_names_in_"),
            "set_apart": self.set_apart_,
            "card": self.to_toml(),
            "binnings": [binning.to_dict() for binning in self.binnings_.values()],
            "report": self.report_,
        }
        return json.dumps(state, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Scorecard:
        """A fitted scorecard out of `to_json`."""
        state = json.loads(text)
        if not isinstance(state, dict) or state.get("credence") != "scorecard":
            raise InputError("input.json", "this is no scorecard", "give what to_json() wrote")
        parameters = state["parameters"]
        if parameters["anchor"] is not None:
            parameters["anchor"] = tuple(parameters["anchor"])
        scorecard = cls(**parameters)
        scorecard.classes_ = np.array(state["classes"])
        scorecard.n_features_in_ = len(state["names"])
        scorecard._names = state["names"]
        if state["named"]:
            scorecard.feature_names_in_ = np.array(state["names"], dtype=object)
        scorecard.set_apart_ = state["set_apart"]
        binnings = map(Binning.from_dict, state["binnings"])
        scorecard._found = Found.of(
            Card.from_toml(state["card"]),
            {binning.name: binning for binning in binnings},
            state["report"],
        )
        return scorecard

    def export(self, format: str, path: str | Path | None = None, **options: Any) -> str | bytes:
        """The card in another language, written to `path` when one is given; see `Card.export`."""
        check_is_fitted(self)
        return self.card_.export(format, path, **options)

    def plot(self, ax: Any = None) -> Any:
        """The points of every bin, with matplotlib."""
        check_is_fitted(self)
        return self.card_.plot(ax)

    def _plan(self, names: list[str], set_apart: Mapping[str, Any]) -> dict[str, Any]:
        plan: dict[str, Any] = {name: getattr(self, name) for name in _PLAN}
        if self.plan is not None:
            defaults = type(self)()
            plan = {name: value for name, value in plan.items() if value != getattr(defaults, name)}
            plan["plan"] = _text_of(self.plan)
        if self.anchor is not None:
            points, odds, pdo = self.anchor
            plan["anchor"] = {"points": points, "odds": odds, "pdo": pdo}
        own = check_variables(self.variables, names, _VARIABLE_RULES)
        plan["binning"] = check_rules(self.binning or {}, RULES, "binning")
        plan["variables"] = {name: rules for name, rules in own.items() if name not in set_apart}
        return plan

    def _learn(
        self, history: History, set_apart: dict[str, list[str]], trained: _native.Trained
    ) -> None:
        learn_names(self, history.frame)
        self.classes_ = history.classes
        self.set_apart_ = set_apart
        self._names = history.frame.names
        self._found = Found(trained)

    @property
    def _told(self) -> Found:
        try:
            return self._found
        except AttributeError:
            raise NotFittedError("this Scorecard is not fitted yet: call fit first") from None

    def _adopt(self, card: Card) -> None:
        self._found = Found.of(card, {}, {})
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = len(card.variables)
        self.feature_names_in_ = np.array(card.variables, dtype=object)
        self._names = card.variables
        self._adopted = True
        self.set_apart_ = {}

    def _frame(self, X: Any) -> Frame:
        check_is_fitted(self)
        frame = Frame(X)
        if getattr(self, "_adopted", False) and frame.feature_names is not None:
            return frame  # a card of a file finds its columns by name, among any others
        check_names(self, frame)
        return frame.named(self._names)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_found")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags

    def _repr_html_(self) -> str:
        if not hasattr(self, "_found"):
            return str(super()._repr_html_())
        return self.card_._repr_html_()


def _text_of(plan: str | Path) -> str:
    if isinstance(plan, Path) or ("\n" not in plan and plan.endswith(".toml")):
        return Path(plan).read_text(encoding="utf-8")
    return plan
