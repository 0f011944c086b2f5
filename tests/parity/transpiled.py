"""Dialects of SQL whose databases do not run here. sqlglot reads each script as its dialect's grammar has it, so that what
is no query there is found, and writes what it read for DuckDB, which scores the rows. This holds the query to its meaning as
sqlglot knows the dialect; it is no run on those databases.

Where sqlglot lacks a word of a dialect, or gives it another meaning than the dialect's manual does, it is taught below, each
with the reason."""
import sqlglot
from sqlglot import exp
from sqlglot.dialects.oracle import Oracle

from runtimes import arrow_table, sql_answers


class OracleOfDoubles(Oracle):
    """Oracle writes doubles as 1.5d (SQL Language Reference, "Numeric Literals"); sqlglot reads a name there."""

    class Tokenizer(Oracle.Tokenizer):
        NUMERIC_LITERALS = {**Oracle.Tokenizer.NUMERIC_LITERALS, "D": "DOUBLE"}


def bytes_of(text):
    """DuckDB's cast reads backslashes in a text that becomes bytes; encode() takes it as it is."""
    return exp.Anonymous(this="encode", expressions=[text])


def is_type(node, kind):
    return isinstance(node, exp.Cast) and node.to.this == kind


# Of each dialect, in the order in which they are replaced: what it is, and what it means.
MYSQL = [
    # CONVERT(x USING utf8mb4) is the text itself, and its cast the bytes.
    (lambda node: is_type(node, exp.DType.CHARACTER_SET), lambda node: exp.cast(node.this, "text")),
    (lambda node: is_type(node, exp.DType.BINARY), lambda node: bytes_of(node.this)),
    # _utf8mb4 X'61' is a text from its bytes.
    (lambda node: isinstance(node, exp.Introducer),
     lambda node: exp.Anonymous(this="decode", expressions=[node.expression])),
]
SQLSERVER = [
    # + joins texts; N marks a text of Unicode; (max) says that it has no end; FLOAT has 53 bits.
    (lambda node: isinstance(node, exp.Add) and isinstance(node.expression, exp.National),
     lambda node: exp.DPipe(this=node.left, expression=node.right)),
    (lambda node: isinstance(node, exp.National), lambda node: exp.Literal.string(node.this)),
    (lambda node: isinstance(node, exp.Convert) and node.this.this == exp.DType.VARBINARY,
     lambda node: bytes_of(node.expression)),
    (lambda node: is_type(node, exp.DType.NVARCHAR), lambda node: exp.cast(node.this, "text")),
    (lambda node: is_type(node, exp.DType.FLOAT), lambda node: exp.cast(node.this, "double")),
]
ORACLE = [
    # TO_BINARY_DOUBLE(x) is a cast, and x IS NAN a question.
    (lambda node: isinstance(node, exp.Anonymous) and node.name.upper() == "TO_BINARY_DOUBLE",
     lambda node: exp.cast(node.expressions[0], "double")),
    (lambda node: isinstance(node, exp.Is) and isinstance(node.expression, exp.Column) and node.expression.name == "NAN",
     lambda node: exp.IsNan(this=node.this)),
]


class Dialect:
    """`has_nan`: whether the database holds NaN; where it does not, such rows come in as NULL. `refused`: the cards that
    cannot be told to it, and no others."""

    def __init__(self, grammar, taught=(), has_nan=True, refused=()):
        self.grammar, self.taught, self.has_nan, self.refused = grammar, taught, has_nan, refused

    def read(self, script):
        """The one query of the script."""
        queries = [each for each in sqlglot.parse(script, read=self.grammar) if each is not None]
        assert len(queries) == 1 and isinstance(queries[0], exp.Select), queries
        return queries[0]

    def for_duckdb(self, script):
        query = self.read(script)
        for is_so, meaning in self.taught:
            # From the leaves on, so that what is replaced holds what was replaced in it.
            for node in reversed([each for each in query.walk() if is_so(each)]):
                node.replace(meaning(node))
        return query.sql("duckdb")


DIALECTS = {
    "mysql": Dialect("mysql", MYSQL, has_nan=False),
    "sqlserver": Dialect("tsql", SQLSERVER, has_nan=False),
    "oracle": Dialect(OracleOfDoubles, ORACLE, refused=["awkward"]),  # it has no empty texts
    "snowflake": Dialect("snowflake"),
    "bigquery": Dialect("bigquery", refused=["awkward"]),  # no backticks in names
    "spark": Dialect("spark"),
}


def runtime(name):
    dialect = DIALECTS[name]

    def score(cases, work):
        import duckdb
        for case in cases:
            is_refused = not (case.folder / f"{name}.sql").exists()
            assert is_refused == (case.name in dialect.refused), f"{name}, card {case.name}: refused is {is_refused}"
            if is_refused:
                yield case, None
                continue
            with duckdb.connect() as database:
                database.register("applicants", arrow_table(case, dialect.has_nan))
                query = dialect.for_duckdb(case.script(f"{name}.sql"))
                yield case, sql_answers(database.execute(query).fetchall())

    return score
