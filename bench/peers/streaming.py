"""A table beyond memory: every column binned in one pass over a Parquet file, beside reading that file alone.
python streaming.py ROWS COLUMNS; the file is made in a temporary folder first."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import data
import wide_table
from timing import ratio, spell


def child(command):
    """Wall and processor seconds of a program, and the most memory it had."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024

def rows(count, columns):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "wide.parquet"
        wide_table.write(path, count, columns)
        size = path.stat().st_size
        reader = "import sys, pyarrow.parquet as pq\nfor _ in pq.ParquetFile(sys.argv[1]).iter_batches(65536): pass"
        read, read_cpu, _ = child([sys.executable, "-c", reader, path])
        wall, cpu, most = child([data.ROOT / "build/credence", "bin", path, "--target", "bad", "--streaming"])
        what = f"{count} rows x {columns} columns of Parquet, {size / 1e9:.2f} GB"
        yield f"{what}: bins / reading it, wall", spell(wall), spell(read), f"reading is {read / wall:.0%} of the time"
        yield f"{what}: bins / reading it, processor", spell(cpu), spell(read_cpu), ratio(cpu, read_cpu)
        yield f"{what}: most memory", f"{most / 1e6:.0f} MB", "", f"{count * columns * 8 / most:.1f} x less than the doubles"

if __name__ == "__main__":
    for row in rows(int(sys.argv[1]), int(sys.argv[2])):
        print(*row, sep="  ")
