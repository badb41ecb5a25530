"""Events, as they are posted to endpoints."""

from __future__ import annotations

import json
from typing import Any

from ._errors import HumanRailError, WebhookSignatureError
from ._webhook_signature import (
    TOLERANCE_SECONDS,
    HeaderValue,
    Secret,
    verify_webhook_signature,
)
from .types import WebhookEvent


def parse_webhook_event(
    *,
    payload: bytes | str,
    signature: HeaderValue,
    secret: Secret,
    tolerance_seconds: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> WebhookEvent:
    """Verifies a webhook and returns its event, whose `data` is the task as it was then.

    Takes the arguments of `verify_webhook_signature`. Delivery is at least once: deduplicate
    by `id`.

    Raises:
        WebhookSignatureError: The signature is invalid.
        HumanRailError: The signature is valid, but the body is not an event.
    """
    verified = verify_webhook_signature(
        payload=payload,
        signature=signature,
        secret=secret,
        tolerance_seconds=tolerance_seconds,
        now=now,
    )
    if not verified:
        raise WebhookSignatureError(
            "The webhook was not signed with this secret in the last minutes. Pass the raw body, "
            "not parsed JSON, and the secret of this endpoint."
        )
    return WebhookEvent.from_json(_object(payload))


def _object(payload: bytes | str) -> dict[str, Any]:
    try:
        body = json.loads(payload)
    except ValueError:
        body = None
    if isinstance(body, dict):
        return body
    raise HumanRailError("The webhook is signed, and its body is no JSON object.")
