# shellcheck shell=bash
# What the launcher says: short lines on stderr, everything else in a log.

log=$root/build/setup.log
step_count=4
bold='' plain='' show_progress=0
if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' plain=$'\e[0m' show_progress=1
fi

say() { printf '%s\n' "$*" >&2; }

# step N TEXT: what happens now and how far that is.
step() { say "${bold}[$1/$step_count]$plain $2"; }

# Starts a new log and keeps the one before as setup.log.1.
open_log() {
  [[ -f $log ]] && mv -f "$log" "$log.1"
  printf 'rnnbench set-up, %s, %s\n' "$(date -u +%FT%TZ)" "$root" >"$log"
}

logged() {
  printf '+ %s\n' "$*" >>"$log"
  "$@" >>"$log" 2>&1
}

# fail MESSAGE REMEDY: an environment problem.
fail() {
  say "rnnbench: $1"
  say "  $2"
  exit 3
}

# fail_with_log MESSAGE REMEDY: the same, after the last lines of the log.
fail_with_log() {
  say "--- last lines of $log"
  tail -n 25 "$log" >&2
  say "---"
  fail "$1" "$2 The whole log: $log"
}

# make_folder DIR REMEDY
make_folder() {
  mkdir -p "$1" 2>/dev/null || fail "cannot make the folder $1." "$2"
  [[ -w $1 ]] || fail "cannot write in $1." "$2"
}

# progress PERCENT TEXT: one line in place on a terminal, else a line at each quarter.
last_quarter=0
progress() {
  if ((show_progress)); then
    printf '\r\e[K      %3d %%  %.60s' "$1" "$2" >&2
  elif (($1 / 25 > last_quarter)); then
    last_quarter=$(($1 / 25))
    say "      $((last_quarter * 25)) %"
  fi
}

end_progress() {
  last_quarter=0
  if ((show_progress)); then printf '\r\e[K' >&2; fi
}

# Reads a command's output, logs it, and shows the progress that it reports: ninja's "[3/40] ..." or
# the lines of apt's status pipe, "dlstatus:1:20.5:Retrieving ...".
follow_progress() {
  local line ninja='^\[([0-9]+)/([0-9]+)\] (.*)' apt='^(dl|pm)status:[^:]*:([0-9]+)[0-9.]*:(.*)'
  while IFS= read -r line || [[ -n $line ]]; do
    printf '%s\n' "$line" >>"$log"
    if [[ $line =~ $ninja ]]; then
      progress $((100 * BASH_REMATCH[1] / BASH_REMATCH[2])) \
        "${BASH_REMATCH[1]}/${BASH_REMATCH[2]} ${BASH_REMATCH[3]##*/}"
    elif [[ $line =~ $apt ]]; then
      progress "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
    fi
  done
  end_progress
}
