import numpy as np
import pytest

import credence

FEATURES = ["months_on_book", "used_share", "late_bills", "income", "inquiries", "home"]
CODES = {"no record": [-9]}


@pytest.fixture(scope="session")
def sample():
    """Columns and outcome of 6,000 people who do not exist."""
    columns, y = credence.sample_table(6_000, seed=3)
    return columns, y


@pytest.fixture(scope="session")
def history(sample):
    """The columns that a card may read, and the outcome."""
    columns, y = sample
    return {name: columns[name] for name in FEATURES}, y


@pytest.fixture(scope="session")
def binner(history):
    return credence.OptimalBinner(special_codes=CODES).fit(*history)


@pytest.fixture(scope="session")
def scorecard(history):
    return credence.Scorecard(binning={"special_codes": CODES}).fit(*history)


def same(left, right):
    return np.array_equal(np.asarray(left), np.asarray(right))
