"""Timing: the least of several runs, which other programs on the machine can only lengthen."""
import time


def least(work, repeats=5):
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def spell(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def ratio(ours, theirs):
    return f"{theirs / ours:.3g} x faster" if theirs >= ours else f"{ours / theirs:.3g} x slower"
