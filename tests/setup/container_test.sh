#!/usr/bin/env bash
# shellcheck disable=SC2016,SC2119 # the fakes expand what is in single quotes
source "$(dirname "$0")/support.sh"

# A cmake that installs a program and an engine, and libraries that packages hold.
fake_installation() {
  fake cmake <<'FAKE'
case $1 in
  --preset) touch "$PWD/build/$2/build.ninja" ;;
  --install)
    mkdir -p "$4/bin/engines"
    install -m 755 /dev/null "$4/bin/rnnbench"
    install -m 644 /dev/null "$4/bin/engines/one.so" # as Debian has it
    ;;
esac
FAKE
  fake ldd <<'FAKE'
echo 'linux-vdso.so.1 (0x1)'
echo "libc.so.6 => /lib/there/libc.so.6 (0x2)"
if [[ $* == *.so* ]]; then echo "libfmt.so.9 => /lib/there/libfmt.so.9 (0x3)"; fi
echo "libtorch_cpu.so => $sandbox/cache/rnnbench/libtorch-2.11.0/torch/lib/libtorch_cpu.so (0x4)"
FAKE
  fake dpkg-query <<'FAKE'
if [[ $1 == -S ]]; then
  for file in "${@:2}"; do
    case $file in
      /lib/there/libc.so.6) echo "libc6:amd64: $file" ;;
      /lib/there/libfmt.so.9) [[ -e $sandbox/no-fmt ]] || echo "libfmt9:amd64: $file" ;;
    esac
  done
  exit 1 # as it does where one of the names is unknown
fi
for package in "${@:3}"; do
  if ! grep -qx -- "$package" "$sandbox/missing"; then echo "$package installed"; fi
done
FAKE
}

build_container() {
  status=0
  "$checkout/setup/container.sh" "$1" "$sandbox/prefix" "$sandbox/cache" >"$output" 2>&1 || status=$?
}

test_installs_without_libtorch_what_is_missing() {
  fake_installation
  unset RNNBENCH_TORCH
  echo libfmt-dev >"$missing"
  build_container no-libtorch
  expect_status 0
  expect_call '^apt-get install .* libfmt-dev$'
  expect_call '^cmake --preset no-libtorch'
  expect_call '^cmake --install .*/build/no-libtorch --prefix .* --component program --strip$'
  expect_no_call '^pip'
  [[ $(paste -sd' ' "$sandbox/prefix/packages") == 'gnuplot-nox libc6 libfmt9' ]] || die 'other packages'
  [[ -d $sandbox/cache/rnnbench ]] || die 'no folder for the next stage to copy'
}

test_keeps_libtorch_without_its_headers() {
  fake_installation
  make_wheels
  build_container release
  expect_status 0
  local torch=$sandbox/cache/rnnbench/libtorch-2.11.0/torch
  [[ -f $torch/lib/libtorch_cpu.so && ! -e $torch/include ]] || die 'not its libraries alone'
  [[ $(paste -sd' ' "$sandbox/prefix/packages") == 'gnuplot-nox libc6 libfmt9' ]] || die 'other packages'
}

test_fails_where_no_package_holds_a_library() {
  fake_installation
  touch "$sandbox/no-fmt"
  build_container no-libtorch
  expect_status 3
  expect_output 'no package holds /lib/there/libfmt.so.9'
  [[ ! -e $sandbox/prefix/packages ]] || die 'a list that lacks one'
}

# What the program is built with stands in packages.txt alone: the file may name no package but those that bring the
# source in.
test_the_file_has_no_list_of_its_own() {
  local named
  named=$(grep -oP 'apt-get install \K.*' "$repository/Containerfile" | tr ' ' '\n' | grep -v '^-' | sort | paste -sd' ')
  [[ $named == '</opt/rnnbench/packages \ ca-certificates git' || $named == '\ </opt/rnnbench/packages ca-certificates git' ]] ||
    die "Containerfile names $named"
  grep -q '^RUN setup/container.sh "$PRESET" /opt/rnnbench /opt/cache$' "$repository/Containerfile" || die 'it builds otherwise'
}

"$1"
