#!/usr/bin/env bash
# Copies a results database without test probabilities and the raw samples of a step's parts, and compresses it:
# export.sh DATABASE TARGET [samples]; with `samples` those stay, which `report bench` judges.
set -euo pipefail
database=$1
target=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sqlite3 "$database" "VACUUM INTO '$folder/published.db'"
if [[ ${3:-} != samples ]]; then
  sqlite3 "$folder/published.db" "UPDATE timings SET samples = x'' WHERE phase <> 'step'"
fi
sqlite3 "$folder/published.db" "
  DELETE FROM predictions;
  DELETE FROM review_sets;
  PRAGMA journal_mode = DELETE;
  VACUUM;"
xz -9e --stdout "$folder/published.db" > "$target"
