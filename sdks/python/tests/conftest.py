"""What the tests share: the server, a client of either kind, and a clock that does not wait."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_server import ApiServer

from humanrail import AsyncHumanRail, HumanRail, _clock

REPOSITORY = Path(__file__).parents[3]


def conformance(name: str) -> dict[str, Any]:
    """The shared cases that every SDK runs."""
    text = (REPOSITORY / f"sdks/conformance/{name}.json").read_text(encoding="utf-8")
    cases: dict[str, Any] = json.loads(text)
    return cases


def by_name(case: Any) -> str:
    return str(case.get("name", case)) if isinstance(case, dict) else str(case)


class Kind:
    """One of the two clients, called the same way."""

    def __init__(self, is_async: bool, server: ApiServer) -> None:
        self.is_async = is_async
        self._server = server
        self.loop = asyncio.new_event_loop()
        # Shared, since the making of one reads the machine's certificates each time.
        self._http = httpx.AsyncClient() if is_async else httpx.Client()

    def client(self, **options: Any) -> Any:
        """A client of the server."""
        given = {
            "api_key": "ek_test_key",
            "base_url": self._server.base_url,
            "http_client": self._http,
        }
        return self.make(**{**given, **options})

    def make(self, **options: Any) -> Any:
        return (AsyncHumanRail if self.is_async else HumanRail)(**options)

    def run(self, result: Any) -> Any:
        """What a call gives, awaited where it has to be."""
        return (
            self.loop.run_until_complete(_await(result))
            if inspect.isawaitable(result)
            else (result)
        )

    def collect(self, items: Any, until: Callable[[Any], bool] = lambda item: False) -> list[Any]:
        """The items of an iterable, up to and with the first that ends it."""
        return self.loop.run_until_complete(_collected(items, until))

    def tool(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function as this kind of client guards it."""
        if not self.is_async:
            return function

        async def awaited(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

        awaited.__name__ = function.__name__
        awaited.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        return awaited

    def close(self) -> None:
        self.run(self._http.aclose() if self.is_async else self._http.close())
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


async def _await(result: Awaitable[Any]) -> Any:
    return await result


async def _collected(items: Any, until: Callable[[Any], bool]) -> list[Any]:
    found = []
    if hasattr(items, "__aiter__"):
        async for item in items:
            found.append(item)
            if until(item):
                break
    else:
        for item in items:
            found.append(item)
            if until(item):
                break
    for close in ("aclose", "close"):
        if hasattr(items, close):
            closed = getattr(items, close)()
            if inspect.isawaitable(closed):
                await closed
            break
    return found


@pytest.fixture(scope="session")
def server() -> Iterator[ApiServer]:
    made = ApiServer()
    yield made
    made.close()


@pytest.fixture(scope="session", params=[False, True], ids=["sync", "async"])
def kind(request: pytest.FixtureRequest, server: ApiServer) -> Iterator[Kind]:
    made = Kind(request.param, server)
    yield made
    made.close()


class FakeClock:
    """A clock that only moves where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    fake = FakeClock()
    for name in ("monotonic", "sleep", "async_sleep"):
        monkeypatch.setattr(_clock, name, getattr(fake, name))
    monkeypatch.setattr(_clock, "random", lambda: 0.5)
    return fake


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUMANRAIL_API_KEY", "HUMANRAIL_BASE_URL", "HUMANRAIL_WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
