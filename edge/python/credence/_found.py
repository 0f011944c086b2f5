"""What training found, as plain data once it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from credence import _native
from credence._binning import Binning
from credence._card import Card


class Found:
    """A card, the bins it was made from and a report.

    Each becomes plain data when it is first asked for: for 23 variables all of it takes half a
    millisecond, and most callers ask for the card alone.
    """

    def __init__(self, trained: _native.Trained) -> None:
        self._trained = trained

    @classmethod
    def of(cls, card: Card, binnings: dict[str, Binning], report: dict[str, Any]) -> Found:
        """The same out of plain data."""
        found = cls.__new__(cls)
        found.__setstate__({"card": card, "binnings": binnings, "report": report})
        return found

    @cached_property
    def card(self) -> Card:
        return Card(self._trained.card)

    @cached_property
    def binnings(self) -> dict[str, Binning]:
        found = map(Binning.from_dict, self._trained.binnings())
        return {binning.name: binning for binning in found}

    @cached_property
    def iv(self) -> dict[str, float]:
        return {name: binning.iv for name, binning in self.binnings.items()}

    @cached_property
    def report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self._trained.report_json())
        return report

    @cached_property
    def dropped(self) -> list[dict[str, Any]]:
        dropped: list[dict[str, Any]] = self.report.get("dropped", [])
        return dropped

    @property
    def training(self) -> _native.TrainingReport | None:
        """For validation packs; None when it was not trained in this session."""
        return self._trained.report if "_trained" in self.__dict__ else None

    def __getstate__(self) -> dict[str, Any]:
        return {"card": self.card, "binnings": self.binnings, "report": self.report}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)
