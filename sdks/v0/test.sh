#!/bin/sh
# Runs the published Python client 0.1.0, unmodified from PyPI, against a running app at /v0; arguments
# go to pytest. Set HUMANRAIL_LIVE_BASE_URL (…/v1) and HUMANRAIL_LIVE_API_KEY (a test key). The first run
# makes .venv, as does the first after a change of requirements.txt.
#
# HUMANRAIL_PYTHON names the Python to use (3.10 or newer), where the first one found is not wanted.
# Ends with 77 where there is no such Python, or PyPI cannot be reached: nothing was tested then.
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
  # Declared for 3.12 and later; it runs on earlier ones too.
  if ! $pip install --no-deps --ignore-requires-python humanrail==0.1.0; then
    if $pip download --no-deps --dest .venv/probe httpx 2>/dev/null; then
      echo "The published client cannot be installed; see above."
      exit 1
    fi
    echo "Left out: PyPI cannot be reached."
    exit $left_out
  fi
  # By uv, which takes a tenth of the time; by pip where it has no uv for this machine.
  if $pip install uv 2>/dev/null; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python --requirement requirements.txt
  else
    $pip install --requirement requirements.txt
  fi
  cp requirements.txt .venv/installed.txt
}

cmp -s requirements.txt .venv/installed.txt || install
exec nice -n 10 .venv/bin/python -m pytest "$@"
