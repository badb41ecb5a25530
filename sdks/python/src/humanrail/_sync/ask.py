# Written by scripts/make_sync.py; do not edit.
"""One awaited call: a question, and its typed answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar, overload

from .._approval import SYNC, Approval, Tool
from .._ask import Answer, question_of
from .._status import is_terminal
from .._waiting import POLL_INTERVAL_SECONDS, Waiting
from ..types import RiskTier
from .tasks import Tasks

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


class Asking:
    """The client's methods that ask people."""

    tasks: Tasks

    @overload
    def ask(
        self,
        question: str,
        *,
        returns: type[T],
        payload: Mapping[str, Any] | None = None,
        type: str | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        skills_required: Sequence[str] | None = None,
        risk_tier: RiskTier | None = None,
        instructions: str | None = None,
        metadata: Mapping[str, str | float | bool | None] | None = None,
        callback_url: str | None = None,
        key: str | None = None,
        timeout: float | None = None,
        l402_token: str | None = None,
    ) -> Answer[T]: ...

    @overload
    def ask(
        self,
        question: str,
        *,
        returns: Any = None,
        payload: Mapping[str, Any] | None = None,
        type: str | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        skills_required: Sequence[str] | None = None,
        risk_tier: RiskTier | None = None,
        instructions: str | None = None,
        metadata: Mapping[str, str | float | bool | None] | None = None,
        callback_url: str | None = None,
        key: str | None = None,
        timeout: float | None = None,
        l402_token: str | None = None,
    ) -> Answer[Any]: ...

    def ask(
        self,
        question: str,
        *,
        returns: Any = None,
        payload: Mapping[str, Any] | None = None,
        type: str | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        skills_required: Sequence[str] | None = None,
        risk_tier: RiskTier | None = None,
        instructions: str | None = None,
        metadata: Mapping[str, str | float | bool | None] | None = None,
        callback_url: str | None = None,
        key: str | None = None,
        timeout: float | None = None,
        l402_token: str | None = None,
    ) -> Answer[Any]:
        """Asks people, waits, and returns the verified answer.

        Asking again with the same question, payload and `returns`, such as after a crash, returns
        the answer of the first task instead of paying for another.

        Args:
            question: In words.
            returns: The type of the answer: a JSON Schema, or a type that has one, such as bool,
                ``Literal["yes", "no"]``, an Enum, a dataclass, a TypedDict, ``list[...]`` of these,
                or, where pydantic is installed, a model of it. A text by default; with a `type`
                of your own, whatever that type's saved schema says.
            payload: What the worker sees in addition to the question.
            type: The task's type, default ``question``.
            payout_sats: default 300; with a `type` of your own, what is saved for it.
            sla_seconds: Seconds until the task expires, 30 to 86,400; default 600.
            skills_required: A worker must have all of them.
            risk_tier: Pool and depth of verification.
            instructions: Markdown for the worker.
            metadata: Never shown to workers.
            callback_url: Gets the task's events.
            key: An idempotency key, by default derived from the question.
            timeout: Seconds to wait at most; by default until the task ends.
            l402_token: Of a client that pays by L402: a payment made before, for the same question.

        Raises:
            TaskFailedError, TaskExpiredError, TaskCancelledError: the task ended that way.
            TaskTimeoutError: `timeout` has elapsed; the task continues, and asking again finds it.
            AnswerMismatchError: the answer does not match `returns`.
        """
        asked = question_of(
            question,
            payload=payload,
            returns=returns,
            type=type,
            payout_sats=payout_sats,
            key=key,
            sla_seconds=sla_seconds,
            skills_required=skills_required,
            risk_tier=risk_tier,
            instructions=instructions,
            metadata=metadata,
            callback_url=callback_url,
        )
        waiting = Waiting(timeout, POLL_INTERVAL_SECONDS)
        task = waiting.last = self.tasks.create(**asked.fields, l402_token=l402_token)
        if not is_terminal(task):
            task = self.tasks._wait(task.id, waiting)
        return asked.answer(task)

    @overload
    def require_approval(self, function: Tool[P, R], /) -> Tool[P, R]: ...

    @overload
    def require_approval(
        self,
        function: None = None,
        /,
        *,
        question: str | Callable[..., str] | None = None,
        key: str | Callable[..., str] | None = None,
        hide: Sequence[str] = (),
        type: str | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        skills_required: Sequence[str] | None = None,
        risk_tier: RiskTier | None = None,
        instructions: str | None = None,
        metadata: Mapping[str, str | float | bool | None] | None = None,
        callback_url: str | None = None,
        timeout: float | None = None,
    ) -> Callable[[Tool[P, R]], Tool[P, R]]: ...

    def require_approval(
        self,
        function: Callable[..., Any] | None = None,
        /,
        *,
        question: str | Callable[..., str] | None = None,
        key: str | Callable[..., str] | None = None,
        hide: Sequence[str] = (),
        **options: Any,
    ) -> Callable[..., Any]:
        """Guards a tool: each call first asks a person, who sees the tool's name and arguments.

        ``@client.require_approval``, or ``@client.require_approval(question=…, …)``. An approved
        call runs; a denied one raises ApprovalDeniedError with the reason; an undecided one
        raises the error of its task. Arguments must be JSON.

        Args:
            question: Replaces "Allow the call of <tool>?": a text, or a function of the call's
                arguments.
            key: An idempotency key, or a function of the call's arguments that gives one, so that
                a call that is made again after a crash uses the approval that was given. By
                default, each call requires a new approval.
            hide: Names of arguments hidden from people.
            options: As for `ask`.
        """

        def guard(tool: Callable[..., Any]) -> Callable[..., Any]:
            approval = Approval.of(tool, question=question, key=key, hide=hide, is_async=SYNC)

            @functools.wraps(tool)
            def guarded(*args: Any, **kwargs: Any) -> Any:
                answer = self.ask(**approval.ask(args, kwargs), **options)
                approval.check(answer)
                return tool(*args, **kwargs)

            return guarded

        return guard if function is None else guard(function)
