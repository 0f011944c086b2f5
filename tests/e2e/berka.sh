#!/usr/bin/env bash
# The river on real bank records: 30,200 entries before 354 loans (PKDD'99). Skipped where the data is absent.
#   tests/e2e/berka.sh CREDENCE
set -euo pipefail
credence=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
berka=$root/../shared/data/berka
[ -d "$berka" ] || { echo "skipped: ../shared/data/berka is not here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
clock="--clock 1999-01-01T00:00:00Z"
die() { echo "FAILED: $*"; exit 1; }

$credence check "$root/programmes/berka/programme.toml"
$credence init --data d --programme "$root/programmes/berka/programme.toml" $clock
$credence enrol --file "$berka/loan.asc" --column account_id --delimiter ";" --consent account --consent application \
  --age-check "adults by the bank's own rules" --channel paper --data d $clock
cp "$berka/trans_feup_1997_1998.csv" entries.csv
cp "$berka/loan.asc" loans.csv
$credence ingest entries.csv --data d $clock --json | tee entries.json
python3 -c '
import json
report = json.load(open("entries.json"))[0]
assert report["recorded"] == 30200, report
assert not report["rejected"] and not report["refused"], report' || die "30,200 entries should have been recorded"
$credence ingest loans.csv --data d $clock --json | tee loans.json
code=0
$credence ingest entries.csv --data d $clock || code=$?
[ $code -eq 5 ] || die "the same file again ended with $code instead of 5"

backtest() {
  $credence backtest "$1" --delimiter ";" --subject account_id --date date --date-format YYMMDD \
    --outcome status --bad B --bad D --good A --good C --data d $clock "${@:2}"
}
# The loans whose history is in the file; the others have no entries and too little to be scored on.
backtest loans.csv
backtest loans.csv --json >all.json
python3 -c '
import json
report = json.load(open("all.json"))
assert report["bad"] == 30 and report["good"] == 324, report
assert report["auc"] >= 0.80, report
assert 0.5 < report["auc_low"] < report["auc"] < report["auc_high"] <= 1, report' ||
  die "354 loans, 30 of them bad, and an AUC of at least 0.80 were expected"

# No leak: shuffled outcomes are not predicted, and what is dated after a loan changes no score as of its day.
python3 - <<'CODE'
import random
lines = open("loans.csv").read().splitlines()
rows = [line.split(";") for line in lines[1:]]
outcomes = [row[-1] for row in rows]
for seed in range(20):
    random.Random(seed).shuffle(outcomes)
    shuffled = [";".join(row[:-1] + [outcome]) for row, outcome in zip(rows, outcomes)]
    open(f"shuffled-{seed}.csv", "w").write("\n".join([lines[0]] + shuffled) + "\n")
CODE
for seed in $(seq 0 19); do backtest "shuffled-$seed.csv" --json >"shuffled-$seed.json"; done
python3 -c '
import json
aucs = [json.load(open(f"shuffled-{seed}.json"))["auc"] for seed in range(20)]
mean = sum(aucs) / len(aucs)
print(f"shuffled outcomes: mean AUC {mean:.3f}")
assert abs(mean - 0.5) < 0.05, aucs' || die "shuffled outcomes were predicted: a leak"
head -n 1 entries.csv >later.csv
awk -F ";" '{gsub("\r", "")} NR > 1 {printf "late-%s;%s;981231;withdrawal;;1.00;-99999.00;sanction interest if negative balance;;\n", $2, $2}' \
  loans.csv >>later.csv
$credence ingest later.csv --data d $clock
backtest loans.csv --json >after.json
cmp all.json after.json || die "entries of 31 December 1998 changed scores as of earlier days"
$credence verify --data d
echo "berka: done"
