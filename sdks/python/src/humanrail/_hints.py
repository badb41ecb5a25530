"""JSON Schemas of Python's own types, and the conversion of JSON to their values."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

#: Gives the value of parsed JSON; the text names its place. Raises Unfit.
Read = Callable[[Any, str], Any]


class Unsupported(Exception):
    """The type has no schema here; the message names it."""


class Unfit(Exception):
    """The JSON does not match the type; the message says where and why."""


@dataclasses.dataclass(frozen=True)
class Hint:
    """A type: its schema, and the reader of its values."""

    schema: dict[str, Any]
    read: Read


def read_hint(hint: Any, within: tuple[Any, ...] = ()) -> Hint:
    """Reads a type: bool, int, float, str, None, Any, Literal, Enum, Union, list, dict, TypedDict,
    dataclasses, and what is made of them; ``Annotated[T, "words"]`` describes a field.

    `within` are the classes around it. Raises Unsupported for any other.
    """
    plain = _plain(hint)
    if plain is not None:
        return plain
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _annotated(arguments, within)
    if origin is Literal:
        return _choice([(one, one) for one in arguments])
    if origin in (typing.Union, types.UnionType):
        return _union([read_hint(one, within) for one in arguments])
    if origin in _LISTS and len(arguments) == 1:
        return _list(read_hint(arguments[0], within))
    if origin in _MAPPINGS and len(arguments) == 2 and arguments[0] is str:
        return _mapping(read_hint(arguments[1], within))
    if isinstance(hint, type):
        return _class(hint, within)
    raise Unsupported(f"{hint!r} has no JSON Schema of its own")


def _class(hint: type, within: tuple[Any, ...]) -> Hint:
    if hint in within:
        raise Unsupported(f"{hint.__name__} contains itself")
    if issubclass(hint, enum.Enum):
        return _choice([(member.value, member) for member in hint])
    if issubclass(hint, dict) and hasattr(hint, "__required_keys__"):
        return _typed_dict(hint, within)
    # Pydantic's dataclasses have rules that only Pydantic knows.
    if dataclasses.is_dataclass(hint) and not hasattr(hint, "__pydantic_validator__"):
        return _dataclass(hint, within)
    raise Unsupported(f"{hint.__name__} has no JSON Schema of its own")


def _typed_dict(hint: Any, within: tuple[Any, ...]) -> Hint:
    hints = _field_hints(hint)
    # The class's record of a field whose type is a string may be wrong; the type itself is not.
    said = {"Required": True, "NotRequired": False}
    required = frozenset(
        name
        for name, one in hints.items()
        if said.get(_origin_name(one), name in hint.__required_keys__)
    )
    return _object(hint, hints, required, dict, within)


def _field_hints(hint: Any) -> Mapping[str, Any]:
    try:
        return typing.get_type_hints(hint, include_extras=True)
    except (NameError, TypeError) as error:
        message = f"a field of {hint.__name__} has a type that is not known: {error}"
        raise Unsupported(message) from None


def _dataclass(hint: type, within: tuple[Any, ...]) -> Hint:
    hints = _field_hints(hint)
    fields = [one for one in dataclasses.fields(typing.cast(Any, hint)) if one.init]
    required = frozenset(
        one.name
        for one in fields
        if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    )
    return _object(hint, {one.name: hints[one.name] for one in fields}, required, hint, within)


def _object(
    hint: type,
    field_hints: Mapping[str, Any],
    required: frozenset[str],
    make: Callable[..., Any],
    within: tuple[Any, ...],
) -> Hint:
    fields = {name: read_hint(_bare(one), (*within, hint)) for name, one in field_hints.items()}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: one.schema for name, one in fields.items()},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = [name for name in fields if name in required]

    def read(value: Any, at: str) -> Any:
        members = _expect(value, dict, "an object", at)
        missing = [name for name in fields if name in required and name not in members]
        if missing:
            raise Unfit(f"{at} lacks {', '.join(missing)}")
        unknown = [name for name in members if name not in fields]
        if unknown:
            raise Unfit(f"{at} has {', '.join(unknown)}, which {hint.__name__} has not")
        values = {name: fields[name].read(one, f"{at}.{name}") for name, one in members.items()}
        try:
            return make(**values)
        except (TypeError, ValueError) as error:
            # A dataclass may check more in its __post_init__.
            raise Unfit(f"{at} is no {hint.__name__}: {error}") from None

    return Hint(schema, read)


def _bare(hint: Any) -> Any:
    """A field's type without Required and NotRequired around it."""
    if _origin_name(hint) in ("Required", "NotRequired"):
        return typing.get_args(hint)[0]
    return hint


