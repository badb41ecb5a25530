#!/bin/sh
# Runs the published Python client 0.1.0, unmodified from PyPI, against a running app at /v0; arguments
# go to pytest. Set HUMANRAIL_LIVE_BASE_URL (…/v1) and HUMANRAIL_LIVE_API_KEY (a test key). The first run
# makes .venv, as does the first after a change of requirements.txt. ../python-venv.sh says which Python,
# and when the tests are left out.
set -eu
cd "$(dirname "$0")"
. ../python-venv.sh

install_packages() {
  # Declared for 3.12 and later; it runs on earlier ones too.
  $pip install --no-deps --ignore-requires-python humanrail==0.1.0 &&
    quick_install --requirement requirements.txt
}

make_venv requirements.txt
exec nice -n 10 .venv/bin/python -m pytest "$@"
