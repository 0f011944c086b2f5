"""Rules of behaviour in Python, for prototypes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class People:
    """All people of one arm between two months, one value per person and column.

    The columns of state are NumPy arrays over the memory of the society itself, without copies:
    what a rule writes into them (``people.wealth[poor] += 100_00``) is what people go on with. An
    array that a rule keeps beyond its call stays as it was then.

    State, writable:

    ==============  ========  ======================================================================
    ``wealth``      int32     cents on the account
    ``debt``        int32     cents
    ``marks``       uint16    bits of what lasts: see :data:`MARKS`
    ``points``      int16     as last scored; :data:`NO_POINTS` when not scored
    ``own_points``  int16     what constructs beyond the charter added or took
    ``record``      uint8     (people, 24): what each month left on the record, by month modulo 24
    ``barred``      uint8     (people, 7): months still to go, by :data:`SPHERES`
    ``listed``      uint8     months still to go on the black or the red list; 255: for ever
    ``excluded``    uint8     months of the running spell of exclusion
    ``idle``        uint8     months out of work
    ``fault``       uint8     0, or 1 + months since a fault entered the record
    ``appeal``      uint8     0, or 1 + months that an appeal has waited
    ``region``      uint8     where they live: a place in ``world.regions``
    ``chill``       uint8     0..255: what surveillance has done to the will to speak
    ``game_spent``  uint16    whole units of currency spent on looking good
    ==============  ========  ======================================================================

    Traits, read-only, copied once a replicate: ``age`` (years), ``age_class``, ``sex``, ``group``,
    ``education``, ``work``, ``bank``, ``phone`` (places among the world's categories),
    ``first_region``, ``household`` (a number), ``wage`` (cents a month when working),
    ``diligence`` and ``conviction`` (0..255).
    """

    wealth: Array
    debt: Array
    marks: Array
    points: Array
    own_points: Array
    record: Array
    barred: Array
    listed: Array
    excluded: Array
    idle: Array
    fault: Array
    appeal: Array
    region: Array
    chill: Array
    game_spent: Array
    age: Array
    age_class: Array
    sex: Array
    group: Array
    education: Array
    work: Array
    bank: Array
    phone: Array
    first_region: Array
    household: Array
    wage: Array
    diligence: Array
    conviction: Array

    def __init__(
        self, replicate: int, columns: Mapping[str, Array], traits: Mapping[str, Array]
    ) -> None:
        self.replicate = replicate
        self.__dict__.update(traits, first_region=traits["region"])
        self.__dict__.update(columns)

    def __len__(self) -> int:
        return len(self.wealth)

    def has(self, mark: str) -> npt.NDArray[np.bool_]:
        """Of each person, whether the mark is set: ``people.has("black")``."""
        return np.asarray(self.marks & MARKS[mark], dtype=np.bool_)


Rule = Callable[[int, str, People], object]

NO_POINTS = -(2**15)
MARKS = {
    name: 1 << place
    for place, name in enumerate(
        [
            "working",
            "enrolled",
            "aware",
            "black",
            "red",
            "named",
            "silent",
            "gaming",
            "in_default",
            "wrongly_hit",
            "renting_a_home",
            "borrower",
            "wrongly_listed",
        ]
    )
}
SPHERES = ["rental", "credit", "housing", "travel", "work", "school", "speech"]


def as_change(rules: Sequence[Rule], arms: Sequence[str]) -> Callable[..., object] | None:
    """The rules, one after another, as the engine calls them; None without any."""
    if not rules:
        return None

    def change(
        month: int,
        arm: int,
        replicate: int,
        columns: Mapping[str, Array],
        traits: Mapping[str, Array],
    ) -> None:
        people = People(replicate, columns, traits)
        for rule in rules:
            rule(month, arms[arm], people)

    return change
