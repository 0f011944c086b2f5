"""Tables with bars for notebooks, without any dependency, and plots with matplotlib."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from credence._binning import Binning
    from credence._card import Card

_BAD, _GOOD, _MUTED = "#b3452c", "#2c6e8f", "#b8c4cc"


def _bar(share: float, color: str, width: int = 120) -> str:
    """A bar to the right for positive shares, to the left for negative ones, of at most `width`."""
    length = 0.0 if math.isnan(share) else min(abs(share), 1.0) * width
    side = width - length if share < 0 else width
    return (
        f'<svg width="{2 * width}" height="12" role="img"><rect x="{side:.1f}" y="1" '
        f'width="{length:.1f}" height="10" fill="{color}"/><line x1="{width}" x2="{width}" y1="0" '
        'y2="12" stroke="#555"/></svg>'
    )


def _half_bar(share: float, color: str, width: int = 120) -> str:
    length = 0.0 if math.isnan(share) else min(max(share, 0.0), 1.0) * width
    return (
        f'<svg width="{width}" height="12" role="img"><rect x="0" y="1" width="{length:.1f}" '
        f'height="10" fill="{color}"/></svg>'
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    cells = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{cells}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _number(value: float, digits: int = 4) -> str:
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def binning_html(binning: Binning) -> str:
    """One row per cell: counts, event rate and weight of evidence as bars."""
    rates = binning.rates
    highest = max([rate for rate in rates if not math.isnan(rate)], default=1.0) or 1.0
    widest = max((abs(woe) for woe in binning.woe), default=1.0) or 1.0
    rows = [
        [
            escape(label),
            f"{records:,.0f}",
            f"{events:,.6g}",
            _number(rate),
            _half_bar(rate / highest, _BAD),
            _number(woe),
            _bar(woe / widest, _GOOD if woe >= 0 else _BAD),
            _number(iv),
        ]
        for label, records, events, rate, woe, iv in zip(
            binning.labels,
            binning.records,
            binning.events,
            rates,
            binning.woe,
            binning.iv_of_cells,
            strict=True,
        )
    ]
    proof = escape(str(binning.certificate["optimality"]))
    caption = (
        f"<b>{escape(binning.name)}</b> · IV {binning.iv:.4f} · {escape(binning.trend)} · {proof}"
    )
    head = ["bin", "records", "events", "event rate", "", "WoE", "", "IV"]
    notes = "".join(f"<p>{escape(note)}</p>" for note in binning.notes)
    return _table(head, rows, caption) + notes


def card_html(card: Card) -> str:
    """One row per cell of each term, with its points as a bar against the term's best."""
    rows: list[list[str]] = []
    table = card.table()
    widest = max((abs(points) for points in table["points"]), default=1) or 1
    last = ""
    for term, label, points in zip(table["term"], table["bin"], table["points"], strict=True):
        bar = _bar(points / widest, _GOOD if points >= 0 else _BAD)
        rows.append([escape(term) if term != last else "", escape(label), f"{points:+d}", bar])
        last = term
    caption = (
        f"<b>{escape(card.id)}</b> · base {card.base} · scores {card.lowest} to {card.highest}"
    )
    return _table(["term", "bin", "points", ""], rows, caption)


def explanation_html(score: int, rows: Sequence[tuple[str, str, int, int]], title: str) -> str:
    """One row per term: bin, points, and what was lost against the baseline."""
    widest = max((lost for *_, lost in rows), default=1) or 1
    body = [
        [
            escape(term),
            escape(label),
            f"{points:+d}",
            f"{-lost:d}",
            _half_bar(lost / widest, _BAD),
        ]
        for term, label, points, lost in rows
    ]
    return _table(
        ["term", "bin", "points", "against baseline", ""],
        body,
        f"<b>{score}</b> {escape(title)}",
    )


def _axes(ax: Any, **figure: Any) -> Any:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("plots need matplotlib: pip install 'credence[plot]'") from None
    return pyplot.subplots(layout="constrained", **figure)[1]


def plot_binning(binning: Binning, ax: Any) -> Any:
    """Records as bars, event rates as a line over them."""
    ax = _axes(ax, figsize=(8, 4))
    places = range(len(binning.labels))
    ax.bar(places, binning.records, color=_MUTED)
    ax.set_ylabel("records")
    ax.set_xticks(list(places), binning.labels, rotation=30, ha="right")
    rate = ax.twinx()
    ordered = binning.bins
    rate.plot(range(ordered), binning.rates[:ordered], color=_BAD, marker="o")
    rest = range(ordered, len(binning.labels))
    rate.plot(list(rest), binning.rates[ordered:], color=_BAD, marker="o", linestyle="none")
    rate.set_ylabel("event rate")
    rate.set_ylim(bottom=0)
    ax.set_title(f"{binning.name}: IV {binning.iv:.4f}, {binning.trend}")
    return ax


def plot_card(card: Card, ax: Any) -> Any:
    """The points of every cell that had records, as lying bars under the name of their term."""
    rows = _card_rows(card)
    ax = _axes(ax, figsize=(8, max(2.0, 0.2 * len(rows))))
    reach = max(1, max(abs(points) for _, points in rows if points is not None))
    for place, (_, points) in enumerate(rows):
        if points is None:
            continue
        ax.barh(place, points, height=0.75, color=_GOOD if points >= 0 else _BAD)
        side = 1 if points >= 0 else -1
        align = "left" if points >= 0 else "right"
        ax.text(points + side * reach * 0.02, place, f"{points:+d}", va="center", ha=align, size=7)
    ax.set_yticks(range(len(rows)), [name for name, _ in rows], fontsize=7)
    for label, (_, points) in zip(ax.get_yticklabels(), rows, strict=True):
        label.set_fontweight("bold" if points is None else "normal")
    ax.tick_params(axis="y", length=0)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_xlim(-1.15 * reach, 1.15 * reach)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlabel("points")
    ax.set_title(f"{card.id}: {card.base} and these points, {card.lowest} to {card.highest}")
    ax.spines[["top", "right", "left"]].set_visible(False)
    return ax


def _card_rows(card: Card) -> list[tuple[str, int | None]]:
    """The lines of a card's picture: each term's name, without points, then its cells."""
    table = card.table()
    rows: list[tuple[str, int | None]] = []
    before = None
    columns = (table["term"], table["bin"], table["points"], table["records"])
    for term, label, points, records in zip(*columns, strict=True):
        if term != before:
            rows.append((term, None))
            before = term
        if records != 0:
            rows.append((label, points))
    return rows
