"""A client's settings, from its arguments and the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ._errors import HumanRailError
from ._l402 import L402

DEFAULT_BASE_URL = "https://api.humanrail.dev/v1"
DEFAULT_MAX_RETRIES = 2
DEFAULT_TIMEOUT_SECONDS = 60.0

#: The documentation's own key; a real key has no dots, so it can stand for the environment's.
_PLACEHOLDER_KEY = re.compile(r"ek_(live|test)_(\.{3}|…)")


@dataclass(frozen=True)
class Settings:
    """The transport's settings; the key is never printed."""

    #: None if `l402` authorizes calls.
    api_key: str | None = field(repr=False)
    #: Without a trailing slash.
    base_url: str
    #: Timeout of one attempt, in seconds.
    timeout: float
    max_retries: int
    idempotency_namespace: str | None
    l402: L402 | None


def settings_from(
    *,
    api_key: str | None,
    base_url: str | None,
    timeout: float,
    max_retries: int,
    idempotency_namespace: str | None,
    l402: L402 | None,
) -> Settings:
    """Fills in defaults.

    Raises HumanRailError that says how to fix an invalid setting.
    """
    if l402 is not None and not isinstance(l402, L402):
        raise HumanRailError(f"l402 must be an L402(…), not {type(l402).__name__}.")
    if l402 is not None and api_key is not None:
        raise HumanRailError("Pass api_key or l402, not both: a task is paid for in one way.")
    return Settings(
        api_key=_api_key(api_key) if l402 is None else None,
        base_url=_base_url(base_url or os.environ.get("HUMANRAIL_BASE_URL")),
        timeout=checked_timeout(timeout),
        max_retries=checked_retries(max_retries),
        idempotency_namespace=idempotency_namespace,
        l402=l402,
    )


def _api_key(given: str | None) -> str:
    if given is not None and not isinstance(given, str):
        raise HumanRailError(f"api_key must be a str, not {type(given).__name__}.")
    is_placeholder = given is not None and _PLACEHOLDER_KEY.fullmatch(given) is not None
    key = os.environ.get("HUMANRAIL_API_KEY") if given is None or is_placeholder else given
    key = (key or "").strip()
    if not key:
        raise HumanRailError(
            f"Replace '{given}' by your key, or set HUMANRAIL_API_KEY."
            if is_placeholder
            else "No API key: pass api_key=… or set HUMANRAIL_API_KEY."
        )
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise HumanRailError("The API key contains characters that no key has; copy it again.")
    return key


def _base_url(given: str | None) -> str:
    text = (given or "").strip() or DEFAULT_BASE_URL
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError:
        host, url = None, urlsplit("")
    if host is None or re.search(r"\s", text):
        raise HumanRailError(
            f"The base URL '{_without_password(text)}' is no URL; "
            "write it like http://localhost:3000/v1."
        )
    if url.scheme not in ("http", "https"):
        raise HumanRailError(
            f"The base URL '{_without_password(text)}' must begin with https:// or http://."
        )
    if url.username is not None or url.password is not None:
        raise HumanRailError("The base URL holds a user name or a password; pass api_key= instead.")
    path = url.path.rstrip("/") or "/v1"
    return f"{url.scheme}://{url.netloc}{path}"


def _without_password(text: str) -> str:
    return re.sub(r"//[^/@]*@", "//…@", text)


def checked_timeout(value: float) -> float:
    """A valid timeout of one attempt, in seconds; raises HumanRailError otherwise."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e9:
        return float(value)
    raise HumanRailError(f"timeout must be a number of seconds above 0, not {value!r}.")


def checked_retries(value: int) -> int:
    """A valid number of retries; raises HumanRailError otherwise."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise HumanRailError(f"max_retries must be a whole number from 0, not {value!r}.")
