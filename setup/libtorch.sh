# shellcheck shell=bash
# Step 2: LibTorch from its Python wheel, in the user's cache folder. The folder is complete or absent:
# it is unpacked beside its place and renamed at the end.

libtorch_wheels=(torch==2.11.0 nvidia-cuda-cupti==13.0.85 nvidia-cuda-runtime==13.0.96)
libtorch_download_mb=544
libtorch_needed_mb=1200

# ensure_libtorch PRESET
ensure_libtorch() {
  if [[ $1 == no-libtorch ]]; then
    step 2 'LibTorch: left out'
  elif [[ -n ${RNNBENCH_TORCH:-} ]]; then
    is_libtorch "$torch_root" ||
      fail "RNNBENCH_TORCH=$RNNBENCH_TORCH holds no LibTorch: there is no lib/libtorch_cpu.so with include/torch." \
        'Give the folder that holds lib and include, or unset RNNBENCH_TORCH to have LibTorch downloaded.'
    step 2 "LibTorch: $torch_root (RNNBENCH_TORCH)"
  elif has_libtorch "$libtorch_home"; then
    step 2 "LibTorch $libtorch_version: $libtorch_home"
  else
    fetch_libtorch
  fi
}

has_libtorch() {
  is_libtorch "$1/torch" && [[ -f $1/torch/lib/libc10.so && -f $1/torch/lib/libgomp.so.1 &&
    -f $1/nvidia/cu13/lib/libcupti.so.13 && -f $1/nvidia/cu13/lib/libcudart.so.13 ]]
}

# One launcher at a time; another one's work is used, a dead one's leftovers are cleared away.
fetch_libtorch() {
  local part=$libtorch_home.part lock
  [[ $(uname -sm) == 'Linux x86_64' ]] ||
    fail "the LibTorch that rnnbench downloads is for Linux on x86_64, this is $(uname -sm)." \
      'Set RNNBENCH_TORCH to the folder of a LibTorch for this machine.'
  make_folder "$cache" 'Set XDG_CACHE_HOME to a folder that can be written, or RNNBENCH_TORCH.'
  exec {lock}>"$libtorch_home.lock"
  if ! flock -n "$lock"; then
    step 2 "LibTorch $libtorch_version: waiting for another launcher that is fetching it"
    flock "$lock"
  fi
  if ! has_libtorch "$libtorch_home"; then
    rm -rf "$part/tmp" "$part/unpacked"
    mkdir -p "$part/tmp" "$part/wheels"
    check_space "$part"
    has_right_wheels "$part/wheels" || download_wheels "$part"
    unpack_wheels "$part"
  fi
  exec {lock}>&-
}

check_space() {
  local free_mb
  free_mb=$(df --output=avail -B1M "$1" | tail -n 1)
  ((free_mb >= libtorch_needed_mb)) ||
    fail "LibTorch needs $libtorch_needed_mb MB while it is unpacked, and $cache has $((free_mb)) MB free." \
      'Make room, or set XDG_CACHE_HOME to a folder on another disk.'
}

has_right_wheels() { (cd "$1" && logged sha256sum -c "$root/setup/libtorch.sha256"); }

download_wheels() {
  local part=$1 status=0
  step 2 "LibTorch $libtorch_version: downloading $libtorch_download_mb MB into $cache"
  find_pip || fail 'there is no pip to download LibTorch with.' 'Install the package python3-pip.'
  rm -rf "$part/wheels"
  mkdir -p "$part/wheels"
  start_watching "$part" "$libtorch_download_mb"
  pip_download "$part" "${libtorch_wheels[@]}" || status=$?
  stop_watching
  ((status == 0)) || fail_with_log 'pip could not download LibTorch.' \
    'Check the network and call again, or set RNNBENCH_TORCH to the folder of a LibTorch.'
  if ! has_right_wheels "$part/wheels"; then
    rm -rf "$part/wheels"
    fail_with_log 'what was downloaded has not the checksums of setup/libtorch.sha256; it was thrown away.' \
      'Call again; if this stays, your package mirror gives changed files: set RNNBENCH_TORCH instead.'
  fi
}

# Only what a program on the CPU needs; fmt, pybind11 and sleef would hide Debian's own headers.
unpack_wheels() {
  local part=$1 unpacked=$1/unpacked
  step 2 "LibTorch $libtorch_version: unpacking into $libtorch_home"
  if ! { logged unzip -q "$part"/wheels/torch-*.whl 'torch/lib/libtorch_cpu.so' 'torch/lib/libc10.so' \
    'torch/lib/libgomp.so.1' 'torch/include/*' -d "$unpacked" \
    -x 'torch/include/fmt/*' 'torch/include/pybind11/*' 'torch/include/sleef.h' &&
    logged unzip -q "$part"/wheels/nvidia_cuda_cupti-*.whl 'nvidia/cu13/lib/libcupti.so.13' -d "$unpacked" &&
    logged unzip -q "$part"/wheels/nvidia_cuda_runtime-*.whl 'nvidia/cu13/lib/libcudart.so.13' -d "$unpacked" &&
    has_libtorch "$unpacked"; }; then
    fail_with_log 'LibTorch could not be unpacked.' "Make room in $cache and call again."
  fi
  sync -f "$unpacked"
  rm -rf "$libtorch_home" # a folder that someone took files from
  mv -T "$unpacked" "$libtorch_home"
  if ((cuda_missing)); then keep_torch_wheel "$part/wheels"; fi
  rm -rf "$part"
}
