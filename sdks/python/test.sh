#!/bin/sh
# Runs the tests of the Python SDK; arguments go to pytest. The first run makes .venv and installs
# the package with its test and development extras, as does the first after a change of pyproject.toml.
# ../python-venv.sh says which Python, and when the tests are left out.
set -eu
cd "$(dirname "$0")"
. ../python-venv.sh

install_packages() {
  quick_install --editable '.[dev]'
}

make_venv pyproject.toml
exec nice -n 10 .venv/bin/python -m pytest "$@"
