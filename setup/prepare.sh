# shellcheck shell=bash
# Everything that has to be done before the program or the tests can run.
# shellcheck source=setup/messages.sh
source "$root/setup/messages.sh"
# shellcheck source=setup/packages.sh
source "$root/setup/packages.sh"
# shellcheck source=setup/wheels.sh
source "$root/setup/wheels.sh"
# shellcheck source=setup/libtorch.sh
source "$root/setup/libtorch.sh"
# shellcheck source=setup/cuda.sh
source "$root/setup/cuda.sh"
# shellcheck source=setup/build.sh
source "$root/setup/build.sh"

trap 'end_progress; say "rnnbench: interrupted; the next call goes on from here."; exit 130' INT

# prepare PRESET TARGET
prepare() {
  local preset=$1 target=$2 build=$root/build/$1
  make_folder "$build" 'Make the checkout writable, or copy it to a place where it is.'
  lock_build
  open_log
  describe_settings
  printf '%s\n' "$settings" >"$build/.fresh.new" # its time is the start: what changes from now on counts
  ensure_packages "$preset"
  ensure_libtorch "$preset"
  configure "$preset"
  build "$preset" "$target"
  mv -f "$build/.fresh.new" "$build/.fresh"
  exec {build_lock}>&-
}

lock_build() {
  exec {build_lock}>"$root/build/.lock"
  if ! flock -n "$build_lock"; then
    say 'rnnbench: waiting for another ./rnnbench that is building here'
    flock "$build_lock"
  fi
}
