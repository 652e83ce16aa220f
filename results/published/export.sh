#!/usr/bin/env bash
# Copies a results database without test probabilities and the raw samples of a step's parts, and compresses it:
# export.sh DATABASE TARGET [samples] [predictions=EXPERIMENT,…]; with `samples` those stay, which `report bench` judges;
# with `predictions` the test probabilities of these experiments stay, which McNemar's test needs.
set -euo pipefail
database=$1
target=$2
samples=0 kept="''"
for option in "${@:3}"; do
  case $option in
    samples) samples=1 ;;
    predictions=*) kept="'${option#predictions=}'" kept=${kept//,/\',\'} ;;
    *) echo "export.sh: no option '$option'" >&2 && exit 2 ;;
  esac
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sqlite3 "$database" "VACUUM INTO '$folder/published.db'"
if ((!samples)); then
  sqlite3 "$folder/published.db" "UPDATE timings SET samples = x'' WHERE phase <> 'step'"
fi
sqlite3 "$folder/published.db" "
  DELETE FROM predictions WHERE run_id NOT IN
    (SELECT runs.id FROM runs JOIN experiments ON experiments.id = experiment_id WHERE name IN ($kept));
  DELETE FROM review_sets WHERE digest NOT IN (SELECT reviews FROM predictions);
  DELETE FROM review_facts WHERE digest NOT IN (SELECT digest FROM review_sets);
  PRAGMA journal_mode = DELETE;
  VACUUM;"
xz -9e --stdout "$folder/published.db" > "$target"
