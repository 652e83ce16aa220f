# shellcheck shell=bash
# Steps 3 and 4: CMake and Ninja.

# Configures when it was not done yet, or the settings or the presets changed; Ninja sees changed CMake files itself.
configure() {
  local preset=$1 build=$root/build/$1 fresh=() configured=''
  if [[ -f $build/build.ninja && -f $build/.configured ]]; then read -r configured <"$build/.configured" || true; fi
  if [[ $configured == "$settings" && ! $root/CMakePresets.json -nt $build/.configured ]]; then
    step 3 "Configuring $preset: done before"
    return
  fi
  step 3 "Configuring $preset"
  if [[ -f $build/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
    fresh=(--fresh) # the checkout was moved
  fi
  rm -f "$build/.configured"
  (cd "$root" && RNNBENCH_TORCH=$torch_root logged cmake --preset "$preset" "${fresh[@]}" \
    -DRNNBENCH_WERROR="${RNNBENCH_WERROR:-0}") ||
    fail_with_log 'CMake could not configure the build.' 'See the first error in the log.'
  printf '%s\n' "$settings" >"$build/.configured"
}

# A file that includes LibTorch's headers takes 1.5 GB to compile.
job_count() {
  local cores by_memory
  cores=$(nproc)
  by_memory=$(awk '/^MemTotal:/ { print int($2 / 1500000) }' /proc/meminfo)
  echo "${RNNBENCH_JOBS:-$((by_memory < 1 ? 1 : by_memory < cores ? by_memory : cores))}"
}

# build PRESET TARGET
build() {
  local jobs
  jobs=$(job_count)
  step 4 "Building $1 with $jobs jobs"
  printf '+ cmake --build %s --target %s -j %s\n' "$1" "$2" "$jobs" >>"$log"
  cmake --build "$root/build/$1" --target "$2" -j "$jobs" 2>&1 </dev/null | follow_progress ||
    fail_with_log 'the build failed.' 'If a compiler was killed for want of memory, call again with RNNBENCH_JOBS=1.'
}
