"""Reject inference, never without the band of its assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sklearn.base import clone

from credence import _native
from credence._charter import lawful_table
from credence._frames import Frame
from credence._history import read_history
from credence._scorecard import Scorecard


@dataclass(frozen=True)
class RejectInference:
    """Four cards: without any assumption about rejects, with the chosen one, and its two extremes.

    Attributes
    ----------
    accepted_only, inferred, optimistic, pessimistic : Scorecard
        Fitted.
    bands : list of dict
        By score of the accepted-only card: ``from``, ``accepted``, ``accepted_bad``, ``rejected``,
        ``assumed_bad`` (counts).
    expected : dict of str to float
        Bad rate at the cut-off under each assumption, and between which figures it lies without any
        (``worst_low``, ``worst_high``; Manski bounds).
    swapped_in, swapped_out : int
        People whom the inferred card accepts and the accepted-only one does not, and the reverse.
    assumption : dict
        What was assumed, in words, ``en`` and ``fr``.
    """

    accepted_only: Scorecard
    inferred: Scorecard
    optimistic: Scorecard
    pessimistic: Scorecard
    bands: list[dict[str, float]]
    expected: dict[str, float]
    swapped_in: int
    swapped_out: int
    assumption: dict[str, str]


def infer_rejects(
    scorecard: Scorecard,
    X: Any,
    y: Any,
    X_rejected: Any,
    *,
    sample_weight: Any = None,
    method: str = "fuzzy",
    bands: int = 10,
    tau: float = 1.0,
    tau_optimistic: float = 1.0,
    tau_pessimistic: float = 4.0,
    accept_share: float = 0.0,
    seed: int = 0,
) -> RejectInference:
    """Fits cards that take the people into account whose outcome was never seen.

    What a history of accepted people cannot show is assumed (Hand and Henley 1993); the band
    between the optimistic and the pessimistic assumption is always part of the answer.

    Parameters
    ----------
    scorecard : Scorecard
        Its parameters are used; it is not changed.
    X, y, sample_weight
        Accepted people, as for `Scorecard.fit`.
    X_rejected : table of shape (rows, columns)
        Rejected people, with the same columns.
    method : {"none", "reweighting", "extrapolation", "parcelling", "fuzzy"}
    bands : int, default=10
        Of the accepted-only score.
    tau, tau_optimistic, tau_pessimistic : float
        How many times as often rejects go bad as accepted people of their band.
    accept_share : float
        For the bad rate at the cut-off, 0 to 1; 0 is today's.
    seed : int
        Of the draws of "parcelling".

    Returns
    -------
    RejectInference
    """
    if not isinstance(scorecard, Scorecard):
        raise TypeError(f"give a Scorecard, not {type(scorecard).__name__}")
    history = read_history(X, y, sample_weight, scorecard.bad, "infer_rejects")
    table, set_apart = lawful_table(history.frame)
    kinds = {column.name: column.kind for column in table.columns}
    rejected = Frame(X_rejected)
    kept = [name for name in rejected.names if name in kinds]
    rejects = {
        "method": method,
        "bands": bands,
        "tau": tau,
        "tau_optimistic": tau_optimistic,
        "tau_pessimistic": tau_pessimistic,
        "accept_share": accept_share,
        "seed": seed,
    }
    plan = scorecard._plan(history.frame.names, set_apart)
    found = _native.infer_rejects(
        table, history.bad, history.weights, rejected.table(kept, kinds), plan, rejects
    )

    def fitted(trained: _native.Trained) -> Scorecard:
        card: Scorecard = clone(scorecard)
        card._learn(history, set_apart, trained)
        return card

    cards = ("accepted_only", "inferred", "optimistic", "pessimistic")
    return RejectInference(
        **{name: fitted(found[name]) for name in cards},
        **{name: value for name, value in found.items() if name not in cards},
    )
