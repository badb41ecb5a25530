# Read by the test.sh of suites in Python, which runs in its own folder and says by install_packages what
# it needs. Ends with 77 where there is no Python 3.10 or newer, or PyPI cannot be reached: nothing was
# tested then. HUMANRAIL_PYTHON names the Python to use, where the first one found is not wanted.
# shellcheck shell=sh

left_out=77
pip=".venv/bin/python -m pip --disable-pip-version-check --quiet"

find_python() {
  for name in ${HUMANRAIL_PYTHON:-python3 python python3.14 python3.13 python3.12 python3.11 python3.10}; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

# By uv, which takes a tenth of the time; by pip where it has no uv for this machine.
quick_install() {
  if $pip install uv 2>/dev/null; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python "$@"
  else
    $pip install "$@"
  fi
}

# Makes .venv, unless it was made for this file, which names what is installed, as it is now.
make_venv() {
  if cmp -s "$1" .venv/made-for; then return; fi
  python=$(find_python)
  if [ -z "$python" ]; then
    echo "Left out: there is no Python 3.10 or newer with venv."
    exit $left_out
  fi
  rm -rf .venv
  "$python" -m venv .venv
  if ! install_packages; then
    if $pip download --no-deps --dest .venv/probe httpx 2>/dev/null; then
      echo "The packages cannot be installed; see above."
      exit 1
    fi
    echo "Left out: PyPI cannot be reached."
    exit $left_out
  fi
  cp "$1" .venv/made-for
}
