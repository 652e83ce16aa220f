# shellcheck shell=bash
# `./rnnbench test`
# shellcheck source=setup/prepare.sh
source "$root/setup/prepare.sh"

test_usage() {
  cat <<'USAGE'
Usage: ./rnnbench test [--preset release|debug|asan|tsan|no-libtorch] [--benchmarks] [CTEST ARGUMENT...]

Builds and runs the tests, lists the skipped ones with their reasons, and ends with one line:
N passed, N failed, N skipped. Exit code 1 if a test failed.
  --preset P      another build: address or thread sanitizer, debug, without LibTorch
  --benchmarks    builds and runs the benchmark suites instead; the rest goes to each of them
  CTEST ARGUMENT  for example -R Store (by name) or -LE e2e-slow (without a label)
Tests on the real reviews run where RNNBENCH_DATA names their folder.
USAGE
}

# test_command ARGUMENT...: never returns.
test_command() {
  local preset=release benchmarks=0 rest=()
  while (($#)); do
    case $1 in
      -h | --help) test_usage && exit 0 ;;
      --benchmarks) benchmarks=1 ;;
      --preset)
        preset=${2:-}
        if (($# > 1)); then shift; fi
        ;;
      --preset=*) preset=${1#*=} ;;
      *) rest+=("$1") ;;
    esac
    shift
  done
  case $preset in
    release | debug | asan | tsan | no-libtorch) ;;
    *)
      say "rnnbench: no preset '$preset'; there are release, debug, asan, tsan and no-libtorch."
      exit 2
      ;;
  esac
  prepare "$preset" all
  if ((benchmarks)); then
    run_benchmarks "$preset" "${rest[@]}"
  else
    run_tests "$preset" "${rest[@]}"
  fi
}

run_tests() {
  local preset=$1 results=$root/build/$1/test-results.xml status=0 show=()
  if ((show_progress)); then show=(--progress); fi
  rm -f "$results"
  (cd "$root" && ctest --preset "$preset" --output-junit "$results" -j "$(nproc)" "${show[@]}" "${@:2}") || status=$?
  [[ -f $results ]] || fail 'ctest ran no test.' 'Check the arguments: ./rnnbench test --help'
  awk -f "$root/setup/summary.awk" "$results" || status=1
  exit $((status == 0 ? 0 : 1))
}

run_benchmarks() {
  local preset=$1 suite status=0
  for suite in "$root/build/$preset/bin/"*_benchmark; do
    [[ -x $suite ]] || fail "preset $preset has no benchmarks." 'Use the preset release.'
    say "$bold$(basename "$suite")$plain"
    "$suite" "${@:2}" || status=1
  done
  exit "$status"
}
