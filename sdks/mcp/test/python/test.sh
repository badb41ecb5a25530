#!/bin/sh
# Runs the official Python client against a running app; arguments go to pytest. Set
# HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key). The first run makes .venv, as does the
# first after a change of requirements.txt.
#
# Ends with 77 where there is no Python 3.10 or newer, or PyPI cannot be reached: nothing was tested then.
set -eu
cd "$(dirname "$0")"

left_out=77

find_python() {
  for name in ${HUMANRAIL_PYTHON:-python3 python python3.14 python3.13 python3.12 python3.11 python3.10}; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

install() {
  python=$(find_python)
  if [ -z "$python" ]; then
    echo "Left out: there is no Python 3.10 or newer with venv."
    exit $left_out
  fi
  rm -rf .venv
  "$python" -m venv .venv
  pip=".venv/bin/python -m pip --disable-pip-version-check --quiet"
  # By uv, which takes a tenth of the time; by pip where it has no uv for this machine.
  uv=".venv/bin/uv pip install --quiet --python .venv/bin/python"
  if $pip install uv 2>/dev/null; then install=$uv; else install="$pip install"; fi
  if ! $install --requirement requirements.txt; then
    if $pip download --no-deps --dest .venv/probe mcp 2>/dev/null; then
      echo "The packages cannot be installed; see above."
      exit 1
    fi
    echo "Left out: PyPI cannot be reached."
    exit $left_out
  fi
  cp requirements.txt .venv/installed.txt
}

cmp -s requirements.txt .venv/installed.txt || install
exec nice -n 10 .venv/bin/python -m pytest "$@"
