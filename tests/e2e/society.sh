#!/usr/bin/env bash
# The society: every built-in programme in a built-in world; a run that is stopped in the middle and goes on gives the
# results of one that was not, byte for byte; one that is killed leaves nothing that a later one trips over; and a
# folder with a record of real people is left as it is, whatever the society is told to do with it.
#   tests/e2e/society.sh CREDENCE
set -euo pipefail
credence=$(readlink -f "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8 TERM=dumb
die() { echo "FAILED: $*"; exit 1; }

# Every programme, alone and all of them in one run.
programmes="lawful-open sesame-credit city-points total-surveillance"
small="--people 1500 --months 6 --burn-in 3 --replicates 2"
"$credence" society run town $small --out no-programme >/dev/null 2>&1 || die "life without a programme"
for programme in $programmes; do
  "$credence" society run town $small --programme $programme --out $programme >/dev/null 2>&1 || die "$programme"
  cut -d, -f1 $programme/replicates.csv | grep -qx $programme || die "$programme is not in its tables"
  grep -q "$programme" $programme/report.html || die "$programme is not in its report"
done
"$credence" society run town $small --programme lawful-open --versus sesame-credit --versus city-points \
  --versus total-surveillance --out all >/dev/null 2>&1 || die "all programmes in one run"
# A programme's arm is the same whichever others stand beside it.
for programme in $programmes; do
  cmp <(grep "^[0-9]*,$programme," all/months.csv) <(grep "^[0-9]*,$programme," $programme/months.csv) ||
    die "$programme lives otherwise beside others"
done
echo "built-in programmes: all run"

# Stopped in the middle, until some replicates but not all are whole, and gone on with. A machine may be too fast for a
# size; then it is a larger one.
stopped=0 partial=0
live() {  # live OUT [OPTION...]
  local out=$1
  shift
  "$credence" society run town --people $people --months 12 --burn-in 2 --replicates 6 --programme city-points \
    --out "$out" "$@"
}
# end_by SIGNAL SECONDS OUT...: sends it when the run has begun and the seconds have passed; its exit code is in $code.
end_by() {
  local signal=$1 seconds=$2
  shift 2
  live "$@" >said.txt 2>told.txt &
  local pid=$!
  for _ in $(seq 600); do
    grep -q replicates told.txt && break
    kill -0 $pid 2>/dev/null || break
    sleep 0.05
  done
  # The function runs in a shell of its own, whose only child is the program.
  sleep "$seconds"
  local child
  child=$(ps -o pid= --ppid $pid | head -1)
  kill -"$signal" ${child:-$pid} 2>/dev/null || true
  code=0
  wait $pid || code=$?
}
for people in 20000 80000 320000; do
  rm -rf broken
  stopped=0 partial=0 resume=()
  for attempt in $(seq 20); do
    end_by INT "$((attempt * 3 / 10)).$((attempt * 3 % 10))" broken "${resume[@]}"
    [ $code -ne 1 ] && break
    stopped=$((stopped + 1))
    [ -f broken/run.checkpoint ] || die "stopped without a checkpoint"
    grep -q -- "--resume broken/run.checkpoint" told.txt || die "nothing says how to go on"
    resume=(--resume broken/run.checkpoint)
    if [ -f broken/report.html ]; then
      grep -q "The report is partial" broken/report.html || die "a partial report does not say so"
      grep -q "Le rapport est partiel" broken/report.html || die "a partial report does not say so in French"
      partial=1
      break
    fi
  done
  [ $partial -eq 1 ] && break
done
[ $partial -eq 1 ] || die "the run was over before it could be stopped ($stopped)"
cp broken/run.checkpoint kept.checkpoint
live broken --resume broken/run.checkpoint >resumed.txt 2>/dev/null || die "it could not go on"
live whole >whole.txt 2>/dev/null || die "the run that was not stopped"
cmp whole.txt resumed.txt && diff -r whole broken || die "a run that was stopped came out otherwise"
echo "stopped $stopped times with $people people: the same to the byte"

# The control: a difference is found. And what cannot be gone on with is refused.
live other --seed 2 >/dev/null 2>&1
diff -rq whole other >/dev/null && die "the control: another seed gave the same tables"
refused() {  # refused CODE OPTION...
  local code=$1
  shift
  live refused "$@" >said.txt 2>&1 && die "$code should have been refused"
  grep -q "^error\[$code\]" said.txt || { cat said.txt; die "$code was expected"; }
}
refused checkpoint.world --resume kept.checkpoint --seed 2
refused checkpoint.programmes --resume kept.checkpoint --versus lawful-open
head -c -100 kept.checkpoint >cut.checkpoint
refused checkpoint.damaged --resume cut.checkpoint
python3 -c '
text = bytearray(open("kept.checkpoint", "rb").read())
text[len(text) // 2] ^= 1
open("changed.checkpoint", "wb").write(text)'
refused checkpoint.damaged --resume changed.checkpoint
# A run that needs no more replicates than were lived has nothing left to live.
"$credence" society run town --people $people --months 12 --burn-in 2 --replicates 1 --programme city-points \
  --out refused --resume kept.checkpoint >said.txt 2>&1 && die "nothing was left to live"
grep -q "^error\[society.resume\]" said.txt || die "society.resume was expected"
echo "checkpoints: another's, cut and changed ones are refused"

# Killed: nothing half-written stands where a later run looks.
end_by KILL 0.4 killed
[ $code -ne 0 ] || echo "killed too late"
[ -z "$(find killed -type f ! -name '*.partial' 2>/dev/null)" ] || [ $code -eq 0 ] || die "a killed run left files"
for name in report.html months.csv run.checkpoint; do echo "half a li" >killed/$name.partial; done
live killed >/dev/null 2>&1 || die "a run after one that was killed"
for table in months replicates groups stories; do cmp whole/$table.csv killed/$table.csv || die "$table after a kill"; done
cmp whole/report.html killed/report.html || die "the report after a kill"
echo "killed: the next run is whole"

# A record of real people stays as it is.
clock="--clock 2026-07-01T09:00:00Z"
"$credence" init --data record --programme "$root/programmes/deposit-free/programme.toml" --origin test.example/log \
  $clock >/dev/null
"$credence" enrol ada --consent bank --consent rentals --age-check "document seen" --data record $clock >/dev/null
printf 'subject,event,at,key,amount,due,paid\nada,bill,2026-01-20,b1,50.00 EUR,2026-01-20,2026-01-19\n' >bills.csv
"$credence" ingest bills.csv --data record $clock >/dev/null
state_of() { (cd record && find . -type f -exec sha256sum {} + | sort && find . | sort); }
state_of >before.txt
mkdir beside && ln -s ../record beside/link
count=0
kept_out() {  # kept_out OPTION...: whatever it is told, it refuses, and the record is as before
  "$credence" "$@" >said.txt 2>&1 && { cat said.txt; die "not refused: $*"; }
  state_of >after.txt
  cmp before.txt after.txt || die "the record was changed: $*"
  count=$((count + 1))
}
tiny="--people 50 --months 1 --burn-in 0 --replicates 1"
kept_out society run record $tiny --out free
kept_out society run record/credence.db $tiny --out free
kept_out society run village $tiny --programme record --out free
kept_out society run village $tiny --programme record/credence.db --out free
kept_out society run village $tiny --resume record --out free
kept_out society run village $tiny --resume record/credence.db --out free
kept_out society run village $tiny --out record
kept_out society run village $tiny --out record/within/it
kept_out society run village $tiny --out beside/link/results
kept_out society describe record
kept_out society describe village --programme record/credence.db
kept_out society presets village --out record
kept_out society plan record/credence.db --out free
kept_out society plan record --out record
CREDENCE_DATA=record "$credence" society run village $tiny --out free >/dev/null 2>&1 || die "a run beside a record"
state_of >after.txt
cmp before.txt after.txt || die "the record was changed by a run beside it"
# The control: the same folder without a record takes results, and what changes a record is seen.
"$credence" society run village $tiny --out beside >/dev/null 2>&1 || die "the control: a folder without a record"
"$credence" enrol bob --consent bank --age-check "document seen" --data record $clock >/dev/null
state_of >after.txt
cmp -s before.txt after.txt && die "the control: a change of the record was not seen"
echo "a record of real people: $count times kept out"
echo "society: done"
