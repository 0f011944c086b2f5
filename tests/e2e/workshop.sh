#!/usr/bin/env bash
# The tutorial of the command line, from start to end: every command of docs/tutorials/command-line.md is run and its
# output compared with the lines below it. Then the same on real applicants, where the data is present.
#   tests/e2e/workshop.sh CREDENCE
set -euo pipefail
credence=$(readlink -f "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PATH="$(dirname "$credence"):$PATH" LC_ALL=C.UTF-8 TERM=dumb
die() { echo "FAILED: $*"; exit 1; }

tutorial=$root/docs/tutorials/command-line.md
play=$root/tests/transcripts/play.py

python3 "$play" "$tutorial" 8 || die "the tutorial does not do what it says"
# The control: a tutorial that lies is found out.
sed 's/20000 rows, 15.6 % bad/20000 rows, 15.7 % bad/' "$tutorial" >lie.md
cmp -s "$tutorial" lie.md && die "the control changed nothing"
python3 "$play" lie.md 8 >/dev/null && die "a tutorial that lies was believed"

# The same in the README.
sed -n '/<!-- workshop/,/<!-- end workshop/p' "$root/README.md" >readme.md
python3 "$play" readme.md 2 || die "the README does not do what it says"

# The record as history: what was known of each loan becomes a table, the table a card, and the programme accepts it.
from_the_record() {
  local berka=$1 clock="--clock 1999-01-01T00:00:00Z"
  cp -r "$root/programmes/berka" programme && chmod -R u+w programme
  credence init --data d --programme programme/programme.toml $clock >/dev/null
  credence enrol --file "$berka/loan.asc" --column account_id --delimiter ";" --consent account --consent application \
    --age-check "adults by the bank's own rules" --channel paper --data d $clock >/dev/null
  cp "$berka/trans_feup_1997_1998.csv" entries.csv
  cp "$berka/loan.asc" loans.csv
  credence ingest entries.csv --data d $clock
  credence ingest loans.csv --data d $clock
  credence backtest loans.csv --delimiter ";" --subject account_id --date date --date-format YYMMDD --outcome status \
    --bad B --bad D --good A --good C --data d $clock --table history.csv >/dev/null
  [ "$(wc -l <history.csv)" -eq 355 ] || die "354 loans have a history"
  credence train history.csv --target bad --programme programme/programme.toml --min-bin-share 0.1 --out programme/card.toml
  credence check programme/programme.toml | tail -n 1
}
berka=$root/../shared/data/berka
if [ -d "$berka" ]; then from_the_record "$berka"; else echo "the record as history: skipped"; fi

heloc=$root/../shared/data/heloc/heloc.csv
[ -f "$heloc" ] || { echo "real applicants: skipped, ../shared/data/heloc is not here"; exit 0; }
credence train "$heloc" --target RiskPerformance --bad Bad --special -9 -8 -7 --cross-validate --out heloc.toml \
  --report heloc.json
python3 -c '
import json
report = json.load(open("heloc.json"))["report"]
auc = float(report["cross_validated"]["mean"])
print(f"HELOC: cross-validated AUC {auc:.4f}")
assert auc >= 0.796, report' || die "HELOC: an AUC of at least 0.796 was expected"
credence score "$heloc" --card heloc.toml --out heloc-scores.csv
[ "$(wc -l <heloc-scores.csv)" -eq 10460 ] || die "10,459 rows should have been scored"
credence validate "$heloc" --card heloc.toml --target RiskPerformance --bad Bad --cutoff 640 --out heloc.html
credence recourse "$heloc" --card heloc.toml --to 640 --audit
echo "workshop: done"
