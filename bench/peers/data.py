"""The four public credit sets, read as their publishers left them. They are not part of Credence: they are
looked for in ../shared/data (or CREDENCE_DATA) and a set that is absent is named and left out."""
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CREDENCE_DATA", ROOT.parent / "shared" / "data"))


@dataclass
class History:
    name: str
    X: pd.DataFrame
    y: np.ndarray  # 1 = bad
    specials: dict = field(default_factory=dict)  # column -> {name: [codes]}
    set_apart: list = field(default_factory=list)  # columns that no card may read: age, sex, ...

    @property
    def lawful(self):
        return self.X.drop(columns=self.set_apart)


def heloc():
    table = pd.read_csv(DATA / "heloc/heloc.csv")
    y = (table.pop("RiskPerformance") == "Bad").to_numpy().astype(int)
    codes = {"no-record": [-9.0], "no-usable": [-8.0], "not-met": [-7.0]}
    return History("HELOC", table.astype(float), y, {column: codes for column in table})


def taiwan():
    table = pd.read_csv(DATA / "taiwan/UCI_Credit_Card.csv").drop(columns="ID")
    y = table.pop("Default").to_numpy().astype(int)
    codes = {"no-use": [-2.0], "paid-in-full": [-1.0], "revolving": [0.0]}
    specials = {column: codes for column in table if column.startswith("PAY_") and "AMT" not in column}
    return History("Taiwan", table.astype(float), y, specials, ["SEX", "EDUCATION", "MARRIAGE", "AGE"])


def german():
    names = ["status", "duration", "history", "purpose", "amount", "savings", "employment", "rate", "personal",
             "debtors", "residence", "property", "age", "plans", "housing", "credits", "job", "liable",
             "telephone", "foreign_worker", "outcome"]
    table = pd.read_csv(DATA / "german/german.data", sep="\t", header=None, names=names, skip_blank_lines=True)
    y = (table.pop("outcome") == 2).to_numpy().astype(int)
    numbers = {c: float for c in table.columns if table[c].dtype.kind in "if"}
    return History("German", table.astype(numbers), y, {}, ["personal", "age", "residence", "foreign_worker"])


def gmsc():
    with zipfile.ZipFile(DATA / "gmsc/cs-training.csv.zip") as archive:
        with archive.open(archive.namelist()[0]) as file:
            table = pd.read_csv(file).iloc[:, 1:]
    y = table.pop("SeriousDlqin2yrs").to_numpy().astype(int)
    late = {"code-96": [96.0], "code-98": [98.0]}
    specials = {column: late for column in table if "PastDue" in column or "90Days" in column}
    return History("Give Me Some Credit", table.astype(float), y, specials, ["age"])


def histories():
    found = []
    for load in (heloc, taiwan, german, gmsc):
        try:
            found.append(load())
        except FileNotFoundError as error:
            print(f"left out: {load.__name__} ({error.filename} is not there)")
    return found
