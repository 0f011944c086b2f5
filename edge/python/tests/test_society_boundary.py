"""The society cannot open a record, and its types are those that are told."""

import ast
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import credence
from credence import society
from credence.society import _native

STORE = Path(__file__).parents[2] / "store"
OPENS = re.compile(r"\b(f?open(at|64|dir)?|freopen|mmap|basic_filebuf|filesystem|sqlite3_\w+)\b")

SCRIPT = """
import numpy as np
import numpy.typing as npt
from credence import society

world = society.World.read("village")
world.people = 500
world.rules["bills.late"] = 0.1

def rule(month: int, arm: str, people: society.People) -> None:
    people.wealth[people.has("black")] += 1

result = society.run(world, ["city-points"], replicates=4, rules=[rule])
share: npt.NDArray[np.float64] = result.values("city-points", "excluded-share")
mean: float = result.difference("city-points", "excluded-share").mean
best: dict[str, float] = society.plan("plan.toml", part=(1, 2)).best
wrong: int = result.hashes
"""


def symbols_that_are_asked_for(library):
    if shutil.which("nm") is None:
        pytest.skip("nm is not installed")
    command = ["nm", "-D", "-C", "--undefined-only", str(library)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_module_asks_the_system_for_nothing_that_opens_a_file():
    asked = symbols_that_are_asked_for(_native.__file__)
    assert "SHA256_Final" in asked  # the list is there
    assert not OPENS.findall(asked)


def test_the_search_would_find_what_opens_a_file():
    asked = symbols_that_are_asked_for(sys.executable)
    needed = subprocess.run(["ldd", sys.executable], capture_output=True, text=True).stdout
    library = re.search(r"(\S+libpython\S+) \(", needed)
    if library:
        asked += symbols_that_are_asked_for(library[1])
    assert OPENS.findall(asked)


def test_the_module_holds_no_type_and_no_word_of_the_store():
    code = Path(_native.__file__).read_bytes()
    assert b"credence" in code
    assert b"sqlite" not in code.lower() and b"CREATE TABLE" not in code
    types = {
        name
        for header in STORE.glob("*.h")
        for name in re.findall(r"^(?:class|struct) (\w+)(?: : .*)? \{", header.read_text(), re.M)
    }
    assert {"Store", "Database"} <= types
    for name in types:  # as the names of types are spelled in what is compiled
        assert f"8credence{len(name)}{name}".encode() not in code, name


def test_no_function_takes_a_folder_of_data():
    for name in society.__all__:
        thing = getattr(society, name)
        members = inspect.getmembers(thing, callable) if inspect.isclass(thing) else []
        for call in [thing, *(member for own, member in members if not own.startswith("_"))]:
            try:
                parameters = inspect.signature(call).parameters
            except (TypeError, ValueError):
                continue
            taken = {"data", "folder", "directory", "store", "record", "records"} & set(parameters)
            assert not taken, f"{name}: {taken}"


def test_the_stub_names_what_the_module_has():
    stub = Path(_native.__file__).with_name("_native.pyi")
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    told = {node.name: node for node in tree.body if hasattr(node, "name")}
    there = {name for name in dir(_native) if not name.startswith("__")}
    assert set(told) == there
    for name, node in told.items():
        if isinstance(node, ast.ClassDef):
            members = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            members |= {part.target.id for part in node.body if isinstance(part, ast.AnnAssign)}
            own = {member for member in vars(getattr(_native, name)) if not member.startswith("__")}
            assert {member for member in members if not member.startswith("__")} == own


def test_everything_public_is_told_about():
    for name in society.__all__:
        thing = getattr(society, name)
        if not callable(thing):
            continue
        assert thing.__doc__, name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert value.__doc__, f"{name}.{member}"


def test_a_script_of_a_user_is_checked_strictly(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(script)]
    found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert "Found 1 error" in found.stdout, found.stdout + found.stderr
    assert "script.py:17: error: Incompatible types" in found.stdout


def test_one_version():
    assert Path(credence.__file__).parent == Path(society.__file__).parents[1]
