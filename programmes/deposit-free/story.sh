#!/usr/bin/env bash
# The whole river on people who do not exist: check, enrol, ingest, score, decide, explain, dispute, recompute,
# prove, verify. Every command is printed as you would type it. Leaves a data folder to play with.
#   programmes/deposit-free/story.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-demo}
credence=${CREDENCE:-build/credence}
programme=programmes/deposit-free/programme.toml
data="--data $folder/data"
day1="--clock 2026-07-01T09:00:00Z" day2="--clock 2026-07-02T10:00:00Z" day9="--clock 2026-07-09T15:00:00Z"
started=$(date +%s)

if [ -d "$folder" ]; then
  [ -f "$folder/.credence-demo" ] || { echo "error: $folder/ is not a demo folder; not touched" >&2; exit 2; }
  rm -rf "$folder"
fi
mkdir -p "$folder"
touch "$folder/.credence-demo"

exec 3>&1  # where commands are shown, also when their output goes to a file
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
# Prints the command and runs it; exit code 1 of ingest means that some lines were rejected, as they should be.
run() {
  printf '$ %s\n' "${*@Q}" | sed "s/'\([A-Za-z0-9_.,:=\/@-]*\)'/\1/g" >&3
  "$@"
}

step "1. The programme is held against the charter"
run $credence check $programme

step "2. A sample of people who do not exist, with some broken lines as real exports have them"
run $credence sample --people 2000 --seed 1 --flaws 12 --out "$folder/sample"

step "3. A record is opened; the programme and its card are its first fact"
run $credence init $data --programme $programme $day1

step "4. People are enrolled, each with the consents that they gave"
run $credence enrol --file "$folder/sample/people.csv" --age-check "contract signed in person" $data $day1

step "5. Records come in; what cannot be read goes to a rejects file, the rest goes in"
set +e
run $credence ingest "$folder/sample/bills.csv" "$folder/sample/incomes.csv" "$folder/sample/overdrafts.csv" \
  "$folder/sample/rentals.jsonl" $data $day1
code=$?
set -e
[ $code -eq 1 ] || { echo "error: ingest ended with $code instead of 1 (some lines rejected)" >&2; exit 1; }
sed 's/^/  | /' "$folder/sample/bills.csv.rejects.csv" | cut -c1-150 | head -n 4
echo "  the same file again records nothing twice:"
set +e
run $credence ingest "$folder/sample/overdrafts.csv" $data $day1
code=$?
set -e
[ $code -eq 5 ] || { echo "error: the second ingest ended with $code instead of 5 (nothing new)" >&2; exit 1; }

step "6. Everybody is scored"
run $credence score --all $data $day1 > "$folder/scores.txt"
head -n 5 "$folder/scores.txt"
echo "..."

# Somebody whom one late bill keeps below 600 points, and who lets partner shops learn yes or no.
choose() {
  local person found
  for person in $(awk '$2 >= 545 && $2 < 600 {print $1}' "$folder/scores.txt"); do
    grep -q "^$person,.*bike-shop" "$folder/sample/people.csv" || continue
    found=$($credence explain "$person" --json $data $day2 | python3 -c '
import json, sys
explained = json.load(sys.stdin)
late = next(line for line in explained["lines"] if line["id"] == "late_bills_12m")["records"]
paid = [record for record in late if "paid missing" not in record["what"]]
print(paid[0]["record"] if explained["total"] < 600 and len(late) in (1, 3) and paid else "")')
    [ -z "$found" ] || { echo "$person $found"; return; }
  done
}
read -r somebody record <<<"$(choose)"
[ -n "$record" ] || { echo "error: nobody in the sample fits the story" >&2; exit 1; }

step "7. $somebody asks to rent without a deposit"
run $credence decide "$somebody" --benefit no-deposit --order R-1001 --recipient bike-shop $data $day2

step "8. Why: every point leads back to records"
run $credence explain "$somebody" $data $day2

step "9. Fact $record is a bill paid late, says the bank. $somebody contests it: it is frozen at once"
run $credence show "$record" $data
run $credence dispute "$somebody" --record "$record" --because "I paid on the day it was due" $data $day2
dispute=$($credence disputes $data | awk '{print $2; exit}')

step "10. A second human settles it; the score follows by itself"
due=$($credence show "$record" $data | sed -n 's/.*"due": "\(.*\)".*/\1/p')
run $credence resolve "$dispute" --outcome corrected --set "paid=$due" --by "L. Petit" \
  --because "The bank confirms the payment" $data $day9
run $credence decide "$somebody" --benefit no-deposit --order R-1002 --recipient bike-shop $data $day9

step "11. Letters, in the person's language"
run $credence letter "$somebody" --lang fr --format html --out "$folder/letter.fr.html" $data $day9
run $credence letter "$somebody" --dispute "$dispute" --out "$folder/change.en.txt" $data $day9
sed 's/^/  | /' "$folder/change.en.txt" | head -n 16

step "12. A proof that a stranger can check, and all that is kept about $somebody"
run $credence prove "$dispute" --out "$folder/$dispute.tlog-proof" $data
key=$($credence status $data | sed -n 's/^key *//p')
run $credence verify --proof "$folder/$dispute.tlog-proof" --key "$key"
run $credence export "$somebody" --out "$folder/$somebody.credence.json" $data
run $credence verify --export "$folder/$somebody.credence.json" --key "$key"

step "13. The whole record is verified, and every score computed again"
run $credence verify $data

printf '\nDone in %s s. Yours to play with: %s/ (%s --help)\n' $(($(date +%s) - started)) "$folder" $credence
