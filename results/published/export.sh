#!/usr/bin/env bash
# Copies a results database without test probabilities and the raw samples of a step's phases, and compresses it.
set -euo pipefail
database=$1
target=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sqlite3 "$database" "VACUUM INTO '$folder/published.db'"
sqlite3 "$folder/published.db" "
  DELETE FROM predictions;
  DELETE FROM review_sets;
  UPDATE timings SET samples = x'' WHERE phase <> 'step';
  PRAGMA journal_mode = DELETE;
  VACUUM;"
xz -9e --stdout "$folder/published.db" > "$target"
