"""Each runtime scores all cases by the exports that were written for it."""
import os
import shutil
import sqlite3
import subprocess
import sys
import importlib.util
from pathlib import Path

from parity_data import number, text

HERE = Path(__file__).resolve().parent


def run(command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))[:300]}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def sql_answers(rows):
    return [(int(row[1]), [reason for reason in row[2:] if reason is not None]) for row in sorted(rows)]


def python(cases, work):
    for case in cases:
        spec = importlib.util.spec_from_file_location("exported", case.folder / "python.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield case, [module.score(dict(zip(case.names, row))) for row in case.rows]


def sqlite(cases, work):
    for case in cases:
        database = sqlite3.connect(":memory:")
        quoted = ['"' + name.replace('"', '""') + '"' for name in case.names]
        database.execute(f"CREATE TABLE applicants (row INTEGER, {', '.join(quoted)})")
        places = ", ".join("?" * (len(quoted) + 1))
        database.executemany(f"INSERT INTO applicants VALUES ({places})",
                             ([i, *row] for i, row in enumerate(case.rows)))
        yield case, sql_answers(database.execute(case.script("sqlite.sql")).fetchall())


def arrow_table(case, has_nan=True):
    import pyarrow
    columns = {"row": pyarrow.array(range(len(case.rows)), pyarrow.int64())}
    for name, numeric, values in zip(case.names, case.numeric, case.columns()):
        if not has_nan:
            values = [None if value != value else value for value in values]
        columns[name] = pyarrow.array(values, pyarrow.float64() if numeric else pyarrow.string(), from_pandas=False)
    return pyarrow.table(columns)


def duckdb(cases, work):
    import duckdb as engine
    for case in cases:
        with engine.connect() as database:
            database.register("applicants", arrow_table(case))
            yield case, sql_answers(database.execute(case.script("duckdb.sql")).fetchall())


class Cluster:
    """A PostgreSQL of our own on a socket in `work`; it will not run as root."""

    def __init__(self, work):
        found = shutil.which("initdb") or next(
            (str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
        if found is None:
            sys.exit("PostgreSQL is not installed: initdb is nowhere")
        self.bin, self.work = Path(found).resolve().parent, work / "cluster"
        self.work.mkdir()
        self.user = []
        if os.geteuid() == 0:
            self.user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(self.work, "postgres")

    def find(self, program):
        beside = self.bin / program
        return beside if beside.exists() else shutil.which(program) or sys.exit(f"PostgreSQL's {program} is missing")

    def call(self, program, *arguments, **options):
        return run([*self.user, self.find(program), *arguments], cwd=self.work, **options)

    def __enter__(self):
        self.call("initdb", "-D", self.work / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")
        self.call("pg_ctl", "-D", self.work / "data", "-w", "-l", self.work / "log", "-o",
                  f"-k {self.work} -c listen_addresses='' -c fsync=off", "start")
        return self

    def __exit__(self, *_):
        self.call("pg_ctl", "-D", self.work / "data", "-w", "-m", "immediate", "stop")

    def query(self, script):
        return self.call("psql", "-h", self.work, "-U", "postgres", "-q", "-X", "-v", "ON_ERROR_STOP=1",
                         "-A", "-t", "-F", "\t", "-P", "null=\\N", input=script)


def copied(value):
    if value is None:
        return "\\N"
    if isinstance(value, float):
        return repr(value)
    for plain, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        value = value.replace(plain, escaped)
    return value


def postgresql(cases, work):
    with Cluster(work) as cluster:
        for case in cases:
            quoted = ['"' + name.replace('"', '""') + '"' for name in case.names]
            kinds = ["double precision" if numeric else "text" for numeric in case.numeric]
            columns = ", ".join(f"{name} {kind}" for name, kind in zip(quoted, kinds))
            data = "\n".join("\t".join([str(i), *map(copied, row)]) for i, row in enumerate(case.rows))
            script = (f"DROP TABLE IF EXISTS applicants; CREATE TABLE applicants (row int, {columns});\n"
                      f"COPY applicants FROM STDIN;\n{data}\n\\.\n{case.script('postgresql.sql')}")
            answers = []
            for line in cluster.query(script).splitlines():
                row, score, *reasons = line.split("\t")
                answers.append((int(row), score, *(None if each == "\\N" else each for each in reasons)))
            yield case, sql_answers(answers)


def onnx(cases, work):
    import numpy
    import onnx as format
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)  # it warns of every input that has a default
    for case in cases:
        path = str(case.folder / "onnx.onnx")
        format.checker.check_model(format.load(path), full_check=True)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        inputs = {}
        for name, numeric, values in zip(case.names, case.numeric, case.columns()):
            if numeric:
                inputs[name] = numpy.array([numpy.nan if v is None else v for v in values]).reshape(-1, 1)
                continue
            inputs[name] = numpy.array(["" if v is None else v for v in values], object).reshape(-1, 1)
            inputs[name + ".missing"] = numpy.array([v is None for v in values]).reshape(-1, 1)
        scores, reasons = session.run(["score", "reasons"], inputs)
        yield case, [(int(score[0]), [each for each in row if each]) for score, row in zip(scores, reasons)]


def read_answers(path, case=None):
    answers = []
    for line in path.read_text().splitlines():
        score, *reasons = line.split("\t")
        answers.append((int(score), [case.reasons[int(r)] if case else text(r) for r in reasons if r]))
    return answers


def literal(value):
    return '"' + "".join(f"\\{byte:03o}" for byte in value.encode()) + '"'


C_DRIVER = r"""
#include "c.c"
#include <stdio.h>
#include <stdlib.h>
%(texts)s
static double number(const char *word) { return strcmp(word, "null") == 0 ? strtod("nan", 0) : strtod(word, 0); }
int main(void) {
  static char line[1 << 16];
  while (fgets(line, sizeof line, stdin)) {
    parity_input in;
    parity_result out;
    int i, place;
    char *word = strtok(line, "\t\n");
    %(reads)s
    out = parity_score(&in);
    printf("%%d", out.score);
    for (i = 0; i < 4; ++i) if (out.reasons[i] >= 0) printf("\t%%d", out.reasons[i]);
    printf("\n");
    (void)place;
  }
  return 0;
}
"""


def c(cases, work):
    compiler = os.environ.get("CC") or shutil.which("gcc") or shutil.which("gcc-12") or shutil.which("cc")
    if compiler is None:
        sys.exit("no C compiler")
    for case in cases:
        texts, reads = [], []
        for i, (field, numeric) in enumerate(zip(case.fields, case.numeric)):
            if numeric:
                reads.append(f"in.{field} = number(word);")
            else:
                texts.append(f"static const char *const texts{i}[] = {{{', '.join(map(literal, case.texts[i]))}}};")
                reads.append(f"place = atoi(word); in.{field} = place < 0 ? 0 : texts{i}[place];")
            reads.append('word = strtok(0, "\\t\\n");')
        driver = work / f"{case.name}.c"
        driver.write_text(C_DRIVER % {"texts": "\n".join(texts), "reads": "\n    ".join(reads)})
        program = work / case.name
        run([compiler, "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2", "-I", case.folder, driver, "-o",
             program])
        out = work / f"{case.name}.c.tsv"
        with open(case.folder / "rows.tsv") as rows, open(out, "w") as answers:
            subprocess.run([program], stdin=rows, stdout=answers, check=True)
        yield case, read_answers(out, case)


JAVA_DRIVER = r"""
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
public final class Main {
  static double number(String word) {
    switch (word) {
      case "null": case "nan": return Double.NaN;
      case "inf": return Double.POSITIVE_INFINITY;
      case "-inf": return Double.NEGATIVE_INFINITY;
      default: return Double.parseDouble(word);
    }
  }
  static String text(String[] texts, String word) {
    int place = Integer.parseInt(word);
    if (place < 0) return null;
    return new String(java.util.HexFormat.of().parseHex(texts[place].substring(1)), StandardCharsets.UTF_8);
  }
  public static void main(String[] folder) throws Exception {
    String[][] v = Files.readAllLines(Path.of(folder[0], "variables.tsv")).stream()
        .map(line -> { String[] p = line.split("\t"); return java.util.Arrays.copyOfRange(p, 3, Math.max(3, p.length)); })
        .toArray(String[][]::new);
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(folder[0], "rows.tsv"))) {
      String[] p = line.split("\t");
      %(name)s.Input in = new %(name)s.Input();
      %(reads)s
      %(name)s.Result result = %(name)s.score(in);
      out.append(result.score);
      for (String reason : result.reasons)
        out.append("\tx").append(java.util.HexFormat.of().formatHex(reason.getBytes(StandardCharsets.UTF_8)));
      out.append("\n");
    }
    Files.writeString(Path.of(folder[1]), out);
  }
}
"""


def java(cases, work):
    for case in cases:
        source = case.script("java.java")
        name = source.split("public final class ")[1].split()[0]
        folder = work / f"java-{case.name}"
        folder.mkdir()
        (folder / f"{name}.java").write_text(source)
        reads = [f"in.{field} = number(p[{i}]);" if numeric else f"in.{field} = text(v[{i}], p[{i}]);"
                 for i, (field, numeric) in enumerate(zip(case.fields, case.numeric))]
        (folder / "Main.java").write_text(JAVA_DRIVER % {"name": name, "reads": "\n      ".join(reads)})
        run(["javac", "-encoding", "UTF-8", "-Xlint:all", "-Werror", "-d", folder, folder / f"{name}.java",
             folder / "Main.java"])
        out = folder / "answers.tsv"
        run(["java", "-cp", folder, "Main", case.folder, out])
        yield case, read_answers(out)


def jars(cache):
    wanted = cache / "jpmml"
    if not list(wanted.glob("pmml-evaluator-metro-*.jar")):
        run(["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={wanted}"])
    return wanted


def jpmml(cases, work, cache):
    path = f"{jars(cache)}/*"
    run(["javac", "-cp", path, "-d", work, HERE / "Jpmml.java"])
    run(["java", "-cp", f"{path}:{work}", "Jpmml", *(case.folder for case in cases)])
    for case in cases:
        yield case, read_answers(case.folder / "jpmml.tsv")


JS_DRIVER = r"""
import { readFileSync, writeFileSync } from "node:fs";
import { score } from "./javascript.mjs";
const text = (hex) => Buffer.from(hex.slice(1), "hex").toString("utf8");
const lines = (name) => readFileSync(new URL(name, import.meta.url), "utf8").trimEnd().split("\n");
const variables = lines("variables.tsv").map((line) => line.split("\t"));
const rows = JSON.parse(readFileSync(new URL("rows.json", import.meta.url), "utf8"));
const number = { nan: NaN, inf: Infinity, "-inf": -Infinity };
const out = rows.map((row) => {
  const given = Object.fromEntries(row.map((value, i) => {
    const [name, kind, , ...texts] = variables[i];
    if (kind === "number") return [text(name), value in number ? number[value] : value];
    return [text(name), value === -1 ? null : text(texts[value])];
  }));
  const { score: total, reasons } = score(given);
  return [total, ...reasons.map((each) => "x" + Buffer.from(each).toString("hex"))].join("\t");
});
writeFileSync(new URL("javascript.tsv", import.meta.url), out.join("\n") + "\n");
"""


def javascript(cases, work):
    import json
    for case in cases:
        def plain(i, word):
            if not case.numeric[i]:
                return int(word)
            return word if word in ("nan", "inf", "-inf") else number(word)
        rows = [[plain(i, word) for i, word in enumerate(row)] for row in case.written]
        (case.folder / "rows.json").write_text(json.dumps(rows))
        (case.folder / "driver.mjs").write_text(JS_DRIVER)
        run(["node", case.folder / "driver.mjs"])
        yield case, read_answers(case.folder / "javascript.tsv")
