"""Asks a question, and is killed as soon as the task is created: for the tests of `ask`."""

from __future__ import annotations

import json
import os
import signal
import sys

import httpx

from humanrail import HumanRail


def die_after_the_create(response: httpx.Response) -> None:
    if response.request.method == "POST":
        assert response.is_success, response.status_code
        os.kill(os.getpid(), signal.SIGKILL)


http_client = httpx.Client(event_hooks={"response": [die_after_the_create]})
HumanRail(http_client=http_client).ask(**json.loads(sys.argv[1]))
