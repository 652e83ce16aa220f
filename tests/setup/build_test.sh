#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"

build_count() { call_count '^cmake --build'; }

# expect_rebuild WHAT: the next call builds, the one after it does not.
expect_rebuild() {
  local before
  before=$(build_count)
  launch
  [[ $(build_count) == $((before + 1)) ]] || die "no build after $1"
  launch
  [[ $(build_count) == $((before + 1)) ]] || die "built twice after $1"
}

test_runs_the_program_with_the_arguments() {
  launch query 'select  1' --format csv
  expect_status 7
  expect_output 'program query select  1 --format csv'
}

test_calls_no_tool_when_nothing_changed() {
  launch
  : >"$calls"
  launch again
  expect_status 7
  [[ $(<"$output") == 'program again' ]] || die 'it said something'
  [[ ! -s $calls ]] || die 'a tool was called'
}

test_builds_again_after_any_change() {
  touch "$checkout/harness/"{kept,renamed,deleted,replaced}.cpp
  touch -d yesterday "$sandbox/older.cpp"
  launch
  echo edited >>"$checkout/harness/kept.cpp" && expect_rebuild 'an edit'
  touch "$checkout/plots/new.cpp" && expect_rebuild 'a new file'
  mv "$checkout/harness/renamed.cpp" "$checkout/harness/name.cpp" && expect_rebuild 'a renamed file'
  rm "$checkout/harness/deleted.cpp" && expect_rebuild 'a deleted file'
  mv "$sandbox/older.cpp" "$checkout/harness/replaced.cpp" && expect_rebuild 'an older file in its place'
  touch "$checkout/CMakeLists.txt" && expect_rebuild 'a change of CMakeLists.txt'
  touch "$checkout/rnnbench" && expect_rebuild 'a change of the launcher'
  rm "$checkout/build/release/bin/rnnbench" && expect_rebuild 'the program was deleted'
}

test_configures_again_when_settings_change() {
  launch
  RNNBENCH_WERROR=1 launch
  expect_call '^cmake --preset release -DRNNBENCH_WERROR=1$'
  make_libtorch "$sandbox/other"
  RNNBENCH_TORCH=$sandbox/other launch
  [[ $(call_count '^cmake --preset') == 3 ]] || die 'not configured for another LibTorch'
}

test_configures_again_when_the_presets_change() {
  launch
  touch "$checkout/CMakePresets.json"
  launch
  [[ $(call_count '^cmake --preset') == 2 ]] || die 'not configured for other presets'
  touch "$checkout/CMakeLists.txt"
  launch
  [[ $(call_count '^cmake --preset') == 2 ]] || die 'configured for the same presets'
}

test_sees_what_changes_during_the_build() {
  sed -i 's|^case|if [[ $1 == --build ]]; then sleep 0.05; touch '"$checkout"'/harness/late.cpp; fi; case|' "$sandbox/fakes/cmake"
  launch
  launch
  [[ $(build_count) == 2 ]] || die 'the late change was missed'
}

test_starts_over_in_a_moved_checkout() {
  launch
  mv "$checkout" "$sandbox/moved"
  checkout=$sandbox/moved
  launch
  expect_status 7
  expect_call '^cmake --preset release --fresh'
}

test_reports_a_failing_build_and_tries_again() {
  mv "$sandbox/fakes/cmake" "$sandbox/good-cmake"
  fake cmake <<<'if [[ $1 == --build ]]; then echo "error: no such type"; exit 1; fi'
  launch
  expect_status 3
  expect_output 'error: no such type'
  expect_output "$checkout/build/setup.log"
  mv "$sandbox/good-cmake" "$sandbox/fakes/cmake"
  launch
  expect_status 7
}

test_reports_a_failing_configuration_and_tries_again() {
  mv "$sandbox/fakes/cmake" "$sandbox/good-cmake"
  fake cmake <<<'echo "CMake Error: no compiler"; exit 1'
  launch
  expect_status 3
  expect_output 'CMake Error: no compiler'
  mv "$sandbox/good-cmake" "$sandbox/fakes/cmake"
  launch
  expect_status 7
  [[ $(call_count '^cmake --preset') == 2 ]] || die 'not configured again'
}

test_keeps_the_log_before() {
  launch
  touch "$checkout/CMakeLists.txt"
  launch
  [[ -s $checkout/build/setup.log && -s $checkout/build/setup.log.1 ]] || die 'not two logs'
}

test_says_when_it_cannot_write() {
  touch "$checkout/build"
  launch
  expect_status 3
  expect_output "cannot make the folder $checkout/build/release"
}

"$1"
