"""The scripts of the guide to Slurm, run here with its two variables set."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from credence import society

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "guides" / "slurm.md"
PLAN = """
[plan]
id = "late-bills"
title = { en = "Late bills", fr = "Retards" }
world = "hamlet.toml"
programmes = ["city-points"]

[design]
kind = "morris"
points = 2

[[vary]]
path = "rules.bills.late"
low = 0.02
high = 0.12

[[vary]]
path = "world.people"
low = 200
high = 400
"""
WORLD = """
[world]
id = "hamlet"
title = { en = "Hamlet", fr = "Hameau" }
months = 2
burn_in = 1

[population]
people = 300
"""


@pytest.fixture
def program():
    """The program `credence` of the path or of this tree."""
    found = shutil.which("credence", path=f"{ROOT / 'build'}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("the program `credence` is not built")
    told = subprocess.run([found, "society", "plan", "--help"], capture_output=True)
    if told.returncode != 0:
        pytest.skip("the program `credence` is older than its society")
    return Path(found)


def test_two_tasks_and_a_merge_are_the_whole(program, tmp_path):
    parts, merge = re.findall(r"^```bash\n(.*?)^```", GUIDE.read_text(), re.M | re.S)
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "hamlet.toml").write_text(WORLD)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    tasks = []
    for number in ("1", "2"):
        slurm = {"SLURM_ARRAY_TASK_ID": number, "SLURM_ARRAY_TASK_COUNT": "2"}
        variables = {**os.environ, "PATH": path, **slurm}
        tasks.append(subprocess.Popen(["bash", "-c", parts], cwd=tmp_path, env=variables))
    assert [task.wait(timeout=120) for task in tasks] == [0, 0]
    variables = {**os.environ, "PATH": path}
    subprocess.run(["bash", "-c", merge], cwd=tmp_path, env=variables, check=True)
    whole = society.plan(tmp_path / "plan.toml")
    assert (tmp_path / "results" / "points.csv").read_text() == whole.rows.to_csv()
    assert (tmp_path / "results" / "sensitivity.csv").read_text() == whole.sensitivity.to_csv()
