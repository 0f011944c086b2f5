"""A Parquet table of people who do not exist, wider and longer than memory should hold: python wide_table.py FILE ROWS
COLUMNS. Deterministic; written in row groups of a million rows, so that writing it needs little memory as well."""
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

GROUP = 1_000_000


def group(rows, columns, seed):
    """A third of the columns are counts, a third amounts in cents, a third ratios; one in twenty is missing."""
    draw = np.random.default_rng(seed)
    risk = draw.normal(size=rows)
    table = {}
    for column in range(columns):
        signal = risk * (0.1 + 0.02 * column) + draw.normal(size=rows)
        if column % 3 == 0:
            values = np.floor(np.exp(np.clip(signal, -3, 3)))
        elif column % 3 == 1:
            values = np.round(np.exp(7 + signal) * 100) / 100
        else:
            values = 1 / (1 + np.exp(-signal))
        values[draw.random(rows) < 0.05] = np.nan
        table[f"x{column:02}"] = values
    table["bad"] = (draw.random(rows) < 1 / (1 + np.exp(2 - risk))).astype(np.int8)
    return pa.table(table)


def write(path, rows, columns):
    writer = None
    for number, start in enumerate(range(0, rows, GROUP)):
        part = group(min(GROUP, rows - start), columns, number)
        writer = writer or pq.ParquetWriter(path, part.schema, compression="zstd")
        writer.write_table(part, row_group_size=GROUP)
    if writer:
        writer.close()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
