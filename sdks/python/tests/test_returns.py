"""What `ask` can return: the schema of each type, and how answers become values of it."""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Optional, TypedDict

import pydantic
import pytest
from api_server import ApiServer, json_answer, task
from conftest import Kind
from typing_extensions import NotRequired

import humanrail
from humanrail._returns import Mismatch, returns_of


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


@dataclass
class Place:
    city: str
    country: str = "CH"


@dataclass
class Verdict:
    approved: bool
    colour: Colour
    places: list[Place]
    score: Annotated[float, "From 0 to 10."]
    reason: str | None = None
    tags: dict[str, int] = field(default_factory=dict)
    made_up: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.score > 10:
            raise ValueError("score is above 10")


class Label(TypedDict):
    label: Literal["cat", "dog"]
    sure: NotRequired[bool]


@dataclass
class Node:
    children: list[Node]


class Review(pydantic.BaseModel):
    """A review."""

    stars: int = pydantic.Field(ge=1, le=5)
    on: date


@pydantic.dataclasses.dataclass
class Rated:
    stars: Annotated[int, pydantic.Field(ge=1)]


SCHEMAS: list[tuple[Any, dict[str, Any]]] = [
    (bool, {"type": "boolean"}),
    (int, {"type": "integer"}),
    (float, {"type": "number"}),
    (str, {"type": "string"}),
    (list, {"type": "array", "items": {}}),
    (list[str], {"type": "array", "items": {"type": "string"}}),
    (Sequence[bool], {"type": "array", "items": {"type": "boolean"}}),
    (dict[str, Any], {"type": "object", "additionalProperties": {}}),
    (Mapping[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
    (Literal["yes", "no"], {"type": "string", "enum": ["yes", "no"]}),
    (Literal["yes", 1, True, None], {"enum": ["yes", 1, True, None]}),
    (Colour, {"type": "string", "enum": ["red", "green"]}),
    (Level, {"enum": [1, 2]}),
    (Optional[int], {"anyOf": [{"type": "integer"}, {"type": "null"}]}),  # noqa: UP045 - the older spelling is meant
    (int | str, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    (
        Label,
        {
            "type": "object",
            "properties": {
                "label": {"type": "string", "enum": ["cat", "dog"]},
                "sure": {"type": "boolean"},
            },
            "additionalProperties": False,
            "required": ["label"],
        },
    ),
    (
        Verdict,
        {
            "type": "object",
            "properties": {
                "approved": {"type": "boolean"},
                "colour": {"type": "string", "enum": ["red", "green"]},
                "places": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"city": {"type": "string"}, "country": {"type": "string"}},
                        "additionalProperties": False,
                        "required": ["city"],
                    },
                },
                "score": {"type": "number", "description": "From 0 to 10."},
                "reason": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "tags": {"type": "object", "additionalProperties": {"type": "integer"}},
            },
            "additionalProperties": False,
            "required": ["approved", "colour", "places", "score"],
        },
    ),
    (
        Review,
        {
            "title": "Review",
            "description": "A review.",
            "type": "object",
            "properties": {
                "stars": {"title": "Stars", "type": "integer", "minimum": 1, "maximum": 5},
                "on": {"title": "On", "type": "string", "format": "date"},
            },
            "required": ["stars", "on"],
        },
    ),
    (list[date], {"type": "array", "items": {"type": "string", "format": "date"}}),
]


@pytest.mark.parametrize(("wanted", "schema"), SCHEMAS, ids=lambda one: str(one)[:40])
def test_the_schema_of_a_type(wanted: Any, schema: dict[str, Any]) -> None:
    assert returns_of(wanted, has_type=False).schema == schema


@pytest.mark.parametrize(
    ("wanted", "schema"),
    [one for one in SCHEMAS if one[0] not in (Review, list[date])],
    ids=lambda one: str(one)[:40],
)
def test_it_is_the_same_without_pydantic(
    monkeypatch: pytest.MonkeyPatch, wanted: Any, schema: dict[str, Any]
) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)
    assert returns_of(wanted, has_type=False).schema == schema


def test_what_needs_pydantic_says_so_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)
    for wanted in (list[date], Node, Review, Rated):
        with pytest.raises(humanrail.HumanRailError, match=r"install 'humanrail\[pydantic\]'"):
            returns_of(wanted, has_type=False)