def _origin_name(hint: Any) -> str:
    origin = typing.get_origin(hint)
    return str(getattr(origin, "_name", None) or getattr(origin, "__name__", ""))


def _annotated(arguments: tuple[Any, ...], within: tuple[Any, ...]) -> Hint:
    inner = read_hint(arguments[0], within)
    words = [one for one in arguments[1:] if isinstance(one, str)]
    if len(words) < len(arguments) - 1:
        raise Unsupported(f"{arguments[1:]!r} means something to another library only")
    return Hint({**inner.schema, "description": " ".join(words)}, inner.read)


def _choice(members: Sequence[tuple[Any, Any]]) -> Hint:
    """One of several JSON values, each with the Python value it represents."""
    values = [value for value, _ in members]
    if not all(value is None or isinstance(value, (str, bool, int, float)) for value in values):
        raise Unsupported(f"the choices {values!r} are not all JSON")
    schema: dict[str, Any] = {"enum": values}
    if all(isinstance(value, str) for value in values):
        schema = {"type": "string", **schema}

    def read(value: Any, at: str) -> Any:
        for one, member in members:
            # True is 1 to Python, and not to JSON.
            if one == value and isinstance(one, bool) == isinstance(value, bool):
                return member
        raise Unfit(f"{at} is {value!r}, none of {', '.join(map(repr, values))}")

    return Hint(schema, read)


def _union(choices: Sequence[Hint]) -> Hint:
    def read(value: Any, at: str) -> Any:
        faults: list[str] = []
        for choice in choices:
            try:
                return choice.read(value, at)
            except Unfit as unfit:
                faults.append(str(unfit))
        raise Unfit("; ".join(faults))

    return Hint({"anyOf": [choice.schema for choice in choices]}, read)


def _list(item: Hint) -> Hint:
    def read(value: Any, at: str) -> Any:
        items = _expect(value, list, "a list", at)
        return [item.read(one, f"{at}[{index}]") for index, one in enumerate(items)]

    return Hint({"type": "array", "items": item.schema}, read)


def _mapping(member: Hint) -> Hint:
    def read(value: Any, at: str) -> Any:
        members = _expect(value, dict, "an object", at)
        return {key: member.read(one, f"{at}.{key}") for key, one in members.items()}

    return Hint({"type": "object", "additionalProperties": member.schema}, read)


def _expect(value: Any, kind: type, words: str, at: str) -> Any:
    if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
        return value
    shown = "null" if value is None else type(value).__name__
    raise Unfit(f"{at} is {shown}, not {words}")


def _whole_number(value: Any, at: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return typing.cast(int, _expect(value, int, "a whole number", at))


def _number(value: Any, at: str) -> float:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return typing.cast(float, _expect(value, float, "a number", at))


_PLAIN: dict[Any, Hint] = {
    bool: Hint({"type": "boolean"}, lambda value, at: _expect(value, bool, "true or false", at)),
    int: Hint({"type": "integer"}, _whole_number),
    float: Hint({"type": "number"}, _number),
    str: Hint({"type": "string"}, lambda value, at: _expect(value, str, "a text", at)),
    type(None): Hint({"type": "null"}, lambda value, at: _expect(value, type(None), "null", at)),
    None: Hint({"type": "null"}, lambda value, at: _expect(value, type(None), "null", at)),
    Any: Hint({}, lambda value, at: value),
    list: _list(Hint({}, lambda value, at: value)),
    dict: _mapping(Hint({}, lambda value, at: value)),
}


def _plain(hint: Any) -> Hint | None:
    try:
        return _PLAIN.get(hint)
    except TypeError:
        # Not hashable, so none of these.
        return None


_LISTS = (list, Sequence)
_MAPPINGS = (dict, Mapping)
