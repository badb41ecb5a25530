"""What the tests of paying by L402 share: the cases of all SDKs, and clients that pay."""

from __future__ import annotations

from typing import Any

from api_server import Answer, json_answer, reset
from conftest import Kind, conformance

CASES = conformance("l402")
PREIMAGE: str = CASES["preimage"]
TOKEN: str = CASES["token"]
PARAMS: dict[str, Any] = CASES["params"]
TASK_ID: str = CASES["task_id"]


def answer_of(case: Any) -> Answer:
    if case == "reset":
        return reset
    return json_answer(case["status"], case["body"], case["headers"])


CHALLENGE, CREATED = map(answer_of, CASES["creates"][0]["answers"])


def paying(kind: Kind, **options: Any) -> Any:
    """A client of the server that pays."""
    return kind.client(api_key=None, **options)


def assert_shows_no_secret(text: str) -> None:
    assert PREIMAGE not in text.lower()
    assert CASES["macaroon"] not in text
