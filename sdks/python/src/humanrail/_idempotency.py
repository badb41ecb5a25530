"""Keys that make a repeat of a request safe."""

from __future__ import annotations

import hashlib
import re
import uuid

from ._errors import HumanRailError


def idempotency_key(namespace: str, *parts: str) -> str:
    """Derives a key from a question, so that a second run of your program gets the first task back
    instead of paying for another.

    The namespace, a colon, and the first 32 hex digits of the SHA-256 of the parts joined by
    colons; the same in every language's SDK.

    >>> idempotency_key("order-service", "order-12345", "refund-check")
    'order-service:0628125436ba104e9904a80231f821da'
    """
    for part in (namespace, *parts):
        if not isinstance(part, str):
            raise HumanRailError(
                f"Parts of an idempotency key are texts, not {type(part).__name__}; use str()."
            )
    return f"{namespace}:{digest(':'.join(parts))}"


def digest(text: str) -> str:
    """The first 32 hex digits of the SHA-256 of the text."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise HumanRailError(
            "An idempotency key cannot be made of half a character (a lone surrogate)."
        ) from None
    return hashlib.sha256(data).hexdigest()[:32]


def random_key(namespace: str | None) -> str:
    """A new key, for a request without one."""
    key = str(uuid.uuid4())
    return key if namespace is None else header_safe(f"{namespace}:{key}")


def is_header_safe(key: str) -> bool:
    """True if the key is header-safe."""
    return re.fullmatch(r"[\x20-\x7e]+", key) is not None


def header_safe(key: str) -> str:
    """The key if it is header-safe; raises HumanRailError otherwise."""
    if is_header_safe(key):
        return key
    raise HumanRailError(
        "An idempotency key is sent in a header, so it may hold printable ASCII only; "
        "idempotency_key() makes one of any text in its parts."
    )
