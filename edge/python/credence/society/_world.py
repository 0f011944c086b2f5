"""Worlds and programmes: what a run is a run of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from credence._errors import InputError
from credence.society import _native
from credence.society._findings import ProgrammeError, WorldError, checked
from credence.society._files import Named, Source, find_text, read_beside


def presets() -> dict[str, list[str]]:
    """Names of what is built in: ``{"worlds": [...], "programmes": [...]}``."""
    return {kind: list(texts) for kind, texts in _native.presets().items()}


def parameters() -> list[dict[str, Any]]:
    """Every parameter of every rule of behaviour, in the order of a month.

    Each is a dict with ``path`` ("bills.late"), ``actor``, ``standard``, ``low`` and ``high`` (the
    plausible range), ``unit``, ``name`` (in ``en`` and ``fr``) and ``source``.
    """
    return _native.parameters()


def measures() -> list[dict[str, Any]]:
    """Every measure of harm and benefit.

    Each is a dict with ``id`` ("excluded-share"), ``name`` and ``what`` (in ``en`` and ``fr``),
    ``direction`` ("harm", "benefit" or "neutral"), ``unit`` and ``source``.
    """
    return _native.measures()


class Rules(MutableMapping[str, float]):
    """The parameters of a world's rules by "rule.parameter"; none can be added or taken away."""

    def __init__(self, world: _native.World) -> None:
        self._world = world

    def __getitem__(self, name: str) -> float:
        return self._world.rules()[name]

    def __setitem__(self, name: str, value: float) -> None:
        self._world.set_rule(name, float(value))

    def __delitem__(self, name: str) -> None:
        raise TypeError("a world has every parameter: set it, but do not delete it")

    def __iter__(self) -> Iterator[str]:
        return iter(self._world.rules())

    def __len__(self) -> int:
        return len(self._world.rules())

    def __repr__(self) -> str:
        return f"Rules({self._world.rules()!r})"


class World:
    """Who the people of a society are, whom they know, how they live, for how long, how often.

    Made by :meth:`read`. A run takes a copy, so a world may be changed between two runs.
    """

    def __init__(self, native: _native.World, source: tuple[str, str]) -> None:
        self._native = native
        self._source = source

    @classmethod
    def read(cls, source: Source) -> World:
        """A world by the name of a built-in, by the path of its file, or from the text itself.

        Parameters
        ----------
        source : str or path
            A text with a line break is the file's content; a file goes before a built-in.

        Raises
        ------
        WorldError
            With every finding and its place.
        """
        built_in = _native.presets()["worlds"]
        found = find_text(source, "world", built_in)
        named = found if isinstance(found, Named) else Named(built_in[found][0], found, None)
        return cls._of_text(named.text, named.file)

    @classmethod
    def _of_text(cls, text: str, file: str) -> World:
        native, findings = _native.read_world(text, file)
        checked(findings, WorldError)
        assert native is not None
        return cls(native, (text, file))

    def copy(self) -> World:
        """The same world, to be changed apart."""
        return World(self._native.copy(), self._source)

    @property
    def id(self) -> str:
        """As the file says it."""
        return self._native.id

    @property
    def title(self) -> dict[str, str]:
        """In English (``en``) and French (``fr``)."""
        return self._native.title

    @property
    def currency(self) -> str:
        """Of all amounts: "EUR"."""
        return self._native.currency

    @property
    def start(self) -> str:
        """The first day of the first month, burn-in included: "2025-01-01"."""
        return self._native.start

    @property
    def people(self) -> int:
        """How many people live in it, 1 to 100 million."""
        return self._native.people

    @people.setter
    def people(self, value: int) -> None:
        self._native.people = value

    @property
    def months(self) -> int:
        """Months with programmes, 1 to 600."""
        return self._native.months

    @months.setter
    def months(self, value: int) -> None:
        self._native.months = value

    @property
    def burn_in(self) -> int:
        """Months before, without any programme: the common past of all arms, 0 to 600."""
        return self._native.burn_in

    @burn_in.setter
    def burn_in(self, value: int) -> None:
        self._native.burn_in = value

    @property
    def replicates(self) -> int:
        """How many lives of the same world with other luck a run has unless it says otherwise."""
        return self._native.replicates

    @replicates.setter
    def replicates(self, value: int) -> None:
        self._native.replicates = value

    @property
    def seed(self) -> int:
        """Under which everything is drawn, 0 to 2**32 - 1."""
        return self._native.seed

    @seed.setter
    def seed(self, value: int) -> None:
        self._native.seed = value

    @property
    def rules(self) -> Rules:
        """The parameters of the rules: ``world.rules["bills.late"] = 0.05``."""
        return Rules(self._native)

    @rules.setter
    def rules(self, values: MutableMapping[str, float]) -> None:
        for name, value in dict(values).items():
            self._native.set_rule(name, float(value))

    @property
    def groups(self) -> list[str]:
        """The groups that results tell apart."""
        return self._native.categories("group")

    @property
    def regions(self) -> list[str]:
        """The regions, in the order of their numbers."""
        return self._native.categories("region")

    @property
    def hash(self) -> str:
        """SHA-256 of all that decides about a run: equal worlds live equal lives."""
        return self._native.hash()

    def __reduce__(self) -> tuple[Any, ...]:
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        return _world_of_state, (self._source, numbers, dict(self.rules))

    def __repr__(self) -> str:
        return f"World({self.id!r}, people={self.people}, months={self.months}, seed={self.seed})"


