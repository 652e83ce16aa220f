#!/usr/bin/env bash
# What Containerfile does in its first stage, with the launcher's own steps and lists, so that neither can differ:
#   container.sh PRESET PREFIX CACHE
# builds PRESET (no-libtorch or release), installs the program into PREFIX, and writes PREFIX/packages, the Debian
# packages that it needs to run. LibTorch, where the preset has it, is left in CACHE, without its headers.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
preset=$1 prefix=$2
export XDG_CACHE_HOME=$3
# shellcheck source=setup/freshness.sh
source "$root/setup/freshness.sh"
# shellcheck source=setup/prepare.sh
source "$root/setup/prepare.sh"

# The package that holds a shared library; /lib and /usr/lib are one folder, and a package may name either.
package_of() {
  local file owner
  file=$(readlink -m "$1")
  owner=$(dpkg-query -S "$file" "${file#/usr}" 2>>"$log" | cut -d: -f1 | sort -u) || true
  [[ $owner ]] || fail "no package holds $1, which the program needs to run." 'Install it from a Debian package.'
  printf '%s\n' "$owner"
}

# gnuplot, which is started, and those of the shared libraries that the installed files name.
packages_to_run() {
  local libraries library
  mapfile -t libraries < <(find "$prefix" -type f '(' -perm -u+x -o -name '*.so' ')' -exec ldd {} + |
    awk -v ours="$cache/" '$3 ~ "^/" && index($3, ours) != 1 { print $3 }' | sort -u)
  ((${#libraries[@]} > 0)) || fail "nothing in $prefix names a shared library." 'Look at what was installed there.'
  echo gnuplot-nox
  for library in "${libraries[@]}"; do package_of "$library"; done
}

prepare "$preset" rnnbench_cli
logged cmake --install "$root/build/$preset" --prefix "$prefix" --component program --strip ||
  fail_with_log 'the program could not be installed.' 'See the first error in the log.'
packages=$(packages_to_run)
sort -u <<<"$packages" >"$prefix/packages"
if [[ -d $libtorch_home ]]; then rm -rf "$libtorch_home/torch/include"; fi
mkdir -p "$cache"
say "installed in $prefix; to run it needs: $(paste -sd' ' "$prefix/packages")"
