"""The same card in JPMML-Evaluator, from Maven Central at the version that the parity test uses."""
import pathlib
import subprocess
import tempfile

import data
import peers
from timing import least, ratio, spell

HERE = pathlib.Path(__file__).parent
JARS = data.ROOT / "build" / "jpmml"


def seconds_per_row(card, X):
    if not list(JARS.glob("*.jar")):
        subprocess.run(["mvn", "-q", "-B", "-f", data.ROOT / "tests/parity/pom.xml", "dependency:copy-dependencies",
                        f"-DoutputDirectory={JARS}"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        card.export("pmml", work / "card.pmml")
        X.to_csv(work / "rows.csv", index=False)
        subprocess.run(["javac", "-cp", f"{JARS}/*", "-d", work, HERE / "JpmmlSpeed.java"], check=True)
        out = subprocess.run(["java", "-XX:+UseSerialGC", "-cp", f"{JARS}/*:{work}", "JpmmlSpeed", work / "card.pmml",
                              work / "rows.csv"], check=True, capture_output=True, text=True)
    return float(out.stdout) * 1e-9


def rows(history):
    X = history.lawful
    card = peers.credence_card(history, X.columns).fit(X, history.y)
    table = card.card_.native_table(X)
    time = least(lambda: card.card_.native.score(table, 4, 1)) / len(X)
    theirs = seconds_per_row(card, X)
    yield "score and reasons of one applicant / the same card in JPMML", spell(time), spell(theirs), ratio(time, theirs)