_NUMBERS = ["people", "months", "burn_in", "replicates", "seed"]


def _world_of_state(
    source: tuple[str, str], numbers: dict[str, int], rules: dict[str, float]
) -> World:
    native, _ = _native.read_world(*source)
    assert native is not None
    world = World(native, source)
    for name, value in numbers.items():
        setattr(world, name, value)
    world.rules = rules
    return world


class Programme:
    """A programme as the society runs it: its lawful part, and what its [society.*] sections add.

    Made by :meth:`read`.
    """

    def __init__(self, native: _native.Programme, source: tuple[str, str, str, str]) -> None:
        self._native = native
        self._source = source

    @classmethod
    def read(cls, source: Source, card: str | None = None) -> Programme:
        """A programme by the name of a built-in, by the path of its file, or from the text itself.

        Parameters
        ----------
        source : str or path
            A text with a line break is the file's content; a file goes before a built-in.
        card : str, optional
            Text of the card that the programme asks for; by default the file beside it.

        Raises
        ------
        ProgrammeError
            With every finding and its place: of the format, of the charter, of the card.
        """
        built_in = _native.presets()["programmes"]
        found = find_text(source, "programme", built_in)
        if isinstance(found, Named):
            return cls._of_texts(found.text, found.file, *_card_of(found, card))
        text, own_card = built_in[found]
        return cls._of_texts(text, found, own_card if card is None else card, f"{found} (card)")

    @classmethod
    def _of_texts(cls, text: str, file: str, card: str, card_file: str) -> Programme:
        native, findings = _native.read_programme(text, file, card, card_file)
        checked(findings, ProgrammeError)
        assert native is not None
        return cls(native, (text, file, card, card_file))

    @property
    def id(self) -> str:
        """Unique among the programmes of a run; the name of its arm."""
        return self._native.id

    @property
    def title(self) -> dict[str, str]:
        """In English (``en``) and French (``fr``)."""
        return self._native.title

    @property
    def scores(self) -> bool:
        """Whether it gives people points at all."""
        return self._native.scores

    @property
    def sections(self) -> list[str]:
        """The sections beyond the charter: ``["society.cameras", ...]``."""
        return self._native.sections

    def __reduce__(self) -> tuple[Any, ...]:
        return _programme_of_state, (self._source,)

    def __repr__(self) -> str:
        return f"Programme({self.id!r})"


def _programme_of_state(source: tuple[str, str, str, str]) -> Programme:
    native, _ = _native.read_programme(*source)
    assert native is not None
    return Programme(native, source)


def _card_of(programme: Named, card: str | None) -> tuple[str, str]:
    if card is not None:
        return card, f"{programme.file} (card)"
    name = _native.card_file_of(programme.text, programme.file)
    if name is None:
        return "", ""
    if programme.path is None:
        raise InputError(
            "file.missing", f"the programme asks for the card '{name}'", "give its text as card="
        )
    return read_beside(programme.path, name)


def as_world(world: World | Source) -> World:
    """The world itself, or the one of that name."""
    return world if isinstance(world, World) else World.read(world)


def as_programmes(
    world: World, programmes: Programme | Source | Iterable[Programme | Source]
) -> list[Programme]:
    """Programmes that may run together in this world."""
    if isinstance(programmes, (Programme, str, os.PathLike)):
        programmes = [programmes]
    made = [each if isinstance(each, Programme) else Programme.read(each) for each in programmes]
    seen: set[str] = {"no-programme"}
    for programme in made:
        if programme.id in seen:
            raise InputError(
                "society.twice",
                f"two arms have the id '{programme.id}'",
                "give each programme an id of its own; life without any is always there",
            )
        seen.add(programme.id)
        checked(
            _native.misfits(world._native, programme._native, programme._source[1]), ProgrammeError
        )
    return made
