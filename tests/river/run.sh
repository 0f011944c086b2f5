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
# The society and the record do not see each other, from either side. A file is compiled as its neighbours in the folder
# are, with what their layer may see, and nothing is built first. Each refusal has its control: the same file, in the
# same place, that includes what its folder may see.
cat >as_neighbour.py <<'CODE'
import json, shlex, subprocess, sys
folder = sys.argv[1]
for entry in json.load(open("build/release/compile_commands.json")):
    if f"/{folder}/" in entry["file"] and not entry["file"].endswith(("_test.cpp", "_fuzz.cpp")):
        command = shlex.split(entry["command"])
        command = command[:command.index("-o")] + ["-fsyntax-only", f"{folder}/planted.cpp"]
        command = [word if word != f"{folder}/planted.cpp" else f"{sys.argv[2]}/{word}" for word in command]
        sys.exit(subprocess.run(command, cwd=entry["directory"]).returncode)
sys.exit(f"no file of {folder} is compiled")
CODE
wall() {  # wall FOLDER HEADER ALLOWED
  local right=no
  [ -f "$work/$(find src society edge -path "*/$2" | head -1)" ] || { judge "there is a header $2" no; return; }
  echo "#include <credence/$2>" >"$1/planted.cpp"
  python3 as_neighbour.py "$1" "$work" >build.log 2>&1 || { grep -q "credence/$2: No such file" build.log && right=yes; }
  [ $right = yes ] || tail -n 20 build.log
  judge "$1 that includes $2 does not compile" $right
  right=no
  echo "#include <credence/$3>" >"$1/planted.cpp"
  python3 as_neighbour.py "$1" "$work" >build.log 2>&1 && right=yes
  [ $right = yes ] || tail -n 20 build.log
  judge "control: $1 that includes $3 compiles" $right
  rm -f "$1/planted.cpp"
}
wall society/worlds store/store.h people/population.h
wall society/plans store/store.h worlds/society.h
wall society/report store/schema.h plans/ensemble.h
wall src/engine worlds/world.h score/score.h
wall src/event clockwork/draw.h base/result.h
wall edge/store people/population.h base/result.h
wall edge/store worlds/society.h base/time.h
wall edge/lab store/store.h worlds/society.h

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
