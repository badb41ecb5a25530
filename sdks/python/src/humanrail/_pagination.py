"""Paged lists: iterating a page continues with the following pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ._model import Model

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _PageFields(Generic[M]):
    data: list[M]
    has_more: bool
    #: Pass it as `after` for the next page; None on the last one.
    next_cursor: str | None

    def has_next_page(self) -> bool:
        """True if another page follows."""
        return self.has_more and self.next_cursor is not None


@dataclass(frozen=True)
class Page(_PageFields[M]):
    """One page of a list. Iterating it gives its items and those of all pages after it."""

    _fetch: Callable[[str], Page[M]] = field(repr=False, compare=False)

    def get_next_page(self) -> Page[M] | None:
        """The next page, or None on the last one."""
        return self._fetch(self.next_cursor) if self.has_more and self.next_cursor else None

    def __iter__(self) -> Iterator[M]:
        page: Page[M] | None = self
        while page is not None:
            yield from page.data
            page = page.get_next_page()


@dataclass(frozen=True)
class AsyncPage(_PageFields[M]):
    """One page of a list. Iterating it gives its items and those of all pages after it."""

    _fetch: Callable[[str], Awaitable[AsyncPage[M]]] = field(repr=False, compare=False)

    async def get_next_page(self) -> AsyncPage[M] | None:
        """The next page, or None on the last one."""
        return await self._fetch(self.next_cursor) if self.has_more and self.next_cursor else None

    async def __aiter__(self) -> AsyncIterator[M]:
        page: AsyncPage[M] | None = self
        while page is not None:
            for item in page.data:
                yield item
            page = await page.get_next_page()


class AsyncListing(Generic[M]):
    """A lazy list: ``await`` it for its first page, or iterate over all of it with
    ``async for``, which reads each page when it is needed."""

    def __init__(self, fetch: Callable[[], Awaitable[AsyncPage[M]]]) -> None:
        self._fetch = fetch

    def __await__(self) -> Generator[Any, None, AsyncPage[M]]:
        return self._fetch().__await__()

    async def __aiter__(self) -> AsyncIterator[M]:
        async for item in await self._fetch():
            yield item


Fetch = Callable[[str | None], dict[str, Any]]
AsyncFetch = Callable[[str | None], Awaitable[dict[str, Any]]]


def list_of(model: type[M], fetch: Fetch) -> Page[M]:
    """The first page of a list, whose pages `fetch` reads by their cursor."""

    def page(after: str | None) -> Page[M]:
        answer = fetch(after)
        return Page(*_read(model, answer), page)

    return page(None)


def async_list_of(model: type[M], fetch: AsyncFetch) -> AsyncListing[M]:
    """A list, whose pages `fetch` reads by their cursor."""

    async def page(after: str | None) -> AsyncPage[M]:
        answer = await fetch(after)
        return AsyncPage(*_read(model, answer), page)

    return AsyncListing(lambda: page(None))


def _read(model: type[M], answer: dict[str, Any]) -> tuple[list[M], bool, str | None]:
    items = [model.from_json(one) for one in answer.get("data") or [] if isinstance(one, dict)]
    return items, bool(answer.get("has_more")), answer.get("next_cursor")
