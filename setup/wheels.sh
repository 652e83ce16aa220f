# shellcheck shell=bash
# Downloading Python wheels, which need no Python to be used.

# pip_download PART REQUIREMENT...: into PART/wheels. pip keeps its temporary files beside them: /tmp may be small.
pip_download() {
  local part=$1
  TMPDIR=$part/tmp logged "${pip[@]}" download --no-deps --no-cache-dir --progress-bar off \
    --disable-pip-version-check --only-binary :all: --python-version 3.11 --implementation cp \
    --abi cp311 --abi none --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
    --platform manylinux_2_25_x86_64 --platform manylinux_2_18_x86_64 --platform manylinux2014_x86_64 \
    --dest "$part/wheels" "${@:2}"
}

# start_watching FOLDER MB: shows how much of MB is in FOLDER until stop_watching.
start_watching() {
  watch_download "$1" "$2" &
  watcher=$!
}

stop_watching() {
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  end_progress
}

# Ends with the launcher, however that ends.
watch_download() {
  local mb all=$2 launcher=$$
  exec {build_lock}>&- {lock}>&-
  while sleep 1 && kill -0 "$launcher" 2>/dev/null; do
    mb=$(du -s -B1000000 "$1" 2>/dev/null | cut -f1)
    ((mb < all)) || mb=$all
    progress $((100 * mb / all)) "$mb of $all MB"
  done
}
