# shellcheck shell=bash disable=SC2034
# What the launcher's tests share: a sandbox with a copy of the launcher in an empty checkout, and fake
# tools first in PATH that note in $calls how they were called.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sandbox=$(mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
checkout=$sandbox/checkout
calls=$sandbox/calls
output=$sandbox/output
missing=$sandbox/missing

# fake NAME: a tool whose body comes from standard input.
fake() {
  { printf '#!/bin/bash\necho "%s $*" >>"%s"\nsandbox=%q\n' "$1" "$calls" "$sandbox" && cat; } >"$sandbox/fakes/$1"
  chmod +x "$sandbox/fakes/$1"
}

# launch ARGUMENT...: sets status; what is printed goes to $output.
launch() {
  status=0
  "$checkout/rnnbench" "$@" >"$output" 2>&1 || status=$?
}

die() {
  printf 'FAILED: %s\n--- output\n' "$1"
  cat "$output" || true
  printf -- '--- calls\n'
  cat "$calls" || true
  exit 1
}

expect_status() { [[ $status == "$1" ]] || die "exit code $status, not $1"; }
expect_output() { grep -qF -- "$1" "$output" || die "no '$1' in the output"; }
expect_call() { grep -qE -- "$1" "$calls" || die "no call like '$1'"; }
expect_no_call() { if grep -qE -- "$1" "$calls"; then die "a call like '$1'"; fi; }
call_count() { grep -cE -- "$1" "$calls" || true; }

make_libtorch() {
  mkdir -p "$1/lib" "$1/include/torch/csrc/api/include/torch"
  touch "$1/lib/libtorch_cpu.so" "$1/include/torch/csrc/api/include/torch/torch.h"
}

# Small wheels with the real ones' layout and names, their checksums in the sandbox's checkout, and a pip
# that "downloads" them.
make_wheels() {
  local tree=$sandbox/tree list name names
  unset RNNBENCH_TORCH
  make_libtorch "$tree/torch"
  mkdir -p "$tree/torch/include"/{fmt,pybind11,ATen} "$tree/nvidia"/{cu13,cudnn,nccl,cusparselt,nvshmem}/lib "$sandbox/wheels"
  touch "$tree/torch/lib"/{libc10.so,libgomp.so.1} "$tree/torch/include/sleef.h" \
    "$tree/torch/include"/{fmt,pybind11,ATen}/a.h "$tree/nvidia/cu13/lib"/lib{cupti,cudart}.so.13
  (cd "$tree" && awk '!/==/' "$repository/setup/cuda.txt" | xargs touch)
  for list in libtorch cuda; do
    mapfile -t names < <(awk '{ print $2 }' "$repository/setup/$list.sha256")
    for name in "${names[@]}"; do
      [[ -f $sandbox/wheels/$name ]] ||
        (cd "$tree" && "$CMAKE_PROGRAM" -E tar cf "$sandbox/wheels/$name" --format=zip torch nvidia)
    done
    (cd "$sandbox/wheels" && sha256sum -- "${names[@]}") >"$checkout/setup/$list.sha256"
  done
  fake pip3 <<'FAKE'
if [[ $1 == download ]]; then
  sleep 0.2
  while [[ $1 != --dest ]]; do shift; done
  for wanted in "${@:3}"; do
    wanted=${wanted//-/_}
    cp "$sandbox/wheels/${wanted/==/-}"-* "$2"
  done
fi
FAKE
}

make_sandbox() {
  mkdir -p "$checkout"/{harness,impls,results,plots,cmake} "$sandbox"/{fakes,cache}
  cp -r "$repository/rnnbench" "$repository/setup" "$checkout"
  touch "$checkout"/{CMakeLists.txt,CMakePresets.json} "$calls" "$output" "$missing"
  make_libtorch "$sandbox/torch"
  export PATH=$sandbox/fakes:$PATH XDG_CACHE_HOME=$sandbox/cache RNNBENCH_TORCH=$sandbox/torch
  unset RNNBENCH_WERROR RNNBENCH_JOBS RNNBENCH_PACKAGES

  # The program prints its arguments and exits with 7.
  fake cmake <<'FAKE'
build=$PWD/build/$2
case $1 in
  --preset)
    touch "$build/build.ninja"
    echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" >"$build/CMakeCache.txt"
    ;;
  --build)
    mkdir -p "$2/bin"
    printf '#!/bin/sh\necho "program $*"\nexit 7\n' >"$2/bin/rnnbench"
    chmod +x "$2/bin/rnnbench"
    ;;
esac
FAKE
  fake dpkg-query <<'FAKE'
for package in "${@:3}"; do
  if ! grep -qx -- "$package" "$sandbox/missing"; then echo "$package installed"; fi
done
FAKE
  fake apt-get <<'FAKE'
if [[ $1 == install && $* != *--assume-no* ]]; then : >"$sandbox/missing"; fi
FAKE
  fake id <<<'echo 0'
}

make_sandbox
