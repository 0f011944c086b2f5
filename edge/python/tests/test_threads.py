"""Long calls let other threads go on, and end when a person asks."""

import signal
import threading
import time

import numpy as np
import pytest

import credence

ROWS = 200_000


@pytest.fixture(scope="module")
def large():
    draw = np.random.default_rng(0)
    columns = {f"x{place}": draw.normal(size=ROWS) for place in range(12)}
    odds = sum(columns.values()) - 6
    return columns, (draw.random(ROWS) < 1 / (1 + np.exp(-odds))).astype(int)


class Counter:
    """Counts in another thread for as long as a block runs."""

    def __enter__(self):
        self.turns = 0
        self._on = True
        self._thread = threading.Thread(target=self._count)
        self._thread.start()
        return self

    def _count(self):
        while self._on:
            self.turns += 1
            time.sleep(0.001)

    def __exit__(self, *_):
        self._on = False
        self._thread.join()


def calls(large):
    columns, y = large
    binner = credence.OptimalBinner().fit(columns, y)
    card = credence.Scorecard(min_iv=0).fit(columns, y)
    return {
        "binning": lambda: binner.fit(columns, y),
        "training": lambda: card.fit(columns, y),
        "scoring": lambda: [card.card_.score(columns) for _ in range(20)],
    }


def test_other_threads_go_on(large):
    for name, call in calls(large).items():
        with Counter() as counter:
            before = counter.turns
            call()
            assert counter.turns - before > 10, name


def test_two_threads_may_use_one_card(large):
    columns, y = large
    card = credence.Scorecard(min_iv=0).fit(columns, y).card_
    expected = card.score(columns)
    found = []
    threads = [threading.Thread(target=lambda: found.append(card.score(columns))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all((scores == expected).all() for scores in found)


def test_a_person_can_stop_it(large):
    columns, y = large
    many = {f"{name} {copy}": values for copy in range(40) for name, values in columns.items()}
    for estimator in [credence.OptimalBinner(), credence.Scorecard()]:
        timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            estimator.fit(many, y)
        timer.join()
        assert not hasattr(estimator, "iv_")
