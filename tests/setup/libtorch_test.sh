#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"
home=$XDG_CACHE_HOME/rnnbench/libtorch-2.11.0

test_unpacks_what_is_needed() {
  make_wheels
  launch
  expect_status 7
  [[ -f $home/torch/lib/libtorch_cpu.so && -f $home/torch/include/ATen/a.h ]] || die 'files are missing'
  [[ -f $home/nvidia/cu13/lib/libcupti.so.13 && -f $home/nvidia/cu13/lib/libcudart.so.13 ]] || die 'CUDA files are missing'
  for unwanted in include/fmt include/pybind11 include/sleef.h lib/libtorch_cuda.so; do
    [[ ! -e $home/torch/$unwanted ]] || die "$unwanted was unpacked"
  done
  [[ ! -e $home.part ]] || die 'the wheels were left behind'
}

test_refuses_a_wrong_checksum() {
  make_wheels
  echo changed >>"$(echo "$sandbox"/wheels/torch-*)"
  launch
  expect_status 3
  expect_output 'has not the checksums'
  [[ ! -e $home && ! -e $home.part/wheels ]] || die 'something of it was kept'
  expect_no_call '^cmake'
}

test_reports_failing_pip() {
  make_wheels
  fake pip3 <<<'if [[ $1 == download ]]; then echo "no route to host"; exit 1; fi'
  launch
  expect_status 3
  expect_output 'no route to host'
  expect_output RNNBENCH_TORCH
}

test_goes_on_after_a_kill_while_unpacking() {
  make_wheels
  fake unzip <<'FAKE'
/usr/bin/unzip "$@"
rm -f "$sandbox/fakes/unzip"
kill -9 "$PPID"
FAKE
  launch
  expect_status 137
  [[ -e $home.part/unpacked && ! -e $home ]] || die 'not absent after the kill'
  launch
  expect_status 7
  [[ -f $home/torch/lib/libc10.so && -f $home/nvidia/cu13/lib/libcudart.so.13 ]] || die 'not complete'
  [[ $(call_count '^pip3 download') == 1 ]] || die 'what was downloaded before was not used'
}

test_goes_on_after_a_kill_while_downloading() {
  make_wheels
  cp "$sandbox/fakes/pip3" "$sandbox/whole-pip"
  fake pip3 <<'FAKE'
if [[ $1 == download ]]; then
  while [[ $1 != --dest ]]; do shift; done
  head -c 100 "$sandbox"/wheels/torch-* >"$2/$(basename "$sandbox"/wheels/torch-*)"
  kill -9 "$PPID"
fi
FAKE
  launch
  expect_status 137
  [[ ! -e $home ]] || die 'not absent after the kill'
  mv "$sandbox/whole-pip" "$sandbox/fakes/pip3"
  launch
  expect_status 7
}

test_two_launchers_fetch_once() {
  make_wheels
  cp -r "$checkout" "$sandbox/second"
  "$sandbox/second/rnnbench" >"$sandbox/second-output" 2>&1 &
  launch
  expect_status 7
  status=0
  wait $! || status=$?
  expect_status 7
  [[ $(call_count '^pip3 download') == 1 ]] || die 'fetched twice'
}

test_mends_a_folder_with_files_gone() {
  make_wheels
  launch
  rm "$home/nvidia/cu13/lib/libcupti.so.13"
  touch "$checkout/CMakeLists.txt"
  launch
  expect_status 7
  [[ -f $home/nvidia/cu13/lib/libcupti.so.13 ]] || die 'not mended'
}

test_says_when_the_disk_is_too_small() {
  make_wheels
  fake df <<<'printf "Avail\n  100\n"'
  launch
  expect_status 3
  expect_output '1200 MB'
  expect_output '100 MB free'
  expect_no_call '^pip3 download'
}

test_refuses_a_folder_without_libtorch() {
  mkdir "$sandbox/empty"
  RNNBENCH_TORCH=$sandbox/empty launch
  expect_status 3
  expect_output "RNNBENCH_TORCH=$sandbox/empty holds no LibTorch"
  expect_no_call '^cmake'
}

test_takes_the_folder_above_too() {
  mkdir "$sandbox/above"
  mv "$sandbox/torch" "$sandbox/above"
  RNNBENCH_TORCH=$sandbox/above launch
  expect_status 7
  expect_output "$sandbox/above/torch (RNNBENCH_TORCH)"
}

"$1"
