"""Signatures of webhooks, keys of repeats."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from conftest import by_name, conformance

import humanrail
from humanrail import (
    WebhookSignatureError,
    idempotency_key,
    parse_webhook_event,
    verify_standard_webhook,
    verify_webhook_signature,
)


@pytest.mark.parametrize("case", conformance("webhook-signatures")["cases"], ids=by_name)
def test_our_signature(case: dict[str, Any]) -> None:
    raw = case.get("payload_base64")
    payload = case["payload"].encode() if raw is None else base64.b64decode(raw)
    options = (
        {"tolerance_seconds": case["tolerance_seconds"]} if "tolerance_seconds" in case else {}
    )
    facts = {"signature": case["signature"], "secret": case["secret"], "now": case["now"]}
    assert verify_webhook_signature(payload=payload, **facts, **options) is case["valid"]
    if raw is None:
        assert (
            verify_webhook_signature(payload=case["payload"], **facts, **options) is (case["valid"])
        )


@pytest.mark.parametrize("case", conformance("standard-webhooks")["cases"], ids=by_name)
def test_standard_webhooks(case: dict[str, Any]) -> None:
    verified = verify_standard_webhook(
        payload=case["payload"].encode(),
        headers=case["headers"],
        secret=case["secret"],
        now=case["now"],
    )
    assert verified is case["valid"]


@pytest.mark.parametrize("case", conformance("idempotency-keys")["cases"], ids=str)
def test_a_key_is_the_same_in_every_language(case: dict[str, Any]) -> None:
    assert idempotency_key(case["namespace"], *case["parts"]) == case["key"]


def signed(body: bytes, secret: str = "s", at: float | None = None) -> str:
    now = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), f"{now}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={now},v1={digest}"


BODY = '{"a":"ü"}'.encode()


@pytest.mark.parametrize("payload", [BODY, BODY.decode(), bytearray(BODY), memoryview(BODY)])
def test_a_body_in_any_form_verifies_by_the_clock_of_this_machine(payload: Any) -> None:
    assert verify_webhook_signature(payload=payload, signature=signed(BODY), secret="s")


@pytest.mark.parametrize("payload", [None, {}, [], 7])
def test_what_is_no_body_is_refused_without_raising(payload: Any) -> None:
    assert not verify_webhook_signature(payload=payload, signature=signed(BODY), secret="s")
    assert not verify_standard_webhook(payload=payload, headers={}, secret="s")
    assert not verify_standard_webhook(payload=BODY, headers=payload, secret="s")


def test_header_names_may_come_as_bytes() -> None:
    case = conformance("standard-webhooks")["cases"][0]
    headers: Any = {name.encode(): value.encode() for name, value in case["headers"].items()}
    assert verify_standard_webhook(
        payload=case["payload"], headers=headers, secret=case["secret"], now=case["now"]
    )


def test_an_event_is_given_with_its_task() -> None:
    task = {"id": "01", "payout_sats": 5, "status": "verified", "output": {"the_verdict": 1}}
    event = {"id": "evt_1", "object": "event", "type": "task.verified", "mode": "test"}
    body = json.dumps({**event, "created_at": "2026-01-01T00:00:00.000Z", "data": task}).encode()
    read = parse_webhook_event(payload=body, signature=signed(body), secret="s")
    assert (read.id, read.type, read.created_at.year) == ("evt_1", "task.verified", 2026)
    assert (read.data.payout_sats, read.data.output) == (5, {"the_verdict": 1})


def test_an_event_with_another_signature_is_refused() -> None:
    with pytest.raises(WebhookSignatureError, match="raw body"):
        parse_webhook_event(payload=BODY, signature=signed(BODY, "other"), secret="s")


@pytest.mark.parametrize("body", [b"no JSON", b"[1]", b"\xff"])
def test_a_signed_body_that_is_no_event_is_named(body: bytes) -> None:
    with pytest.raises(humanrail.HumanRailError, match="no JSON object"):
        parse_webhook_event(payload=body, signature=signed(body), secret="s")


def test_a_part_that_is_no_text_is_refused() -> None:
    with pytest.raises(humanrail.HumanRailError, match=r"use str\(\)"):
        idempotency_key("orders", 12345)  # type: ignore[arg-type]
