#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"

test_installs_only_what_is_missing() {
  printf 'libfmt-dev\nninja-build\n' >"$missing"
  launch hello
  expect_status 7
  expect_call '^apt-get update'
  expect_call '^apt-get install -y --no-install-recommends -q .* libfmt-dev ninja-build$'
  [[ $(grep -n '^apt-get' "$calls" | head -n 1) == *update* ]] || die 'installed before the lists were read'
}

test_calls_no_apt_when_all_is_installed() {
  launch
  expect_status 7
  expect_no_call '^apt-get'
  [[ $(call_count '^dpkg-query') == 1 ]] || die 'more than one dpkg-query'
}

test_prints_the_command_without_root() {
  printf 'libfmt-dev\nninja-build\n' >"$missing"
  fake id <<<'echo 1000'
  fake sudo <<<'exit 1'
  launch
  expect_status 3
  expect_output 'sudo apt-get update && sudo apt-get install -y --no-install-recommends libfmt-dev ninja-build'
  expect_no_call '^(apt-get|cmake)'
}

test_uses_sudo_that_asks_no_password() {
  echo libfmt-dev >"$missing"
  fake id <<<'echo 1000'
  fake sudo <<<'shift; exec "$@"'
  launch
  expect_status 7
  expect_call '^sudo -n env .*apt-get install .* libfmt-dev$'
}

test_prints_the_list_where_there_is_no_apt() {
  mkdir "$sandbox/tools"
  ln -s /usr/bin/* "$sandbox/tools"
  rm -f "$sandbox/tools/apt-get" "$sandbox/fakes/apt-get"
  PATH=$sandbox/fakes:$sandbox/tools launch
  expect_status 3
  expect_output "$(paste -sd' ' "$checkout/setup/packages.txt")"
  expect_output RNNBENCH_PACKAGES=skip
  RNNBENCH_PACKAGES=skip PATH=$sandbox/fakes:$sandbox/tools launch
  expect_status 7
}

test_reports_failing_apt() {
  echo libfmt-dev >"$missing"
  fake apt-get <<<'if [[ $1 == install ]]; then echo "E: disk is on fire"; exit 100; fi'
  launch
  expect_status 3
  expect_output 'E: disk is on fire'
  expect_output "$checkout/build/setup.log"
  expect_no_call '^cmake'
}

test_reports_a_package_that_apt_left_out() {
  echo libfmt-dev >"$missing"
  fake apt-get <<<'exit 0'
  launch
  expect_status 3
  expect_output 'still missing: libfmt-dev'
}

test_installs_pip_only_to_fetch_libtorch() {
  local tool
  for tool in pip pip3 python3; do fake "$tool" <<<'exit 1'; done
  echo python3-pip >"$missing"
  launch
  expect_status 7
  expect_no_call '^apt-get'
  unset RNNBENCH_TORCH
  launch
  expect_call '^apt-get install .* python3-pip$'
}

"$1"
