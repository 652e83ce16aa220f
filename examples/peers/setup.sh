#!/bin/sh
# Makes the virtual environment that keras_peer.py runs in: Keras 3 on TensorFlow and on JAX, for processors.
#   examples/peers/setup.sh [PYTHON]      downloads about 400 MB, takes 1.5 GB
# It is made in $RNNBENCH_PEERS, else in the user's cache; remove that folder to be rid of it.
set -eu
python=${1:-python3}
folder=${RNNBENCH_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/rnnbench/peers}
command -v "$python" >/dev/null || { echo "setup.sh: no $python in \$PATH; give one of 3.11 to 3.13" >&2; exit 3; }
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
  echo "setup.sh: these versions are for Python 3.11 to 3.13, $python is $("$python" -V); give another: setup.sh python3.11" >&2
  exit 3
}
"$python" -m venv "$folder" || { echo "setup.sh: can't make $folder; on Debian: apt-get install python3-venv" >&2; exit 3; }
"$folder/bin/pip" install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
echo "made $folder"
