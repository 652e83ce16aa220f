# shellcheck shell=bash
# Step 5 of `./rnnbench setup --cuda`: LibTorch's CUDA libraries, from the wheels of cuda.txt (each with its
# megabytes and what is kept of it), into LibTorch's folder in the user's cache, where libtorch_cuda.so looks
# for the others. A file there is complete or absent, and libtorch_cuda.so comes last: where it is, all are.

cuda_missing=0 # 1: they have to be fetched
cuda_unpacked_mb=3040
cuda_part=$libtorch_home.cuda.part
cuda_main=torch/lib/libtorch_cuda.so

# Sets cuda_packages, all_cuda_files, and cuda_mb and cuda_files by package.
read_cuda_packages() {
  local word mb package=''
  cuda_packages=() all_cuda_files=()
  declare -gA cuda_mb=() cuda_files=()
  while read -r word mb; do
    if [[ $word == *==* ]]; then
      package=$word
      cuda_packages+=("$package")
      cuda_mb[$package]=$mb
    else
      all_cuda_files+=("$word")
      cuda_files[$package]+=" $word"
    fi
  done <"$root/setup/cuda.txt"
}

has_cuda() {
  local file
  for file in "${all_cuda_files[@]}"; do
    [[ -f $1/$file ]] || return 1
  done
}

# Sets cuda_missing; says what will be downloaded before anything is.
plan_cuda() {
  find_torch_root
  read_cuda_packages
  if [[ -n ${RNNBENCH_TORCH:-} ]]; then
    [[ -f $torch_root/lib/libtorch_cuda.so ]] ||
      fail "nothing is fetched for RNNBENCH_TORCH: your own LibTorch must bring its CUDA libraries." \
        "$torch_root/lib has no libtorch_cuda.so. Give one that has, or unset RNNBENCH_TORCH."
  elif ! has_cuda "$libtorch_home"; then
    cuda_missing=1
    announce_cuda
  fi
}

announce_cuda() {
  local package download=0 needed=$cuda_unpacked_mb free
  make_folder "$cache" 'Set XDG_CACHE_HOME to a folder that can be written, or RNNBENCH_TORCH.'
  say "CUDA libraries of LibTorch $libtorch_version, to be downloaded:"
  for package in "${cuda_packages[@]}"; do
    if is_right_wheel "$package"; then
      say "$(printf '%7d MB  %s (downloaded before)' 0 "$package")"
    else
      download=$((download + cuda_mb[$package]))
      say "$(printf '%7d MB  %s' "${cuda_mb[$package]}" "$package")"
    fi
  done
  needed=$((needed + download))
  if ! has_libtorch "$libtorch_home"; then needed=$((needed + libtorch_needed_mb)); fi
  free=$(df --output=avail -B1000000 "$cache" | tail -n 1)
  say "$(printf '%7d MB  in all' "$download")"
  say "$(printf '%7d MB  of disk needed meanwhile, of which %d MB stay used; %d MB are free' \
    "$needed" "$cuda_unpacked_mb" "$free")"
  ((free >= needed)) || fail "$cache has too little room." \
    'Make room, or set XDG_CACHE_HOME to a folder on another disk.'
}

# The file name of PACKAGE's wheel.
wheel_of() {
  local name=${1//-/_}
  awk -v start="${name/==/-}-" 'index($2, start) == 1 { print $2 }' "$root/setup/cuda.sha256"
}

# Whether PACKAGE's wheel is downloaded and has its checksum.
is_right_wheel() {
  local wheel
  wheel=$(wheel_of "$1")
  [[ -f $cuda_part/wheels/$wheel ]] &&
    (cd "$cuda_part/wheels" && grep -F " $wheel" "$root/setup/cuda.sha256" | sha256sum -c --status)
}

# The torch wheel that LibTorch was just unpacked from: the CUDA libraries are in it too.
keep_torch_wheel() {
  mkdir -p "$cuda_part/wheels"
  mv -f "$1"/torch-*.whl "$cuda_part/wheels"
}

# One launcher at a time; another one's work is used, a dead one's downloads are kept.
ensure_cuda() {
  local lock
  if ((!cuda_missing)); then
    step 5 "CUDA libraries: there before, in $torch_root/lib${RNNBENCH_TORCH:+ (RNNBENCH_TORCH)}"
    return
  fi
  exec {lock}>"$libtorch_home.lock"
  if ! flock -n "$lock"; then
    step 5 'CUDA libraries: waiting for another launcher that is fetching LibTorch'
    flock "$lock"
  fi
  if ! has_cuda "$libtorch_home"; then
    rm -rf "$cuda_part/tmp" "$cuda_part/unpacked"
    mkdir -p "$cuda_part/tmp" "$cuda_part/wheels"
    download_cuda
    unpack_cuda
  fi
  exec {lock}>&-
}

download_cuda() {
  local package download=0
  for package in "${cuda_packages[@]}"; do download=$((download + cuda_mb[$package])); done
  step 5 "CUDA libraries: downloading into $cache"
  find_pip || fail 'there is no pip to download the CUDA libraries with.' 'Install the package python3-pip.'
  start_watching "$cuda_part" "$download"
  for package in "${cuda_packages[@]}"; do
    is_right_wheel "$package" && continue
    rm -f "$cuda_part/wheels/$(wheel_of "$package")"
    if ! pip_download "$cuda_part" "$package"; then
      stop_watching
      fail_with_log "pip could not download $package." 'Check the network and call again: what is here is kept.'
    fi
    if ! is_right_wheel "$package"; then
      stop_watching
      rm -f "$cuda_part/wheels/$(wheel_of "$package")"
      fail "what was downloaded of $package has not the checksum of setup/cuda.sha256; it was thrown away." \
        'Call again; if this stays, your package mirror gives changed files.'
    fi
  done
  stop_watching
}

unpack_cuda() {
  local package file unpacked=$cuda_part/unpacked
  step 5 "CUDA libraries: unpacking into $libtorch_home"
  for package in "${cuda_packages[@]}"; do
    # shellcheck disable=SC2086 # a list of files
    logged unzip -q "$cuda_part/wheels/$(wheel_of "$package")" ${cuda_files[$package]} -d "$unpacked" ||
      fail_with_log "the CUDA libraries of $package could not be unpacked." "Make room in $cache and call again."
  done
  sync -f "$unpacked"
  rm -f "${libtorch_home:?}/$cuda_main" # in a folder that someone took files from
  for file in "${all_cuda_files[@]}"; do
    [[ $file == "$cuda_main" ]] && continue
    mkdir -p "$(dirname "$libtorch_home/$file")"
    mv -fT "$unpacked/$file" "$libtorch_home/$file"
  done
  mv -fT "$unpacked/$cuda_main" "$libtorch_home/$cuda_main"
  rm -rf "$cuda_part"
}
