#!/usr/bin/env bash
# What must not compile does not: an include against the river, a header that needs another one first, a society that
# opens a record, a fact that skips consent. The control shows that the same tree compiles without the planted file.
#   tests/river/run.sh SOURCE_FOLDER
set -u
source=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -C "$source" --exclude=./build --exclude=./demo --exclude=./.git -cf - . | tar -C "$work" -xf -
cd "$work" || exit 1
cmake --preset release -DCMAKE_BUILD_TYPE=Debug >configure.log 2>&1 || { cat configure.log; exit 1; }

passed=0 failed=0
judge() {  # judge NAME RIGHT
  if [ "$2" = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  printf '%s: %s\n' "$([ "$2" = yes ] && echo ok || echo FAILED)" "$1"
}

# refuses NAME FILE TARGET MESSAGE < content: with FILE planted, TARGET must fail and say MESSAGE.
refuses() {
  local name=$1 file=$2 target=$3 message=$4 right=no
  cat >"$file"
  cmake --build build/release --target "$target" >build.log 2>&1 && built=yes || built=no
  [ $built = no ] && grep -q "$message" build.log && right=yes
  [ $right = yes ] || tail -n 20 build.log
  judge "$name" $right
  rm -f "$file"
}

# compiles NAME FILE OBJECT < content: the control of a refusal, the same file with what its folder may see.
compiles() {
  local name=$1 file=$2 object=$3 right=no
  cat >"$file"
  cmake --build build/release --target "$object" >build.log 2>&1 && right=yes
  [ $right = yes ] || tail -n 20 build.log
  judge "$name" $right
  rm -f "$file"
}

right=no
cmake --build build/release --target credence_consent_verify_interface_header_sets credence_people >build.log 2>&1 &&
  right=yes
[ $right = yes ] || tail -n 20 build.log
judge "control: the tree as it is compiles" $right

refuses "an include against the river does not compile" src/event/planted.cpp \
  credence_event "credence/score/score.h: No such file" <<'CODE'
#include <credence/score/score.h>
CODE
refuses "a header that needs another one before it does not compile" src/event/planted.h \
  credence_event_verify_interface_header_sets "‘vector’" <<'CODE'
#pragma once
inline int planted(const std::vector<int>& numbers) { return static_cast<int>(numbers.size()); }
CODE
refuses "a society that opens a record does not compile" society/people/planted.cpp \
  credence_people "credence/store/store.h: No such file" <<'CODE'
#include <credence/store/store.h>
CODE
# The society and the record do not see each other, from either side. Each refusal has its control: the same file, in
# the same place, that includes what its folder may see.
wall() {  # wall FOLDER LAYER HEADER ALLOWED
  local object=${1%%/*}/CMakeFiles/credence_$2.dir/${1#*/}/planted.cpp.o
  refuses "$1 that includes $3 does not compile" "$1/planted.cpp" "$object" "credence/$3: No such file" \
    <<<"#include <credence/$3>"
  compiles "control: $1 that includes $4 compiles" "$1/planted.cpp" "$object" <<<"#include <credence/$4>"
}
wall society/worlds worlds store/store.h people/population.h
wall society/plans plans store/store.h worlds/society.h
wall society/report report store/database.h plans/ensemble.h
wall src/engine engine worlds/world.h score/score.h
wall src/event event clockwork/draw.h base/result.h
wall edge/store store people/population.h base/result.h
wall edge/store store worlds/society.h base/time.h
wall edge/lab lab store/store.h worlds/society.h

refuses "nobody but the charter makes a lawful programme" src/event/planted.cpp \
  credence_event "LawfulProgramme.*is private" <<'CODE'
#include <credence/charter/charter.h>
namespace credence {
LawfulProgramme planted(Programme programme) { return LawfulProgramme(std::move(programme)); }
}  // namespace credence
CODE
refuses "nobody but consent admits an event" src/consent/planted.cpp \
  credence_consent "Admitted.*is private" <<'CODE'
#include <credence/consent/consent.h>
namespace credence {
Admitted planted(Event event, Instant now) { return Admitted(std::move(event), 0, now); }
}  // namespace credence
CODE

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -eq 22 ]
