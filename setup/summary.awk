# Reads ctest's JUnit file: prints the skipped tests by reason, then the line of totals, and exits with 1
# if a test failed. A test whose program is missing counts as failed, though ctest calls it "notrun".

function attribute(line, name,    rest) {
  if (!match(line, name "=\"[^\"]*\"")) return ""
  rest = substr(line, RSTART + length(name) + 2, RLENGTH - length(name) - 3)
  return plain(rest)
}

function plain(text) {
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
  return text
}

/^\t<testcase / {
  name = attribute($0, "name"); status = attribute($0, "status")
  reason = ""; in_reason = 0; message = ""
  next
}
/^\t\t<skipped / { message = attribute($0, "message"); next }

# GoogleTest: "file.cpp:10: Skipped", then the reason. Others: the first line of the output.
/^\t\t<system-out>/ {
  first = $0
  sub(/^\t\t<system-out>/, "", first); sub(/<\/system-out>$/, "", first)
}
/: Skipped$/ { in_reason = 1; next }
/^\[  SKIPPED \]/ { in_reason = 0 }
in_reason { reason = reason (reason == "" ? "" : " ") plain($0) }

/^\t<\/testcase>/ {
  if (status == "run") passed++
  else if (status == "fail" || message ~ /^Unable to find/) failed++
  else {
    skipped++
    if (reason == "") reason = status == "disabled" ? "disabled" : plain(first)
    if (!(reason in names)) order[++reasons] = reason
    names[reason] = names[reason] "\n    " name
  }
}

END {
  for (i = 1; i <= reasons; i++) print "Skipped: " order[i] names[order[i]]
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit failed > 0
}
