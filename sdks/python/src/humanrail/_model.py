"""The base of the API's objects: attributes for known fields, the JSON itself for the rest."""

from __future__ import annotations

import copy
import dataclasses
import types
import typing
from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

M = TypeVar("M", bound="Model")

_TIMES = (date, datetime)


class Model:
    """An object of the API, read-only. A field that an answer lacks is None."""

    @classmethod
    def from_json(cls: type[M], data: dict[str, Any]) -> M:
        """Reads the object from parsed JSON; fields that this version does not know are kept."""
        fields = _fields_of(typing.cast(Hashable, cls))
        values = {
            name: None if data.get(key) is None else read(data[key]) for name, key, read in fields
        }
        model = cls(**values)
        object.__setattr__(model, "_json", data)
        return model

    def to_dict(self) -> dict[str, Any]:
        """The object as received, including fields that this version does not know."""
        data: dict[str, Any] = copy.deepcopy(self.__dict__["_json"])
        return data


@cache
def _fields_of(cls: Any) -> list[tuple[str, str, Callable[[Any], Any]]]:
    """Name, key in JSON, and reader of each field."""
    hints = typing.get_type_hints(cls)
    return [
        (one.name, one.metadata.get("json", one.name), _reader_of(hints[one.name]))
        for one in dataclasses.fields(cls)
    ]


def _reader_of(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in arguments if one is not type(None)]
        return _reader_of(inner[0]) if len(inner) == 1 else _as_it_is
    if origin is list:
        item = _reader_of(arguments[0])
        return lambda value: [item(one) for one in value] if isinstance(value, list) else value
    if origin is dict:
        member = _reader_of(arguments[1])
        return lambda value: (
            {key: member(one) for key, one in value.items()} if isinstance(value, dict) else value
        )
    if hint in _TIMES:
        return lambda value: _time(hint, value)
    if isinstance(hint, type) and issubclass(hint, Model):
        model = hint
        return lambda value: model.from_json(value) if isinstance(value, dict) else value
    return _as_it_is


def _time(kind: type[date], value: Any) -> Any:
    """A datetime or a date; unparseable values stay unchanged."""
    try:
        # Python 3.10 does not read the Z.
        return kind.fromisoformat(value.removesuffix("Z") + ("+00:00" if value[-1:] == "Z" else ""))
    except (ValueError, AttributeError, TypeError):
        return value


def _as_it_is(value: Any) -> Any:
    return value
