"""What the Python engines share: reading the contacts, and the line that every engine prints for each seed."""
import sys
import time

UNITS = 5


def memory(item):
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith(item))


def contacts_of(file):
    import numpy

    numbers = numpy.fromfile(file, dtype="<u4")
    people = int(numbers[0])
    first = numbers[1:people + 2].tolist()
    ends = numbers[people + 2:].tolist()
    return [ends[first[person]:first[person + 1]] for person in range(people)]


def gini(money):
    money = sorted(money)
    count, total = len(money), sum(money)
    return sum((2 * rank - count + 1) * units for rank, units in enumerate(money)) / (count * total)


def run(make):
    """`make(file, seed)` gives a month to be lived and a function that tells everybody's money."""
    file, months, seeds = sys.argv[1], int(sys.argv[2]), [int(seed) for seed in sys.argv[3:]]
    before, taken = memory("VmRSS:"), None
    for seed in seeds:
        live_month, money = make(file, seed)
        start, processor = time.perf_counter(), time.process_time()
        for _ in range(months):
            live_month()
        start, processor = time.perf_counter() - start, time.process_time() - processor
        taken = taken or memory("VmHWM:") - before
        units = money()
        print(start, processor, sum(units), gini(units), taken / len(units), flush=True)