PLACE = Place("Bern")
VERDICT = {"approved": True, "colour": "red", "places": [{"city": "Bern"}], "score": 7}


@pytest.mark.parametrize(
    ("wanted", "output", "value"),
    [
        (bool, False, False),
        (int, 3.0, 3),
        (float, 3, 3.0),
        (Literal["yes", 1, True], True, True),
        (Colour, "green", Colour.GREEN),
        (Level, 2, Level.HIGH),
        (int | str, "x", "x"),
        (list[Place], [{"city": "Bern"}], [PLACE]),
        (dict[str, Colour], {"a": "red"}, {"a": Colour.RED}),
        (Label, {"label": "cat"}, {"label": "cat"}),
        (Verdict, VERDICT, Verdict(True, Colour.RED, [PLACE], 7.0)),
        (Review, {"stars": 5, "on": "2026-01-31"}, Review(stars=5, on=date(2026, 1, 31))),
        (list[Review], [], []),
        (Node, {"children": [{"children": []}]}, Node([Node([])])),
        (Rated, {"stars": 1}, Rated(stars=1)),
        (dict, {"a": [1]}, {"a": [1]}),
    ],
    ids=str,
)
def test_an_answer_becomes_a_value(wanted: Any, output: Any, value: Any) -> None:
    read = returns_of(wanted, has_type=False).read(output)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("wanted", "output", "message"),
    [
        (bool, 1, "the answer is int, not true or false"),
        (int, True, "the answer is bool, not a whole number"),
        (int, 1.5, "the answer is float, not a whole number"),
        (float, "1", "the answer is str, not a number"),
        (str, None, "the answer is null, not a text"),
        (Literal[1], True, "the answer is True, none of 1"),
        (list[int], [1, "2"], r"the answer\[1\] is str"),
        (int | bool, "x", "not a whole number; the answer is str, not true or false"),
        (Verdict, {**VERDICT, "places": [{}]}, r"the answer\.places\[0\] lacks city"),
        (Verdict, {**VERDICT, "extra": 1}, "has extra, which Verdict has not"),
        (Verdict, {**VERDICT, "score": 11}, "is no Verdict: score is above 10"),
        (Label, [], "the answer is list, not an object"),
        (Review, {"stars": 9, "on": "2026-01-31"}, "stars: Input should be less than"),
        (Review, 5, "the answer: "),
        (None, {"answer": 5}, "no text under `answer`"),
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit(wanted: Any, output: Any, message: str) -> None:
    with pytest.raises(Mismatch, match=message):
        returns_of(wanted, has_type=False).read(output)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({}, "no JSON Schema"),
        ({"approved": "yes or no"}, "no JSON Schema"),
        ({"approved": bool}, "Python type bool at 'approved'"),
        ({"type": {"boolean"}}, r"returns\.type is of the type set"),
        ("bool", "not 'bool'"),
        (True, "not True"),
        ([bool], "not "),
        (print, "takes a JSON Schema as a dict, or a type"),
        (PLACE, "the class Place itself"),
        (Review(stars=5, on=date(2026, 1, 31)), "the class Review itself"),
        (object(), "has none"),
        (type("Custom", (), {}), "has none"),
    ],
    ids=str,
)
def test_what_is_neither_a_schema_nor_a_type(wanted: Any, message: str) -> None:
    with pytest.raises(humanrail.HumanRailError, match=message):
        returns_of(wanted, has_type=False)


def test_ask_gives_a_value_of_the_type_and_an_error_with_the_task(
    kind: Kind, server: ApiServer
) -> None:
    server.answer_with(
        json_answer(201, task("verified", output=VERDICT)),
        json_answer(201, task("verified", output={"approved": True})),
    )
    client = kind.client()
    assert kind.run(client.ask("Is it?", returns=Verdict)).value.places == [PLACE]
    assert server.requests[0].body["output_schema"]["required"][0] == "approved"
    with pytest.raises(humanrail.AnswerMismatchError, match="lacks colour") as caught:
        kind.run(client.ask("Is it?", returns=Verdict))
    assert caught.value.task.output == {"approved": True}


def test_a_class_where_a_schema_is_wanted(kind: Kind) -> None:
    call = kind.client().tasks.create
    with pytest.raises(humanrail.HumanRailError, match="output_schema is the class Review"):
        kind.run(call(type="t", payload={}, output_schema=Review))
