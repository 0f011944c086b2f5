"""Optimal binning of every column, as a scikit-learn transformer."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils import ClassifierTags, Tags
from sklearn.utils.validation import check_is_fitted

from credence import _native
from credence._binning import Binning
from credence._errors import InputError
from credence._frames import Frame, check_names, learn_names
from credence._history import read_history

RULES = (
    "divergence",
    "trend",
    "strict_shape",
    "min_bins",
    "max_bins",
    "min_bin_share",
    "max_bin_share",
    "min_bin_events",
    "max_bin_events",
    "min_bin_nonevents",
    "max_bin_nonevents",
    "min_rate_difference",
    "max_p_value",
    "p_value_policy",
    "gamma",
    "size_basis",
    "prebinning",
    "max_prebins",
    "min_prebin_share",
    "special_codes",
    "missing",
    "special",
    "unknown",
    "rare_share",
    "smoothing",
    "on_infeasible",
    "folds",
)
OWN_RULES = (*RULES, "splits", "fixed", "groups")  # what only one variable can have

_METRICS = ("woe", "indices", "event_rate", "bins")


def check_rules(rules: Mapping[str, Any], known: tuple[str, ...], owner: str) -> dict[str, Any]:
    """The rules as a dict; refuses names that are no rule, with the nearest that is."""
    if not isinstance(rules, Mapping):
        raise TypeError(f"{owner} must be a dict of rules, not {type(rules).__name__}")
    for name in rules:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, 1)
            raise InputError(
                "binning.rules",
                f"{owner}: there is no rule '{name}'",
                f"did you mean '{near[0]}'?" if near else f"rules are {', '.join(known)}",
            )
    return dict(rules)


def check_variables(
    variables: Mapping[str, Mapping[str, Any]] | None, names: list[str], known: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    """The rules of single variables; refuses names that are no column."""
    checked: dict[str, dict[str, Any]] = {}
    known_names = set(names)
    for name, rules in (variables or {}).items():
        if name not in known_names:
            near = difflib.get_close_matches(str(name), names, 1)
            raise InputError(
                "binning.rules",
                f"variables: there is no column '{name}'",
                f"did you mean '{near[0]}'?" if near else f"columns are {', '.join(names[:20])}",
            )
        checked[name] = check_rules(rules, known, f"variables['{name}']")
    return checked


class OptimalBinner(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Replaces each value by that of its bin, where the bins are provably the best.

    Each column is cut into prebins, and an exact dynamic program joins them into the bins with the
    largest divergence that keep every limit. The result carries a certificate. It scores nobody,
    and therefore bins any column.

    Parameters
    ----------
    metric : {"woe", "indices", "event_rate", "bins"}, default="woe"
        What `transform` gives: ln(share of goods / share of bads) (float, high is safe), the number
        of the cell (int), its event rate (float, 0 to 1), or its label (str).
    divergence : {"iv", "js", "hellinger", "triangular"}, default="iv"
        What is made as large as the limits allow.
    trend : {"auto", "none", "ascending", "descending", "peak", "valley", "convex", "concave"}
        How the event rate goes from bin to bin. "auto" solves all of them and chooses by held-out
        log-loss.
    strict_shape : bool, default=False
        Convexity over all triples of bins and not only over neighbours.
    min_bins, max_bins : int or None
        Clean bins.
    min_bin_share, max_bin_share : float
        Of all records, 0 to 1.
    min_bin_events, max_bin_events, min_bin_nonevents, max_bin_nonevents : float or None
        Sums of weights in each bin.
    min_rate_difference : float, default=0
        Between neighbouring bins.
    max_p_value : float or None
        Two-sided pooled z test of two proportions; see `p_value_policy`.
    p_value_policy : {"consecutive", "all"}
        Which pairs of bins the test compares.
    gamma : float, default=0
        Takes gamma * (largest - smallest bin) / clean records off the objective.
    size_basis : {"records", "weight"}
        What size limits count.
    prebinning : {"cart", "quantile", "uniform", "mdlp", "splits"}
    max_prebins : int, default=50
    min_prebin_share : float, default=0.01
    special_codes : dict of str to list, or None
        Values that are codes and not amounts, with a bin of their own: ``{"no bureau": [-9]}``.
    missing, special, unknown : {"empirical", "neutral", "worst", "nearest"} or float
        The weight of evidence of such values; a number is taken as it is.
    rare_share : float or None
        Texts below this share of clean rows go into one group.
    smoothing : float, default=0.5
        Added to events and non-events of each cell, times the mean weight.
    on_infeasible : {"error", "relax", "one_bin"}
        What becomes of limits that no bins keep.
    folds : int, default=5
        Of the held-out choice among trends.
    variables : dict of str to dict, or None
        Rules of single columns over those above; besides, ``splits`` (list of float), ``fixed``
        (list of bool: the split must be an edge) and ``groups`` (list of lists of str).
    bad : label or None
        Which of the two labels of y is the event; the greater one when None.
    threads : int, default=1
        Never changes the result.

    Attributes
    ----------
    binnings_ : dict of str to Binning
    certificates_ : dict of str to dict
    iv_ : dict of str to float
        Information value by column.
    classes_ : ndarray of shape (2,)
        The good label, then the bad one.
    feature_names_in_ : ndarray of str
        When the table had names.
    n_features_in_ : int
    """

    def __init__(
        self,
        metric: str = "woe",
        *,
        divergence: str = "iv",
        trend: str = "auto",
        strict_shape: bool = False,
        min_bins: int | None = None,
        max_bins: int | None = None,
        min_bin_share: float = 0.05,
        max_bin_share: float = 1.0,
        min_bin_events: float | None = None,
        max_bin_events: float | None = None,
        min_bin_nonevents: float | None = None,
        max_bin_nonevents: float | None = None,
        min_rate_difference: float = 0.0,
        max_p_value: float | None = None,
        p_value_policy: str = "consecutive",
        gamma: float = 0.0,
        size_basis: str = "records",
        prebinning: str = "cart",
        max_prebins: int = 50,
        min_prebin_share: float = 0.01,
        special_codes: Mapping[str, Any] | None = None,
        missing: str | float = "empirical",
        special: str | float = "empirical",
        unknown: str | float = "neutral",
        rare_share: float | None = None,
        smoothing: float = 0.5,
        on_infeasible: str = "error",
        folds: int = 5,
        variables: Mapping[str, Mapping[str, Any]] | None = None,
        bad: Any = None,
        threads: int = 1,
    ) -> None:
        self.metric = metric
        self.divergence = divergence
        self.trend = trend
        self.strict_shape = strict_shape
        self.min_bins = min_bins
        self.max_bins = max_bins
        self.min_bin_share = min_bin_share
        self.max_bin_share = max_bin_share
        self.min_bin_events = min_bin_events
        self.max_bin_events = max_bin_events
        self.min_bin_nonevents = min_bin_nonevents
        self.max_bin_nonevents = max_bin_nonevents
        self.min_rate_difference = min_rate_difference
        self.max_p_value = max_p_value
        self.p_value_policy = p_value_policy
        self.gamma = gamma
        self.size_basis = size_basis
        self.prebinning = prebinning
        self.max_prebins = max_prebins
        self.min_prebin_share = min_prebin_share
        self.special_codes = special_codes
        self.missing = missing
        self.special = special
        self.unknown = unknown
        self.rare_share = rare_share
        self.smoothing = smoothing
        self.on_infeasible = on_infeasible
        self.folds = folds
        self.variables = variables
        self.bad = bad
        self.threads = threads

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> OptimalBinner:
        """Bins every column of X.

        Parameters
        ----------
        X : table of shape (rows, columns)
            pandas, polars, pyarrow, NumPy, dict of arrays, or anything with the Arrow PyCapsule
            interface. NaN, None and null are missing.
        y : array-like of shape (rows,)
            Two classes.
        sample_weight : array-like of shape (rows,), optional
            Positive and finite.

        Raises
        ------
        InputError
            The input cannot be used, or no bins keep the limits; the message says how to mend it.
        """
        self._check_metric()
        history = read_history(X, y, sample_weight, self.bad, type(self).__name__)
        frame = history.frame
        shared = {rule: getattr(self, rule) for rule in RULES}
        variables = check_variables(self.variables, frame.names, OWN_RULES)
        own = {name: {**shared, **rules} for name, rules in variables.items()}
        found = _native.bin_columns(
            frame.table(), history.bad, history.weights, shared, own, self.threads
        )
        learn_names(self, frame)
        self.classes_ = history.classes
        self._learn([Binning.from_dict(state) for state in found])
        return self

    def transform(self, X: Any) -> npt.NDArray[Any]:
        """The value of each row's bin, of shape (rows, columns), by `metric`."""
        check_is_fitted(self)
        self._check_metric()
        frame = Frame(X)
        check_names(self, frame)
        names = list(self.binnings_)
        kinds = {name: binning.kind for name, binning in self.binnings_.items()}
        columns = frame.named(names).table(kinds=kinds).columns
        out = np.empty((frame.rows, len(names)), dtype=self._dtype(), order="F")
        for place, (name, column) in enumerate(zip(names, columns, strict=True)):
            values = self._values_of(self.binnings_[name])
            cells = _native.Cells(self.binnings_[name].cells).assign(column)
            np.take(values, cells, out=out[:, place], mode="clip")
        return out

    def table(self, name: str) -> dict[str, list[Any]]:
        """The binning table of one column, as columns of equal length."""
        return self._binning(name).table()

    def plot(self, name: str, ax: Any = None) -> Any:
        """Records and event rates of one column's bins, with matplotlib."""
        return self._binning(name).plot(ax)

    def to_json(self) -> str:
        """Parameters and bins as JSON; numbers come back bit for bit."""
        check_is_fitted(self)
        state = {
            "credence": "binner",
            "version": 1,
            "parameters": self.get_params(),
            "classes": self.classes_.tolist(),
            "names": list(self.binnings_),
            "named": hasattr(self, "feature_names_in_"),
            "binnings": [binning.to_dict() for binning in self.binnings_.values()],
        }
        return json.dumps(state, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> OptimalBinner:
        """A fitted binner out of `to_json`."""
        state = json.loads(text)
        if not isinstance(state, dict) or state.get("credence") != "binner":
            raise InputError("input.json", "this is no binner", "give what to_json() wrote")
        binner = cls(**state["parameters"])
        binner.classes_ = np.array(state["classes"])
        binner.n_features_in_ = len(state["names"])
        if state["named"]:
            binner.feature_names_in_ = np.array(state["names"], dtype=object)
        binner._learn([Binning.from_dict(binning) for binning in state["binnings"]])
        return binner

    def _learn(self, binnings: list[Binning]) -> None:
        self.binnings_ = {binning.name: binning for binning in binnings}
        self.certificates_ = {binning.name: binning.certificate for binning in binnings}
        self.iv_ = {binning.name: binning.iv for binning in binnings}

    def _binning(self, name: str) -> Binning:
        check_is_fitted(self)
        if name not in self.binnings_:
            raise KeyError(f"no column {name!r} was fitted")
        return self.binnings_[name]

    def _check_metric(self) -> None:
        if self.metric not in _METRICS:
            raise InputError(
                "binner.metric", f"metric is {self.metric!r}", f"write one of {', '.join(_METRICS)}"
            )

    def _dtype(self) -> type[Any]:
        return {"woe": np.float64, "event_rate": np.float64, "indices": np.int64}.get(
            self.metric, object
        )

    def _values_of(self, binning: Binning) -> npt.NDArray[Any]:
        if self.metric == "woe":
            return np.array(binning.woe, dtype=np.float64)
        if self.metric == "event_rate":
            return np.array(binning.rates, dtype=np.float64)
        if self.metric == "indices":
            return np.arange(len(binning.woe), dtype=np.int64)
        return np.array(binning.labels, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "binnings_")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        tags.target_tags.required = True
        tags.classifier_tags = ClassifierTags(multi_class=False)
        return tags

    def _repr_html_(self) -> str:
        if not hasattr(self, "binnings_"):
            return str(super()._repr_html_())
        return "".join(binning._repr_html_() for binning in self.binnings_.values())
