"""Every container of columns gives the same bins, and numbers are read where they lie."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import CODES, same

import credence
from credence import _native
from credence._frames import Frame


class Capsule:
    """Nothing but the interface, as an unknown library would have it."""

    def __init__(self, table):
        self._table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


class Batch:
    def __init__(self, batch):
        self._batch = batch

    def __arrow_c_array__(self, requested_schema=None):
        return self._batch.__arrow_c_array__(requested_schema)


def containers(columns):
    plain = {
        name: values.tolist() if values.dtype == object else values
        for name, values in columns.items()
    }
    frame = pd.DataFrame(columns)
    arrow = pa.table(plain)
    return {
        "dict of lists": {name: list(values) for name, values in columns.items()},
        "pandas": frame,
        "pandas, nullable": frame.convert_dtypes(),
        "pandas, categories": frame.assign(home=frame["home"].astype("category")),
        "polars": pl.DataFrame(plain),
        "polars, categories": pl.DataFrame(plain).with_columns(pl.col("home").cast(pl.Categorical)),
        "pyarrow": arrow,
        "pyarrow, chunks": pa.concat_tables([arrow.slice(0, 1000), arrow.slice(1000)]),
        "pyarrow, dictionary": arrow.set_column(5, "home", arrow["home"].dictionary_encode()),
        "capsule": Capsule(arrow),
        "batch": Batch(arrow.to_batches()[0]),
        "dict of pyarrow": {name: arrow[name] for name in arrow.column_names},
        "dict of polars": {name: pl.Series(name, values) for name, values in plain.items()},
        "dict of pandas": {name: frame[name] for name in frame.columns},
    }


NAMES = list(containers(credence.sample_table(20)[0] | {}))


@pytest.mark.parametrize("container", NAMES)
def test_every_container_gives_the_same_bins_and_values(history, binner, container):
    columns, y = history
    table = containers(columns)[container]
    again = credence.OptimalBinner(special_codes=CODES).fit(table, y)
    assert again.iv_ == binner.iv_
    assert list(again.feature_names_in_) == list(columns)
    assert same(again.transform(table), binner.transform(columns))


def test_an_array_gives_the_same_bins_as_a_table(history, binner):
    columns, y = history
    names = [name for name in columns if name != "home"]
    array = np.column_stack([columns[name] for name in names])
    again = credence.OptimalBinner(special_codes=CODES).fit(array, y)
    assert list(again.iv_.values()) == [binner.iv_[name] for name in names]
    assert not hasattr(again, "feature_names_in_")


WIDTHS = ["f4", "f8", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", ">f8"]


@pytest.mark.parametrize("dtype", WIDTHS)
def test_every_width_of_number_is_read(dtype):
    values = np.arange(100).astype(dtype)
    binner = credence.OptimalBinner(divergence="hellinger", trend="ascending")
    binning = binner.fit({"x": values}, np.arange(100) >= 60).binnings_["x"]
    assert binning.cells["edges"] == [59.5]


def test_bools_and_half_floats_are_numbers():
    y = np.arange(100) % 2
    for values in [y.astype(bool), y.astype(np.float16)]:
        assert credence.OptimalBinner().fit({"x": values}, y).binnings_["x"].kind == "number"


def test_missing_values_of_every_library_are_missing():
    values = [1.0, None, 3.0, float("nan")] * 25
    y = np.arange(100) % 2
    containers = [
        {"x": values},
        pd.DataFrame({"x": pd.array(values, dtype="Float64")}),
        pd.DataFrame({"x": pd.Series(values, dtype=object)}),
        pl.DataFrame({"x": values}, strict=False),
        pa.table({"x": pa.array(values, from_pandas=True)}),
    ]
    for table in containers:
        binning = credence.OptimalBinner().fit(table, y).binnings_["x"]
        assert binning.records[-1] == 50


def test_a_column_without_a_value_fits_the_kind_that_was_fitted(history, binner):
    columns, _ = history
    empty = {**columns, "home": [None] * 6000}
    assert set(binner.transform(empty)[:, 5]) == {binner.binnings_["home"].woe[-2]}


def test_numbers_are_not_copied():
    values = np.arange(1_000_000, dtype=np.float64)
    column = _native.Column.numbers("x", values)
    cells = _native.Cells({"edges": [10.0], "specials": {}})
    values[:] = 0  # seen by the column, because it looks into the same memory
    assert cells.assign(column).max() == 0
    table = pa.table({"x": values})
    column = Frame(table).table().columns[0]
    values[5] = 99.0
    assert cells.assign(column)[5] == 1


def test_columns_of_a_frame_are_not_copied_either():
    blocks = pd.DataFrame(np.zeros((50, 3), order="F"), columns=list("abc"))
    for frame in [blocks, blocks.assign(d=1, e="text")]:
        columns = Frame(frame)._source._values
        assert all(np.shares_memory(columns[place], frame["abc"[place]]) for place in range(3))


class Alike:
    """Looks like pandas, and has nothing but what is public there."""

    def __init__(self, frame):
        self.columns, self.iloc, self.items = frame.columns, frame.iloc, frame.items

    def __len__(self):
        return len(self.iloc[:])


def test_a_frame_that_only_looks_like_pandas_gives_the_same_bins(history, binner):
    columns, y = history
    frame = pd.DataFrame(columns)
    for kind in [frame, frame.convert_dtypes(), frame.astype({"home": "category"})]:
        again = credence.OptimalBinner(special_codes=CODES).fit(Alike(kind), y)
        assert again.iv_ == binner.iv_


TEXTS = {
    "plain": ["b", "a", "", "ä", "b", "a"],
    "missing": ["b", None, "", None, "b", "a"],
    "none but missing": [None] * 6,
    "a zero byte": ["b", "a\0", "", "b", "b", "a"],
}
STORAGES = {
    "objects": object,
    "str": "str",
    "python": pd.StringDtype("python"),
    "pyarrow": pd.StringDtype("pyarrow"),
    "arrow": pd.ArrowDtype(pa.string()),
    "large": pd.ArrowDtype(pa.large_string()),
    "category": "category",
}


@pytest.mark.parametrize("storage", STORAGES)
@pytest.mark.parametrize("texts", TEXTS)
@pytest.mark.parametrize("name", ["home", ""])
def test_texts_of_a_frame_are_the_same_however_they_are_stored(storage, texts, name):
    values = pd.Series(TEXTS[texts], dtype=object).astype(STORAGES[storage])
    column = Frame(pd.DataFrame({name: values, "x": 1.0})).table().columns[0].as_kind("text")
    cells = _native.Cells({"groups": [["b"], ["a", "ä"], [""], ["a\0"]], "specials": {}})
    expected = {"b": 0, "a": 1, "ä": 1, "": 2, "a\0": 3, None: 4}
    assert cells.assign(column).tolist() == [expected[text] for text in TEXTS[texts]]
    assert column.name == name


@pytest.mark.parametrize(
    "values",
    [
        pd.date_range("2020", periods=4),
        pd.date_range("2020", periods=4, tz="UTC"),
        pd.period_range("2020", periods=4, freq="D"),
        pd.array([1, "a", 2.0, None], dtype=object),
        pd.array([1j] * 4),
    ],
    ids=["dates", "dates of a zone", "periods", "a mixture", "complex"],
)
def test_what_is_no_number_and_no_text_is_named(values):
    frame = pd.DataFrame({"fine": 1.0, "odd": values})
    for table in [frame, Alike(frame)]:
        with pytest.raises((TypeError, credence.InputError), match="odd|Complex"):
            Frame(table).table()
        assert [column.name for column in Frame(table).table(["fine"]).columns] == ["fine"]


def test_memory_stays_while_a_column_looks_into_it():
    def column():
        return Frame(pa.table({"x": pa.array(np.arange(100_000) + 0.5)})).table().columns[0]

    kept = [column() for _ in range(20)]
    cells = _native.Cells({"edges": [0.0], "specials": {}})
    assert all(cells.assign(each).min() == 1 for each in kept)


def test_arrow_offsets_and_validity_are_followed():
    array = pa.array([None, 1.0, 2.0, None, 4.0] * 40)[1:]
    column = _native.from_arrow(pa.table({"x": array})).columns[0]
    cells = _native.Cells({"edges": [1.5], "specials": {}}).assign(column)
    assert cells[:5].tolist() == [0, 1, 2, 1, 2]


def test_a_table_after_an_array_is_matched_by_place_with_a_warning():
    x = np.random.default_rng(0).normal(size=(200, 2))
    binner = credence.OptimalBinner().fit(x, x[:, 0] > 0)
    for table in [
        pd.DataFrame(x, columns=["a", "b"]),
        pl.DataFrame(x, schema=["a", "b"]),
        pa.table({"a": x[:, 0], "b": x[:, 1]}),
    ]:
        with pytest.warns(UserWarning, match="fitted without feature names"):
            assert same(binner.transform(table), binner.transform(x))


class Word(str):
    """A text of a class of its own."""


def read_both_ways(values):
    """A list is read by its places and any other sequence by its iterator; both give one column."""
    columns = [_native.Column.objects("t", values), _native.Column.objects("t", tuple(values))]
    assert columns[0].kind == columns[1].kind and len(columns[0]) == len(columns[1]) == len(values)
    return columns


def test_texts_of_objects_are_told_apart_whatever_their_length_and_class():
    alphabet = ["", "a", "b", "ab", "ba", "é", "日本", "😀", "\0", "a\0", "7", "NaN", "None"]
    alphabet += ["x" * size for size in range(2, 40)] + ["x" * 39 + "y", "y" + "x" * 39]
    rng = np.random.default_rng(5)
    drawn = rng.integers(0, len(alphabet), 5_000)
    cells = _native.Cells({"groups": [[text] for text in alphabet], "specials": {}})
    makes = [str, Word, np.str_, lambda text: (text + "!")[:-1]]
    values = [makes[i % 4](alphabet[code]) for i, code in enumerate(drawn)]
    for column in read_both_ways(values):
        assert cells.assign(column).tolist() == drawn.tolist()


def test_missing_values_among_texts_are_missing_and_numbers_are_not():
    missing = [None, float("nan"), np.nan, np.float64("nan"), pd.NA, pd.NaT]
    cells = _native.Cells({"groups": [["a"]], "specials": {}})
    for column in read_both_ways(["a", *missing, Word("a")]):
        assert column.kind == "text"
        assert cells.assign(column).tolist() == [0, *[1] * len(missing), 0]
    for place, mixed in enumerate([[*missing, "a", 1.0], ["a", Word("b"), True], [1, 2, "a"], [2, Word("a")]]):
        for values in [mixed, tuple(mixed)]:
            with pytest.raises(credence.InputError, match=f"row {len(mixed) - 1} is a") as caught:
                _native.Column.objects(f"t{place}", values)
            assert caught.value.code == "input.mixed"


@pytest.mark.parametrize("texts", TEXTS)
def test_views_of_texts_are_read_like_other_texts(texts):
    views = pa.array(TEXTS[texts], pa.string_view())
    series = pd.Series(pd.arrays.ArrowExtensionArray(views))
    cells = _native.Cells({"groups": [["b"], ["a", "ä"], [""], ["a\0"]], "specials": {}})
    plain = Frame({"x": TEXTS[texts]}).table().columns[0].as_kind("text")
    for table in [pd.DataFrame({"x": series}), {"x": series}]:
        column = Frame(table).table().columns[0].as_kind("text")
        assert cells.assign(column).tolist() == cells.assign(plain).tolist()


HALF = np.array(["a", "a", "\ud800"], dtype=object)


def test_half_a_character_is_refused_with_its_column_and_row():
    tables = [
        {"odd": HALF},
        {"odd": ["a", "a", Word("\ud800")]},
        {"odd": HALF.astype("U1")},
        {"odd": pd.Categorical.from_codes([0, 0, 1], pd.Index(HALF[1:], dtype=object))},
        {"odd": pd.Series(HALF, dtype=pd.StringDtype("python"))},
        pd.DataFrame({"odd": pd.Series(HALF, dtype=object)}),
    ]
    for table in tables:
        with pytest.raises(credence.InputError, match="column 'odd', row 2: .*surrogate") as caught:
            Frame(table).table()
        assert caught.value.code == "input.unicode" and "encoding" in caught.value.help
    with pytest.raises(credence.InputError, match="column 'x0', row 2"):
        Frame(HALF.reshape(-1, 1)).table()


def test_half_a_character_is_refused_in_the_name_of_a_column():
    with pytest.raises(credence.InputError, match="surrogate") as caught:
        Frame({"x": [1.0], "od\ud800": [2.0]})
    assert "'od\\ud800'" in str(caught.value)  # in letters that every terminal prints


def test_a_category_that_no_row_has_may_hold_half_a_character():
    values = pd.Categorical.from_codes([0, -1, 0], pd.Index(HALF[1:], dtype=object))
    cells = _native.Cells({"groups": [["a"]], "specials": {}})
    assert cells.assign(Frame({"x": values}).table().columns[0]).tolist() == [0, 1, 0]


@pytest.mark.parametrize("kind", [pa.binary(), pa.binary_view()], ids=str)
def test_bytes_of_arrow_are_refused_by_the_name_of_their_column(kind):
    values = pa.array([b"a", b"b", None], kind)
    frame = pd.DataFrame({"odd": pd.Series([b"a", b"b", None], dtype=pd.ArrowDtype(kind))})
    for table in [{"odd": values}, pa.table({"odd": values}), frame]:
        with pytest.raises((TypeError, credence.InputError), match="odd"):
            Frame(table).table()


def test_a_list_that_changes_while_it_is_read_is_read_as_far_as_it_goes():
    class Emptying:
        def __float__(self):
            values.clear()
            return 2.0

    values = [1.0, Emptying(), *map(str, range(1000))]
    column = _native.Column.objects("x", values)
    assert column.kind == "number" and len(column) == 2


def test_the_number_of_texts_is_the_same_from_arrow_and_from_objects():
    rng = np.random.default_rng(6)
    texts = [f"contract {number}" for number in rng.integers(0, 30_000, 50_000)]
    texts[7] = texts[11] = None
    known = sorted({text for text in texts if text is not None})[:500]
    cells = _native.Cells({"groups": [[text] for text in known], "specials": {}})
    expected = {text: place for place, text in enumerate(known)}
    codes = [501 if text is not None else 500 for text in texts]
    codes = [expected.get(text, code) for text, code in zip(texts, codes, strict=True)]
    arrow = _native.from_arrow(pa.table({"t": texts})).columns[0]
    encoded = _native.from_arrow(pa.table({"t": pa.array(texts).dictionary_encode()})).columns[0]
    for column in [*read_both_ways(texts), arrow, encoded]:
        assert cells.assign(column).tolist() == codes
