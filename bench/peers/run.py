"""Credence beside its peers, in one run on this machine: `./dev peers`. Times are the least of several runs; quality is
computed here, by the definition, for everybody. What is not measured is not printed."""
import sys

import accuracy
import data
import jpmml
import optimality
import speed


def measurements(histories):
    by_name = {history.name: history for history in histories}
    yield from optimality.rows(histories)
    yield from speed.cards(histories)
    yield from speed.one_variable()
    if "HELOC" in by_name:
        yield from speed.scoring(by_name["HELOC"])
        yield from jpmml.rows(by_name["HELOC"])
        yield from speed.counterfactuals(by_name["HELOC"])
    yield from accuracy.rows(histories)


def main():
    histories = data.histories()
    if not histories:
        sys.exit("no data: see bench/peers/data.py")
    print(f"{'what / peer':<72} {'Credence':>14} {'peer':>14}  ratio")
    for what, ours, theirs, *ratio in measurements(histories):
        print(f"{what:<72} {ours:>14} {theirs:>14}  {', '.join(ratio)}", flush=True)


if __name__ == "__main__":
    main()
