#!/usr/bin/env bash
# The lesson of 20 minutes, in both languages, and the README's part of the society: every command is run and its output
# compared with what is shown.
#   tests/e2e/lesson.sh CREDENCE [--bless]     --bless rewrites what is shown; whoever blesses, reads the answers again
set -euo pipefail
credence=$(readlink -f "$1")
bless=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PATH=$(dirname "$credence"):$PATH LC_ALL=C.UTF-8 TERM=dumb
die() { echo "FAILED: $*"; exit 1; }

for lesson in society-20-minutes societe-20-minutes; do
  mkdir $lesson
  (cd $lesson && python3 "$root/tests/transcripts/play.py" "$root/docs/lessons/$lesson.md" 7 $bless) ||
    die "$lesson does not show what the program prints"
done

# The README's part of the society.
sed -n '/<!-- society/,/<!-- end society/p' "$root/README.md" >readme.md
python3 "$root/tests/transcripts/play.py" readme.md 1 || die "the README does not do what it says"

# The control: a lesson that lies is found out.
mkdir lie
sed 's/^third,0,3/third,0,4/' "$root/docs/lessons/society-20-minutes.md" >lie/lesson.md
cmp -s "$root/docs/lessons/society-20-minutes.md" lie/lesson.md && die "the control changed nothing"
(cd lie && python3 "$root/tests/transcripts/play.py" lesson.md 7 >/dev/null) && die "a lesson that lies was believed"
echo "lesson: done"
