#!/usr/bin/env bash
# Nothing that the society is linked from asks for anything that the record's library has: it could not open a record
# even if a file named its functions without a header. The control: the commands of the record do ask for it.
#   tests/river/wall.sh STORE_LIBRARY COMMANDS_LIBRARY SOCIETY_LIBRARY...
set -euo pipefail
store=$1 commands=$2
shift 2
has=$(mktemp) asks=$(mktemp)
trap 'rm -f "$has" "$asks"' EXIT
# Strong symbols alone: what a template or an inline function leaves is in every library.
nm --defined-only --extern-only "$store" 2>/dev/null | awk '$2 ~ /^[TDBR]$/ {print $3}' | sort -u >"$has"
[ "$(wc -l <"$has")" -ge 50 ] || { echo "FAILED: $store has hardly any symbols"; exit 1; }
asked() { nm --undefined-only "$1" 2>/dev/null | awk '$1 == "U" {print $2}' | sort -u >"$asks" && comm -12 "$has" "$asks"; }
[ -n "$(asked "$commands")" ] || { echo "FAILED: the control: $commands asks for nothing of the record"; exit 1; }
for library in "$@"; do
  of_the_record=$(asked "$library")
  [ -z "$of_the_record" ] || { echo "FAILED: $library asks for"; c++filt <<<"$of_the_record"; exit 1; }
  grep -q sqlite3 "$asks" && { echo "FAILED: $library asks for SQLite"; exit 1; }
  [ -s "$asks" ] || { echo "FAILED: $library asks for nothing at all"; exit 1; }
done
echo "the wall: $# libraries ask for none of $(wc -l <"$has") symbols of the record"
