#!/usr/bin/env bash
# Every statement that docs/engines.md quotes stands in the file that its section names.
set -euo pipefail
root=$1
file=
checked=0
while IFS= read -r line; do
  if [[ $line =~ \`(impls/eigen/[a-z_]+\.hpp)\` ]]; then file=$root/${BASH_REMATCH[1]}; fi
  [[ $line == '| '*' |' && $line == *'`'* ]] || continue
  statement=${line%\` |}
  statement=${statement##*| \`}
  [[ $statement == "$line" ]] && continue
  tr -s ' \n' ' ' <"$file" | grep -qF -- "$statement" || {
    echo "docs/engines.md quotes a statement that ${file#"$root"/} doesn't have: $statement"
    exit 1
  }
  checked=$((checked + 1))
done <"$root/docs/engines.md"
((checked > 120)) || { echo "only $checked statements found in docs/engines.md"; exit 1; }
echo "$checked statements"
