"""The types that are told are those that are there."""

import ast
import subprocess
import sys
from pathlib import Path

import credence
from credence import _native

SCRIPT = """
import numpy as np
import numpy.typing as npt
from credence import Card, OptimalBinner, Rule, Scorecard, explain, recourse, sample_table, validate

columns, y = sample_table(500)
binner = OptimalBinner("woe", max_bins=4, special_codes={"none": [-9]}).fit(columns, y)
iv: dict[str, float] = binner.iv_
woe: npt.NDArray[np.generic] = binner.transform(columns)
scorecard = Scorecard(min_iv=0.01).fit(columns, y)
card: Card = scorecard.card_
scores: npt.NDArray[np.int32] = scorecard.score_points(columns)
why: list[str] = explain(scorecard, columns)[0].reasons
way = recourse(scorecard, columns, 600, rules={"income": Rule(may_fall=False)})[0]
cost: float = way.ways[0].cost if way.reachable else 0.0
page: str = validate(scorecard, columns, y).html()
toml: str = scorecard.to_toml()
wrong: int = scorecard.to_toml()
"""


def test_a_script_of_a_user_is_checked_strictly(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(script)]
    found = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert "Found 1 error" in found.stdout, found.stdout + found.stderr
    assert "script.py:18: error: Incompatible types" in found.stdout


def test_the_stub_names_what_the_module_has():
    stub = Path(credence.__file__).with_name("_native.pyi")
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    told = {node.name: node for node in tree.body if hasattr(node, "name")}
    there = {name for name in dir(_native) if not name.startswith("__")}
    assert set(told) == there
    for name, node in told.items():
        if isinstance(node, ast.ClassDef):
            members = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            own = {member for member in vars(getattr(_native, name)) if not member.startswith("__")}
            assert {member for member in members if not member.startswith("__")} == own


def test_everything_public_is_told_about():
    for name in credence.__all__:
        thing = getattr(credence, name)
        assert thing.__doc__, name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if not member.startswith("_") and callable(value):
                assert value.__doc__, f"{name}.{member}"
