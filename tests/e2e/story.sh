#!/usr/bin/env bash
# The story of the deposit-free programme, in a folder of its own, and what it must leave behind.
#   tests/e2e/story.sh CREDENCE
set -euo pipefail
credence=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
die() { echo "FAILED: $*"; exit 1; }

CREDENCE=$credence "$root/programmes/deposit-free/story.sh" "$work/demo" | tee "$work/told.txt" | tail -n 40
grep -q "sound: nothing was changed afterwards" "$work/told.txt" || die "the record should be sound"
grep -q "12 rejected" "$work/told.txt" || die "the broken lines should have been rejected"
[ "$(wc -l <"$work/demo/scores.txt")" -eq 2000 ] || die "2,000 people should have been scored"
grep -q '<html lang="fr"' "$work/demo/letter.fr.html" || die "there should be a letter in French"
facts=$($credence status --data "$work/demo/data" | sed -n 's/^facts *//p')
[ "$facts" -ge 200000 ] || die "at least 200,000 facts were expected, not $facts"

# What the README shows is what the program prints.
python3 - "$root/README.md" "$work/told.txt" "$work" "$credence" <<'CODE'
import re
import sys
readme, told, work, credence = open(sys.argv[1]).read(), open(sys.argv[2]).read(), sys.argv[3], sys.argv[4]
told = re.sub(r"\x1b\[[0-9;]*m", "", told).replace(f"{work}/", "").replace(credence, "build/credence").splitlines()
shown = re.search(r"<!-- story.*?```\n(.*?)```", readme, re.S)[1].splitlines()
for line in shown:
    pattern = ".*".join(re.escape(part) for part in line.split("[..]"))
    if line != "..." and not any(re.fullmatch(pattern, one) for one in told):
        sys.exit(f"FAILED: README shows a line that the story does not print: {line}")
print(f"README: {len(shown)} lines as printed")
CODE

# Erased: unreadable at once, and the record still verifies.
person=$(awk 'NR==7 {print $1}' "$work/demo/scores.txt")
$credence erase "$person" --basis "GDPR 17(1)(b)" --data "$work/demo/data"
code=0
$credence explain "$person" --data "$work/demo/data" || code=$?
[ $code -eq 3 ] || die "an erased person should not be explained"
if grep -a -q "$person" "$work/demo/data/credence.db"*; then die "the erased person's name is in the database"; fi
$credence verify --data "$work/demo/data" | tee "$work/verified.txt"
grep -q "^sound" "$work/verified.txt" || die "the record should be sound after the erasure"

# One changed byte is found.
python3 - "$work/demo/data/credence.db" <<'CODE'
import sqlite3
import sys
base = sqlite3.connect(sys.argv[1])
for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
    base.execute(f"DROP TRIGGER {name}")
entry = bytearray(base.execute("SELECT entry FROM log_entry WHERE seq=1234").fetchone()[0])
entry[20] ^= 1
base.execute("UPDATE log_entry SET entry=? WHERE seq=1234", (bytes(entry),))
base.commit()
CODE
code=0
$credence verify --data "$work/demo/data" >"$work/tampered.txt" || code=$?
cat "$work/tampered.txt"
[ $code -eq 1 ] && grep -q 1234 "$work/tampered.txt" || die "the changed byte should have been found, with its place"
echo "story: done"
