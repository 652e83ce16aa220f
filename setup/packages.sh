# shellcheck shell=bash
# Step 1: the Debian packages of packages.txt.

# Sets missing_packages.
find_missing_packages() {
  local wanted=() installed
  mapfile -t wanted <"$root/setup/packages.txt"
  if needs_pip_package "$1"; then wanted+=(python3-pip); fi
  package_count=${#wanted[@]}
  # Exits with 1 when one is unknown; the output still names the others.
  # shellcheck disable=SC2016 # ${...} is for dpkg-query
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>>"$log" || true)
  mapfile -t missing_packages < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
    <(awk '$2 == "installed" { print $1 }' <<<"$installed" | sort))
}

# pip is needed only while LibTorch or its CUDA libraries have to be fetched.
needs_pip_package() {
  [[ $1 != no-libtorch ]] && { ! is_libtorch "$torch_root" || ((cuda_missing)); } && ! find_pip
}

# Sets pip: how to call it.
find_pip() {
  local candidate
  for candidate in pip3 pip 'python3 -m pip'; do
    read -ra pip <<<"$candidate"
    if "${pip[@]}" --version >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

# ensure_packages PRESET
ensure_packages() {
  if [[ ${RNNBENCH_PACKAGES:-} == skip ]]; then
    step 1 'Debian packages: not looked at (RNNBENCH_PACKAGES=skip)'
    return
  fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "rnnbench needs what these Debian packages hold:"
    say "  $(paste -sd' ' "$root/setup/packages.txt")"
    fail 'this system has no apt-get, so it cannot install them.' \
      'Install their equivalents, then call again with RNNBENCH_PACKAGES=skip.'
  fi
  find_missing_packages "$1"
  if ((${#missing_packages[@]} == 0)); then
    step 1 "Debian packages: all $package_count are installed"
  else
    install_packages
    find_missing_packages "$1"
    ((${#missing_packages[@]} == 0)) ||
      fail_with_log "these packages are still missing: ${missing_packages[*]}" 'Install them by hand.'
  fi
}

install_packages() {
  local install=(apt-get install -y --no-install-recommends) as_root=()
  if (($(id -u) != 0)); then
    as_root=(sudo -n)
    if ! sudo -n true 2>/dev/null; then
      say "rnnbench: ${#missing_packages[@]} Debian packages are missing, and installing them needs root."
      say "Type this, then call ./rnnbench again:"
      say "  sudo apt-get update && sudo ${install[*]} ${missing_packages[*]}"
      exit 3
    fi
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C)
  step 1 "Debian packages: ${#missing_packages[@]} of $package_count are missing; reading the package lists"
  logged "${as_root[@]}" apt-get update -q ||
    fail_with_log 'apt-get update failed.' 'Check the network and /etc/apt/sources.list.'
  say "      $(announce_install "${as_root[@]}" "${install[@]}")"
  "${as_root[@]}" "${install[@]}" -q -o APT::Status-Fd=1 -o DPkg::Lock::Timeout=300 \
    "${missing_packages[@]}" 2>&1 </dev/null | follow_progress ||
    fail_with_log 'apt-get could not install the packages.' "Try by hand: ${install[*]} ${missing_packages[*]}"
}

# What apt is going to do: "0 upgraded, 60 newly installed, ...; 25.3 MB to download".
announce_install() {
  "$@" --assume-no "${missing_packages[@]}" 2>>"$log" |
    awk '/newly installed/ { count = $0 } /^Need to get/ { size = "; " $4 " " $5 " to download" }
         END { print count size }' || true
}
