#!/usr/bin/env bash
# What is installed is a package that a project outside builds against, and the program shows the runs it logged.
#   library_test.sh SOURCE BUILD PROGRAM SANITIZERS
# Catches: a header, library or dependency that the package lacks; a public header that needs a private one.
set -euo pipefail
source=$1 build=$2 program=$3 sanitizers=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CMAKE_PREFIX_PATH rnnbench_DIR rnnbench_ROOT
flags=(-DCMAKE_BUILD_TYPE=Release)
if [[ $sanitizers ]]; then flags+=("-DCMAKE_CXX_FLAGS=-fsanitize=$sanitizers"); fi

fail() {
  printf 'FAILED: %s\n' "$*"
  exit 1
}
# has TEXT COMMAND...: the output holds the text.
has() {
  local output
  output=$("${@:2}" 2>&1) || fail "${*:2}: exit code $?: $output"
  [[ $output == *"$1"* ]] || fail "no '$1' in what ${*:2} prints: $output"
}

# Moved once it is there: nothing in it may name the place that it was installed to.
cmake --install "$build" --prefix "$work/first" --component library >"$work/log" 2>&1 || fail "$(cat "$work/log")"
mv "$work/first" "$work/prefix"
(cd "$work/prefix/include" && find . -name '*.hpp' -printf '#include <%P>\n' | sort) >"$work/headers.cpp"
(($(wc -l <"$work/headers.cpp") > 10)) || fail 'hardly any header was installed'
cat >"$work/private.txt" <<'PRIVATE'
SQLiteCpp
torch
harness/runner
PRIVATE
if grep -rnFf "$work/private.txt" "$work/prefix/include" | grep '#include'; then fail 'a header includes what is private'; fi

# The example, and a program that includes every public header.
cp -r "$source/examples/library" "$work/outside"
cat >>"$work/outside/CMakeLists.txt" <<CMAKE
add_library(headers OBJECT $work/headers.cpp)
target_link_libraries(headers PRIVATE rnnbench::log rnnbench::store rnnbench::measure rnnbench::core)
CMAKE
{ cmake -S "$work/outside" -B "$work/build" -G Ninja "${flags[@]}" -DCMAKE_PREFIX_PATH="$work/prefix" &&
  cmake --build "$work/build"; } >"$work/log" 2>&1 || fail "$(cat "$work/log")"
if grep -q -- "$source/" "$work/build/build.ninja"; then fail 'the package refers to the source'; fi

# Another minor version of 0.x is another interface.
mkdir "$work/later"
printf 'cmake_minimum_required(VERSION 3.25)\nproject(later LANGUAGES CXX)\nfind_package(rnnbench 0.0 REQUIRED)\n' \
  >"$work/later/CMakeLists.txt"
if cmake -S "$work/later" -B "$work/later/build" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1; then
  fail 'a package of version 0.0 was asked for and this one taken'
fi
grep -q 'version: 0\.' "$work/log" || fail "$(cat "$work/log")"

cd "$work"
for rate in 0.0001 0.1; do
  for seed in 1 2 3; do "$work/build/sides" results.db "$rate" "$seed" >/dev/null; done
done
has 'sides' "$program" list --db results.db
has '6' "$program" query "SELECT count(*) FROM run_summary WHERE experiment = 'sides' AND engine = 'logged' AND
  status = 'finished' AND epochs = 5 AND test_accuracy > 0 AND train_seconds > 0" --format csv --db results.db
has '0.0001' "$program" list --db results.db --group-by learning_rate
has '"status": "finished"' "$program" show 6 --format json --db results.db
has 'forward' "$program" show 6 --db results.db
has 'learning_rate=0.1 is more accurate by' "$program" compare learning_rate=0.0001 learning_rate=0.1 --db results.db
"$program" check --db results.db >log 2>&1 || fail "$(cat log)"

"$program" serve --db results.db --port 0 >served 2>&1 &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
for _ in {1..200}; do
  grep -q '^http://' served && break
  sleep 0.05
done
port=$(sed -nE 's#^http://127.0.0.1:([0-9]+)/.*#\1#p' served)
answer() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET /api/v1/groups?group=learning_rate HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
  cat <&3
}
has '"learning_rate": 0.1, "runs": 3' answer

status=0
"$work/build/sides" "$work/build" 0.1 1 >"$work/log" 2>&1 || status=$?
((status == 3)) || fail "a database that is a folder: exit code $status: $(cat "$work/log")"
echo 'installed, built outside, logged and shown'
