"""Conversion to JSON, and its canonical form for digests (RFC 8785)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ._errors import HumanRailError

#: The largest whole number that every reader of JSON reads as itself.
_SAFE_INTEGER_MAX = 2**53
#: How deep the API reads.
_DEPTH_MAX = 256


def plain(value: Any, at: str, depth: int = 0) -> Any:
    """The value in dicts, lists, texts, numbers, booleans and None, so that it can be sent.

    `at` names it in messages, such as ``payload``.
    Raises HumanRailError, with the place, for what JSON has no form for.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _whole_text(value, at)
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER_MAX:
            raise HumanRailError(
                f"{at} is {value}, a whole number beyond 2^53, which readers of JSON round; "
                "send it as text."
            )
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise HumanRailError(f"{at} is {value}, which JSON has no form for.")
        return float(value)
    if depth > _DEPTH_MAX:
        raise HumanRailError(f"{at[:60]}… nests deeper than {_DEPTH_MAX} levels.")
    if isinstance(value, Mapping):
        return {
            _key(key, at): plain(inner, f"{at}.{key}", depth + 1) for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [plain(inner, f"{at}[{index}]", depth + 1) for index, inner in enumerate(value)]
    if isinstance(value, type):
        raise HumanRailError(
            f"{at} is the class {value.__name__} where JSON is wanted; only returns takes a class."
        )
    raise HumanRailError(
        f"{at} is of the type {type(value).__name__}, which JSON has no form for; "
        "use dict, list, str, int, float, bool or None."
    )


def _key(key: Any, at: str) -> str:
    if not isinstance(key, str):
        raise HumanRailError(f"{at} has the key {key!r}; keys of JSON are texts.")
    return _whole_text(key, f"A key of {at}")


def _whole_text(text: str, at: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise HumanRailError(
            f"{at} holds half a character (a lone surrogate); send whole text."
        ) from None
    # Otherwise a str enum member would be written by its name.
    return str.__str__(text)


def canonical_json(value: Any) -> str:
    """A plain value's canonical JSON (RFC 8785), the same in every language."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        inner = ",".join(f"{_quoted(key)}:{canonical_json(one)}" for key, one in members)
        return "{" + inner + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical_json(one) for one in value) + "]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    """A number as ECMAScript writes it, from the shortest digits that read back as it."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + int(exponent)
    if 0 < point <= 21:
        whole, fraction = text[:point].ljust(point, "0"), text[point:]
        shown = f"{whole}.{fraction}" if fraction else whole
    elif -6 < point <= 0:
        shown = f"0.{'0' * -point}{text}"
    else:
        mantissa = f"{text[0]}.{text[1:]}" if len(text) > 1 else text
        shown = f"{mantissa}e{point - 1:+d}"
    return f"-{shown}" if sign else shown
