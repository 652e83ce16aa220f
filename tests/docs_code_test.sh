#!/usr/bin/env bash
# Each block of C++ or CMake in docs/adding-*.md stands, as it is, in the file that is linked last before it.
set -euo pipefail
root=$1
checked=0
for page in "$root"/docs/adding-*.md; do
  file=
  block=
  inside=
  while IFS= read -r line; do
    if [[ $inside && $line == '```' ]]; then
      inside=
      source=$(cat "$root/$file")$'\n'
      [[ $source == *"$block"* ]] || { echo "${page##*/} shows what $file doesn't have:"; echo "$block"; exit 1; }
      checked=$((checked + 1))
    elif [[ $inside ]]; then
      block+=$line$'\n'
    elif [[ $line == '```cpp' || $line == '```cmake' ]]; then
      inside=1
      block=
    elif [[ $line =~ .*\]\(\.\./([A-Za-z_0-9/.-]+\.[a-z]+)\) ]]; then
      file=${BASH_REMATCH[1]}
    fi
  done <"$page"
done
((checked > 10)) || { echo "only $checked blocks found in docs/adding-*.md"; exit 1; }
echo "$checked blocks"
