"""Whether a webhook was signed with the endpoint's secret, a short time ago."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import _clock

TOLERANCE_SECONDS = 300

#: A header as servers give it.
HeaderValue = str | Sequence[str] | None
#: The endpoint's secret (``whsec_…``), or several while you rotate.
Secret = str | Sequence[str] | None


def verify_webhook_signature(
    *,
    payload: bytes | str,
    signature: HeaderValue,
    secret: Secret,
    tolerance_seconds: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> bool:
    """True if the body was signed with the secret, at a time close to now.

    Never raises: returns False for anything missing or malformed, so that a handler needs one `if`.

    Args:
        payload: The raw body, as it arrived: never the parsed JSON.
        signature: The ``X-HumanRail-Signature`` header.
        secret: The endpoint's secret (``whsec_…``); several while you rotate. Nothing verifies
            without one.
        tolerance_seconds: Maximum difference between the timestamp and now.
        now: The current time, in Unix seconds. Defaults to the machine's clock.
    """
    body = _bytes_of(payload)
    parsed = _parse_signature(_single(signature))
    if body is None or parsed is None:
        return False
    timestamp, digest = parsed
    if not _is_fresh(timestamp, tolerance_seconds, now):
        return False
    signed = f"{timestamp}.".encode() + body
    digests = [_hmac(_utf8(one), signed).hexdigest() for one in _secrets_of(secret)]
    return any(hmac.compare_digest(one, digest) for one in digests)


def verify_standard_webhook(
    *,
    payload: bytes | str,
    headers: Mapping[str, Any],
    secret: Secret,
    tolerance_seconds: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> bool:
    """Verifies by the three Standard Webhooks headers instead.

    True if any of the signatures in the header fits any of the secrets. Never raises.
    `headers` are the request's; ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``
    are read, in any case.
    """
    body = _bytes_of(payload)
    id = _header(headers, "webhook-id")
    timestamp = _header(headers, "webhook-timestamp")
    signatures = _header(headers, "webhook-signature")
    if body is None or not id or not timestamp or not signatures:
        return False
    if not _is_fresh(timestamp, tolerance_seconds, now):
        return False
    signed = _utf8(f"{id}.{timestamp}.") + body
    claimed = [_base64(one[3:]) for one in signatures.split(" ") if one.startswith("v1,")]
    keys = [_base64(one.removeprefix("whsec_")) for one in _secrets_of(secret)]
    digests = [_hmac(key, signed).digest() for key in keys if key is not None]
    fits = [
        one is not None and hmac.compare_digest(one, digest)
        for one in claimed
        for digest in digests
    ]
    return any(fits)


def _parse_signature(header: str | None) -> tuple[str, str] | None:
    """Reads ``t=<unix>,v1=<hex>``; ignores other elements, for forward compatibility."""
    values: dict[str, list[str]] = {}
    for element in (header or "").split(","):
        match = re.fullmatch(r"([a-z][a-z0-9]*)=(\S+)", element)
        if match is None:
            return None
        values.setdefault(match[1], []).append(match[2])
    timestamps, digests = values.get("t", []), values.get("v1", [])
    # Rejects duplicates, because parsers may use either the first or the last.
    if len(timestamps) != 1 or len(digests) != 1:
        return None
    if re.fullmatch(r"[0-9a-f]{64}", digests[0]) is None:
        return None
    return timestamps[0], digests[0]


def _is_fresh(timestamp: str, tolerance_seconds: float, now: float | None) -> bool:
    if re.fullmatch(r"[0-9]{1,12}", timestamp) is None:
        return False
    present = int(_clock.now() if now is None else now)
    return abs(present - int(timestamp)) <= tolerance_seconds


def _hmac(key: bytes, message: bytes) -> hmac.HMAC:
    return hmac.new(key, message, hashlib.sha256)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _secrets_of(secret: Any) -> list[str]:
    all_secrets = secret if isinstance(secret, (list, tuple)) else [secret]
    return [one for one in all_secrets if isinstance(one, str) and one]


def _bytes_of(payload: Any) -> bytes | None:
    if isinstance(payload, str):
        return _utf8(payload)
    return bytes(payload) if isinstance(payload, (bytes, bytearray, memoryview)) else None


def _single(value: Any) -> str | None:
    if isinstance(value, (list, tuple)):
        value = value[0] if len(value) == 1 else None
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value if isinstance(value, str) else None


def _header(headers: Any, name: str) -> str | None:
    if not isinstance(headers, Mapping):
        return None
    found = [value for key, value in headers.items() if _lower(key) == name]
    return _single(found[0]) if len(found) == 1 else None


def _lower(key: Any) -> str | None:
    text = _single(key)
    return None if text is None else text.lower()


def _base64(text: str) -> bytes | None:
    if re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text) is None:
        return None
    try:
        # Some write it without the padding.
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
