#!/bin/sh
# Generates a client of public/openapi.json by openapi-python-client, and tries it; arguments go to pytest.
# Set HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key) to send a task by it. The first run
# makes .venv, as does the first after a change of requirements.txt. ../python-venv.sh says which Python,
# and when the tests are left out.
set -eu
cd "$(dirname "$0")"
. ../python-venv.sh

install_packages() {
  quick_install --requirement requirements.txt
}

make_venv requirements.txt
exec nice -n 10 .venv/bin/python -m pytest "$@"
