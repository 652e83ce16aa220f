#!/usr/bin/env bash
# Each published database opens with the commands that its README names: it has the newest schema.
set -euo pipefail
command -v xz >/dev/null || { echo "skipped: there is no xz"; exit 77; }
root=$1 program=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
count=0
for published in "$root"/results/published/*.db.xz; do
  xz -dc "$published" >"$folder/results.db"
  "$program" query summary --db "$folder/results.db" >/dev/null
  count=$((count + 1))
done
echo "$count databases"
((count > 0))
