#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"
home=$XDG_CACHE_HOME/rnnbench/libtorch-2.11.0
cudnn=$home/nvidia/cudnn/lib/libcudnn.so.9
main=$home/torch/lib/libtorch_cuda.so

expect_all_files() {
  local file
  while read -r file; do
    [[ -f $home/$file ]] || die "$file is missing"
  done < <(awk '!/==/ { print $1 }' "$checkout/setup/cuda.txt")
  [[ -f $home/torch/lib/libtorch_cpu.so ]] || die 'the CPU libraries are gone'
  [[ ! -e $home.cuda.part ]] || die 'the wheels were left behind'
}

# The number of the line of the output that holds TEXT.
line_of() { grep -nF -- "$1" "$output" | head -n 1 | cut -d: -f1; }

test_setup_prepares_and_says_what_is_there() {
  launch setup
  expect_status 7
  expect_output '[4/4] Building release'
  [[ $(tail -n 1 "$output") == 'program doctor --facts' ]] || die 'did not end with what is there'
  launch setup
  [[ $(tail -n 1 "$output") == 'program doctor --facts' ]] || die 'not the second time'
}

test_setup_alone_fetches_no_cuda() {
  make_wheels
  launch setup
  [[ -f $home/torch/lib/libtorch_cpu.so && ! -e $main && ! -e $cudnn ]] || die 'not just what the CPU needs'
  expect_no_call 'nvidia-cudnn'
}

test_refuses_an_unknown_option() {
  launch setup --gpu
  expect_status 2
  expect_output "setup takes no '--gpu'"
  expect_no_call '^cmake'
}

test_has_a_help() {
  launch setup --help
  expect_status 0
  expect_output 'Usage: ./rnnbench setup [--cuda]'
}

test_fetches_the_cuda_libraries_after_saying_their_sizes() {
  make_wheels
  fake df <<<'printf "Avail\n  12345\n"'
  launch
  : >"$calls"
  launch setup --cuda
  expect_status 7
  expect_all_files
  expect_output '    423 MB  nvidia-cublas==13.1.0.3'
  expect_output '   2499 MB  in all'
  expect_output '   5539 MB  of disk needed meanwhile, of which 3040 MB stay used; 12345 MB are free'
  (($(line_of '12345 MB are free') < $(line_of '[1/5]'))) || die 'the sizes came too late'
  [[ $(call_count '^pip3 download') == 13 ]] || die 'not one download a package'
}

test_fetches_the_torch_wheel_once() {
  make_wheels
  launch setup --cuda
  expect_status 7
  expect_all_files
  [[ $(call_count '^pip3 download.* torch==') == 1 ]] || die 'torch was fetched twice'
}

test_fetches_nothing_that_is_there() {
  make_wheels
  launch setup --cuda
  : >"$calls"
  launch setup --cuda
  expect_status 7
  expect_output 'CUDA libraries: there before'
  expect_no_call '^pip3 download'
}

test_mends_a_folder_with_files_gone() {
  make_wheels
  launch setup --cuda
  rm "$cudnn"
  launch setup --cuda
  expect_status 7
  expect_all_files
}

test_keeps_what_was_downloaded_when_the_network_fails() {
  make_wheels
  cp "$sandbox/fakes/pip3" "$sandbox/whole-pip"
  sed -i '3i if [[ $* == *cudnn* ]]; then echo "no route to host"; exit 1; fi' "$sandbox/fakes/pip3"
  launch setup --cuda
  expect_status 3
  expect_output 'no route to host'
  expect_output 'pip could not download nvidia-cudnn-cu13==9.19.0.56'
  [[ ! -e $main ]] || die 'not absent after the failure'
  mv "$sandbox/whole-pip" "$sandbox/fakes/pip3"
  : >"$calls"
  launch setup --cuda
  expect_status 7
  expect_all_files
  expect_output 'nvidia-cublas==13.1.0.3 (downloaded before)'
  expect_no_call '^pip3 download.* nvidia-cublas=='
}

test_refuses_a_wrong_checksum() {
  make_wheels
  echo changed >>"$(echo "$sandbox"/wheels/nvidia_nccl*)"
  launch setup --cuda
  expect_status 3
  expect_output 'nvidia-nccl-cu13==2.28.9 has not the checksum of setup/cuda.sha256'
  [[ ! -e $main ]] || die 'something of it was kept'
  compgen -G "$home.cuda.part/wheels/nvidia_nccl*" >/dev/null && die 'the wrong wheel was kept'
  launch list
  expect_status 7 # the CPU's libraries stand
}

test_goes_on_after_a_kill_while_unpacking() {
  make_wheels
  launch
  fake unzip <<'FAKE'
/usr/bin/unzip "$@"
if [[ $* == *cudnn* ]]; then
  rm -f "$sandbox/fakes/unzip"
  kill -9 "$PPID"
fi
FAKE
  launch setup --cuda
  expect_status 137
  [[ ! -e $main ]] || die 'not absent after the kill'
  : >"$calls"
  launch setup --cuda
  expect_status 7
  expect_all_files
  expect_no_call '^pip3 download'
}

test_the_main_library_comes_last() {
  make_wheels
  launch
  fake mv <<'FAKE'
if [[ $* == *libcufile.so.0* ]]; then kill -9 "$PPID"; fi
exec /usr/bin/mv "$@"
FAKE
  launch setup --cuda
  expect_status 137
  [[ -e $cudnn && ! -e $main ]] || die 'libtorch_cuda.so is there before what it needs'
}

test_two_launchers_fetch_once() {
  make_wheels
  cp -r "$checkout" "$sandbox/second"
  "$sandbox/second/rnnbench" setup --cuda >"$sandbox/second-output" 2>&1 &
  launch setup --cuda
  expect_status 7
  status=0
  wait $! || status=$?
  expect_status 7
  expect_all_files
  [[ $(call_count '^pip3 download.* nvidia-cudnn') == 1 ]] || die 'fetched twice'
}

test_says_when_the_disk_is_too_small() {
  make_wheels
  launch
  fake df <<<'printf "Avail\n  100\n"'
  : >"$calls"
  launch setup --cuda
  expect_status 3
  expect_output '5539 MB  of disk needed'
  expect_output '100 MB are free'
  expect_output 'XDG_CACHE_HOME'
  expect_no_call '^pip3 download'
}

test_installs_pip_or_says_that_there_is_none() {
  local tool
  make_wheels
  launch
  for tool in pip pip3 python3; do fake "$tool" <<<'exit 1'; done
  echo python3-pip >"$missing"
  launch setup --cuda
  expect_call '^apt-get install .* python3-pip$'
  expect_status 3 # the fakes stay what they are
  expect_output 'there is no pip'
}

test_fetches_nothing_into_the_users_own_libtorch() {
  launch setup --cuda
  expect_status 3
  expect_output 'your own LibTorch must bring its CUDA libraries'
  expect_output "$sandbox/torch/lib has no libtorch_cuda.so"
  expect_no_call '^pip3'
  touch "$sandbox/torch/lib/libtorch_cuda.so"
  launch setup --cuda
  expect_status 7
  expect_output "CUDA libraries: there before, in $sandbox/torch/lib (RNNBENCH_TORCH)"
  expect_no_call '^pip3'
}

"$1"
