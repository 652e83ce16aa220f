#!/usr/bin/env bash
# An installed program, moved since, runs with the engines and the experiment files that were installed beside it.
#   installation_test.sh BUILD
# Catches: a module, a recipe or the program of word vectors that is not installed or looked for where it was built.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset RNNBENCH_ENGINES RNNBENCH_RECIPES

fail() {
  printf 'FAILED: %s\n' "$*"
  exit 1
}

cmake --install "$1" --prefix "$work/first" --component program >"$work/log" 2>&1 || fail "$(cat "$work/log")"
mv "$work/first" "$work/there"
program=$work/there/bin/rnnbench
installed=$work/there/lib/rnnbench
[[ -x $installed/bin/rnnbench-skipgram ]] || fail 'no program that trains word vectors'
diff <(cd "$1/bin/engines" && ls) <(cd "$installed/bin/engines" && ls) || fail 'not the engines that were built'

cd "$work"
status=0
"$program" bench m9 >"$work/log" 2>&1 || status=$?
((status == 2)) || fail "exit code $status: $(cat "$work/log")"
grep -qF "$installed/experiments/claims" "$work/log" || fail "claims are looked for elsewhere: $(cat "$work/log")"

mv "$installed/experiments/recipes/toy.toml" kept.toml
if "$program" plan "$installed/experiments/quick.toml" >"$work/log" 2>&1; then fail 'recipes are looked for elsewhere'; fi
mv kept.toml "$installed/experiments/recipes/toy.toml"
"$program" run "$installed/experiments/quick.toml" --set engine=eigen --set training.epochs=1 --seeds 1 --no-report \
  >"$work/log" 2>&1 || fail "$(cat "$work/log")"
grep -qE '[1-9][0-9]* finished, 0 failed' "$work/log" || fail "$(cat "$work/log")"
echo 'installed, moved and run'
