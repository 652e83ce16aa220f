# shellcheck shell=bash
# Decides whether the last build still stands; kept small, since every call of the launcher runs it.

libtorch_version=2.11.0
cache=${XDG_CACHE_HOME:-~/.cache}/rnnbench
libtorch_home=$cache/libtorch-$libtorch_version

is_libtorch() {
  [[ -f $1/lib/libtorch_cpu.so && -f $1/include/torch/csrc/api/include/torch/torch.h ]]
}

# Sets torch_root: the folder with lib/ and include/ that is used, whether or not it exists yet.
find_torch_root() {
  local given=${RNNBENCH_TORCH:-}
  torch_root=$libtorch_home/torch
  [[ -z $given ]] && return
  [[ $given == /* ]] || given=$PWD/$given
  torch_root=$given
  if ! is_libtorch "$given" && is_libtorch "$given/torch"; then
    torch_root=$given/torch
  fi
}

# Sets settings: one line with all that, apart from the files, decides what a build looks like.
describe_settings() {
  find_torch_root
  settings="source=$root torch=$torch_root werror=${RNNBENCH_WERROR:-0}"
}

# Whether PRESET's program was built from the files as they are now. Folders are compared too, since
# a deleted or renamed file shows only there; ctime, since `mv` and `rsync` bring old mtimes along.
is_fresh() {
  local build=$root/build/$1 built_settings='' changed
  local stamp=$build/.fresh
  describe_settings
  [[ -x $build/bin/rnnbench && -f $stamp ]] || return 1
  read -r built_settings <"$stamp" || return 1
  [[ $built_settings == "$settings" ]] && is_libtorch "$torch_root" || return 1
  # The program holds the stop words and the revision it was built from.
  local also=("$root/experiments/recipes/words") log=$root/.git/logs/HEAD
  [[ -e $log ]] && also+=("$log")
  [[ -d ${also[0]} ]] || also=("${also[@]:1}")
  changed=$(find "$root"/{harness,impls,results,plots,cmake,setup} \
    "$root"/{CMakeLists.txt,CMakePresets.json,rnnbench} "${also[@]}" -cnewer "$stamp" -print -quit 2>&1) || return 1
  [[ -z $changed ]]
}
