# shellcheck shell=bash
# `./rnnbench setup`
# shellcheck source=setup/prepare.sh
source "$root/setup/prepare.sh"

setup_usage() {
  cat <<'USAGE'
Usage: ./rnnbench setup [--cuda]

Installs, fetches and builds what the other commands need, as they do themselves, and says what is there
(`rnnbench doctor --facts`).
  --cuda   fetches LibTorch's CUDA libraries too, into the user's cache folder: what is to be downloaded, how
           much disk that needs and how much is free is said first
USAGE
}

# setup_command ARGUMENT...: never returns.
setup_command() {
  local with_cuda=0
  while (($#)); do
    case $1 in
      -h | --help) setup_usage && exit 0 ;;
      --cuda) with_cuda=1 ;;
      *)
        say "rnnbench: setup takes no '$1'; see ./rnnbench setup --help"
        exit 2
        ;;
    esac
    shift
  done
  if ((with_cuda)); then
    step_count=5
    plan_cuda
  fi
  prepare release rnnbench_cli
  if ((with_cuda)); then ensure_cuda; fi
  exec "$program" doctor --facts
}
