"""Lists in pages."""

from __future__ import annotations

import pytest
from api_server import Answer, ApiServer, json_answer, task
from conftest import Kind

import humanrail


def page(ids: list[str], cursor: str | None) -> Answer:
    data = [task(id=id) for id in ids]
    return json_answer(200, {"data": data, "has_more": cursor is not None, "next_cursor": cursor})


def test_a_list_goes_through_all_pages_and_keeps_its_filters(kind: Kind, server: ApiServer) -> None:
    server.answer_with(page(["1", "2"], "c1"), page(["3"], "c2"), page([], None))
    found = kind.collect(kind.client().tasks.list(status="verified"))
    assert [one.id for one in found] == ["1", "2", "3"]
    assert [request.query for request in server.requests] == [
        {"status": "verified"},
        {"status": "verified", "after": "c1"},
        {"status": "verified", "after": "c2"},
    ]


def test_a_page_is_read_only_when_it_is_needed(kind: Kind, server: ApiServer) -> None:
    server.answer_with(page(["1", "2"], "c1"), page(["3"], None))
    kind.collect(kind.client().tasks.list(), until=lambda one: one.id == "2")
    assert len(server.requests) == 1


def test_a_page_leads_to_the_next(kind: Kind, server: ApiServer) -> None:
    server.answer_with(page(["1"], "c1"), page(["2"], None))
    first = kind.run(kind.client().tasks.list())
    assert ([one.id for one in first.data], first.has_more, first.next_cursor) == (
        ["1"],
        True,
        "c1",
    )
    second = kind.run(first.get_next_page())
    assert ([one.id for one in second.data], second.has_next_page()) == (["2"], False)
    assert kind.run(second.get_next_page()) is None


def test_a_list_that_fails(kind: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(404, {"error": {"code": "not_found", "message": "No."}}))
    with pytest.raises(humanrail.NotFoundError, match=r"^No\.$"):
        kind.run(kind.client().webhooks.deliveries("1"))
    with pytest.raises(humanrail.NotFoundError):
        kind.collect(kind.client().webhooks.list())
