"""The type that `ask` returns: its JSON Schema, and the conversion of answers to it."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from . import _hints
from ._errors import HumanRailError
from ._json import plain

T = TypeVar("T")

#: The schema of a question of which nothing else is said.
TEXT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["answer"],
    "properties": {"answer": {"type": "string"}},
}

#: A schema without any of these says nothing of the answer, and is most likely none.
_SCHEMA_WORDS = frozenset(
    [
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "type",
        "enum",
        "const",
        "properties",
        "required",
        "items",
        "prefixItems",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "maxProperties",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "$defs",
    ]
)

_VALUES = (str, bytes, bool, int, float, list, tuple, set)


class Mismatch(Exception):
    """The answer does not match; the message says where."""


@dataclasses.dataclass(frozen=True)
class Returns(Generic[T]):
    """A requested type: `schema` is sent (None sends none), `read` converts an output to it."""

    schema: dict[str, Any] | None
    #: Raises Mismatch if the output does not fit.
    read: Callable[[Any], T]


def returns_of(wanted: Any, *, has_type: bool) -> Returns[Any]:
    """Reads `returns`; `has_type` is whether the question has a task type of its own, whose saved
    schema then holds where nothing is wanted.

    Raises HumanRailError for anything but a schema or a type.
    """
    if wanted is None:
        return Returns(None, _as_it_is) if has_type else Returns(TEXT_SCHEMA, _answer_text)
    if isinstance(wanted, Mapping):
        return Returns(_schema(wanted), _as_it_is)
    if isinstance(wanted, _VALUES) or inspect.isroutine(wanted):
        raise HumanRailError(
            f"returns takes a JSON Schema as a dict, or a type such as bool or a dataclass, "
            f"not {wanted!r}."
        )
    if not isinstance(wanted, type) and _is_model(type(wanted)):
        name = type(wanted).__name__
        raise HumanRailError(f"returns takes the class {name} itself, not an object of it.")
    try:
        hint = _hints.read_hint(wanted)
    except _hints.Unsupported as error:
        unsupported = str(error)
    else:
        return Returns(hint.schema, _reader(hint))
    return _by_pydantic(wanted, unsupported)


def _schema(wanted: Mapping[str, Any]) -> dict[str, Any]:
    for word, value in wanted.items():
        if isinstance(value, type):
            raise HumanRailError(
                f"returns is a dict with the Python type {value.__name__} at {word!r}; write a "
                "JSON Schema, or pass a dataclass, TypedDict or Pydantic model."
            )
    schema: dict[str, Any] = plain(wanted, "returns")
    if _SCHEMA_WORDS.isdisjoint(schema):
        raise HumanRailError(
            "returns is a dict that is no JSON Schema: it has none of its words, such as type, "
            "properties or enum."
        )
    return schema


def _is_model(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or hasattr(kind, "model_json_schema")


def _by_pydantic(wanted: Any, unsupported: str) -> Returns[Any]:
    adapter_class = _type_adapter()
    if adapter_class is None:
        raise HumanRailError(
            f"returns: {unsupported}. Pass a JSON Schema, or install pydantic 2: "
            "pip install 'humanrail[pydantic]'."
        )
    from pydantic import PydanticSchemaGenerationError, PydanticUserError, ValidationError

    try:
        adapter = adapter_class(wanted)
        schema: dict[str, Any] = adapter.json_schema(mode="validation")
    except (PydanticSchemaGenerationError, PydanticUserError, TypeError, NameError) as error:
        first_line = str(error).partition("\n")[0]
        raise HumanRailError(
            f"returns takes a JSON Schema as a dict, or a type that has one; "
            f"{wanted!r} has none: {first_line}"
        ) from None

    def read(output: Any) -> Any:
        try:
            return adapter.validate_json(json.dumps(output))
        except ValidationError as error:
            faults = (
                f"{'.'.join(map(str, fault['loc'])) or 'the answer'}: {fault['msg']}"
                for fault in error.errors(include_input=False, include_url=False)
            )
            raise Mismatch("; ".join(faults)) from None

    return Returns(schema, read)


def _type_adapter() -> Any:
    """Pydantic's TypeAdapter; None if there is no Pydantic 2."""
    try:
        from pydantic import TypeAdapter
    except ImportError:
        return None
    return TypeAdapter


def _reader(hint: _hints.Hint) -> Callable[[Any], Any]:
    def read(output: Any) -> Any:
        try:
            return hint.read(output, "the answer")
        except _hints.Unfit as unfit:
            raise Mismatch(str(unfit)) from None

    return read


def _as_it_is(output: Any) -> Any:
    return output


def _answer_text(output: Any) -> str:
    answer = output.get("answer") if isinstance(output, dict) else None
    if isinstance(answer, str):
        return answer
    raise Mismatch("the answer has no text under `answer`")
