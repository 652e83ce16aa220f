#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"

# results_of FILE EXIT_CODE: a ctest that leaves this JUnit file.
results_of() {
  cp "$1" "$sandbox/results.xml"
  fake ctest <<FAKE
while [[ \$1 != --output-junit ]]; do shift; done
cp "\$sandbox/results.xml" "\$2"
exit $2
FAKE
}

last_line() { tail -n 1 "$output"; }

test_ends_with_the_numbers() {
  results_of "$repository/tests/setup/mixed-results.xml" 8
  launch test
  expect_status 1
  [[ $(last_line) == '2 passed, 3 failed, 4 skipped' ]] || die 'wrong numbers'
}

test_lists_skipped_tests_by_reason() {
  results_of "$repository/tests/setup/mixed-results.xml" 8
  launch test
  [[ $(<"$output") == *"Skipped: RNNBENCH_DATA isn't set & <unset>
    Facts.Counts
    Facts.Words
Skipped: disabled
    Facts.Off
Skipped: no CUDA device
    Engine.Cuda"* ]] || die 'wrong list'
}

test_succeeds_when_nothing_failed() {
  printf '<testsuite>\n\t<testcase name="A.B" status="run">\n\t</testcase>\n</testsuite>\n' >"$sandbox/good.xml"
  results_of "$sandbox/good.xml" 0
  launch test
  expect_status 0
  [[ $(last_line) == '1 passed, 0 failed, 0 skipped' ]] || die 'wrong numbers'
}

test_fails_when_ctest_fails_by_itself() {
  printf '<testsuite>\n</testsuite>\n' >"$sandbox/none.xml"
  results_of "$sandbox/none.xml" 8
  launch test -R nothing
  expect_status 1
}

test_does_not_believe_old_results() {
  results_of "$repository/tests/setup/mixed-results.xml" 8
  launch test
  fake ctest <<<'exit 1'
  launch test --no-such-option
  expect_status 3
}

test_passes_preset_and_arguments_on() {
  results_of "$repository/tests/setup/mixed-results.xml" 8
  launch test --preset no-libtorch -LE e2e-slow
  expect_call '^cmake --build .*/build/no-libtorch --target all'
  expect_call '^ctest --preset no-libtorch .* -LE e2e-slow$'
  expect_output 'LibTorch: left out'
}

test_rejects_an_unknown_preset() {
  launch test --preset fast
  expect_status 2
  expect_output "no preset 'fast'; there are release, debug, asan, tsan and no-libtorch"
  expect_no_call '^cmake'
}

test_runs_the_benchmarks() {
  mkdir -p "$checkout/build/release/bin"
  local suite
  for suite in text matrix; do
    printf '#!/bin/sh\necho "%s $*"\n' "$suite" >"$checkout/build/release/bin/${suite}_benchmark"
    chmod +x "$checkout/build/release/bin/${suite}_benchmark"
  done
  launch test --benchmarks --benchmark_filter=Encode
  expect_status 0
  expect_output 'text --benchmark_filter=Encode'
  expect_output 'matrix --benchmark_filter=Encode'
}

"$1"
