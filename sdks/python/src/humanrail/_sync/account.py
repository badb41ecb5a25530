# Written by scripts/make_sync.py; do not edit.
"""Quotes, usage, balance, and the defaults of saved types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from .._pagination import Page
from .._request import Call, body_of, segment
from ..types import (
    Balance,
    CreateTaskParams,
    Deposit,
    Gold,
    PayloadHintParams,
    PayloadShape,
    Pool,
    Quote,
    RedundancyParams,
    RiskTier,
    RuleParams,
    TaskType,
    Usage,
    UsagePeriod,
    VerificationPolicyParams,
)
from .transport import Transport

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Quotes:
    """Quotes the cost of tasks."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **task: Unpack[CreateTaskParams]) -> Quote:
        """Quotes the cost, in sats, and the expected duration of a create with these fields.

        Creates nothing.
        """
        call = Call("POST", "/quotes", body=body_of(**task))
        return Quote.from_json(self._transport.request(call))


class TaskTypes:
    """Saved defaults by task `type`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, *, limit: int | None = None, after: str | None = None) -> Page[TaskType]:
        """The saved and built-in types."""
        query = {"limit": limit, "after": after}
        return self._transport.paged(TaskType, Call("GET", "/task_types", query=query))

    def put(
        self,
        type: str,
        *,
        title: str | None = None,
        description: str | None = None,
        instructions: str | None = None,
        output_schema: Mapping[str, Any] | None = None,
        payload_ui: Mapping[str, PayloadShape | PayloadHintParams] | None = None,
        rules: Sequence[RuleParams] | None = None,
        redundancy: RedundancyParams | None = None,
        gold_rate: float | None = None,
        payout_sats: int | None = None,
        sla_seconds: int | None = None,
        risk_tier: RiskTier | None = None,
        skills_required: Sequence[str] | None = None,
        pool: Pool | None = None,
        check_url: str | None = None,
        agent_votes: bool | None = None,
        policy: VerificationPolicyParams | None = None,
        expected_version: int | None = None,
    ) -> TaskType:
        """Replaces the saved defaults of a type.

        `instructions` are markdown for the worker, at most 16 KB; `rules` are JSON Logic that an
        answer must meet; `gold_rate` is the share of golds, 0 to 1;
        `expected_version` saves only if this is the version saved last, ConflictError otherwise.
        """
        body = body_of(
            title=title,
            description=description,
            instructions=instructions,
            output_schema=output_schema,
            payload_ui=payload_ui,
            rules=rules,
            redundancy=redundancy,
            gold_rate=gold_rate,
            payout_sats=payout_sats,
            sla_seconds=sla_seconds,
            risk_tier=risk_tier,
            skills_required=skills_required,
            pool=pool,
            check_url=check_url,
            agent_votes=agent_votes,
            policy=policy,
            expected_version=expected_version,
        )
        call = Call("PUT", f"/task_types/{segment(type)}", body=body)
        return TaskType.from_json(self._transport.request(call))

    def delete(self, type: str) -> None:
        """Deletes the saved defaults of a type."""
        self._transport.request(Call("DELETE", f"/task_types/{segment(type)}"))


class SyncGolds:
    """Golds by task type: tasks with known answers, which measure workers' quality."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self, type: str, *, limit: int | None = None, after: str | None = None) -> Page[Gold]:
        """Your own golds of a type, newest first."""
        query = {"limit": limit, "after": after}
        return self._transport.paged(Gold, Call("GET", _golds_of(type), query=query))

    def create(
        self,
        type: str,
        *,
        payload: Mapping[str, Any],
        expected_output: Any,
        explanation: str | None = None,
        quiz: bool | None = None,
    ) -> Gold:
        """Adds a gold. `expected_output` satisfies the type's schema; `explanation` is shown
        to workers whose answer differs; `quiz` reserves it for the type's quiz.
        """
        body = body_of(
            payload=payload, expected_output=expected_output, explanation=explanation, quiz=quiz
        )
        return Gold.from_json(self._transport.request(Call("POST", _golds_of(type), body=body)))

    def delete(self, type: str, id: str) -> None:
        """Retires a gold: workers do not get it any more."""
        self._transport.request(Call("DELETE", f"{_golds_of(type)}/{segment(id)}"))


def _golds_of(type: str) -> str:
    return f"/task_types/{segment(type)}/golds"


class UsageReports:
    """Usage and spending."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(
        self,
        *,
        period: UsagePeriod | None = None,
        start_date: date | str | None = None,
        end_date: date | str | None = None,
    ) -> Usage:
        """Tasks by status, completion times in seconds, and sats spent, paid and refunded.

        The dates are days, or moments, such as ``date(2026, 1, 31)`` or ``"2026-01-31"``.
        """
        query = {"period": period, "start_date": start_date, "end_date": end_date}
        return Usage.from_json(self._transport.request(Call("GET", "/usage", query=query)))


class Balances:
    """The balance."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Balance:
        """The available balance and the amount held by open tasks, in sats."""
        return Balance.from_json(self._transport.request(Call("GET", "/balance")))


class Deposits:
    """Deposits over Lightning."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, amount_sats: int) -> Deposit:
        """Creates an invoice to pay. In test mode play sats arrive immediately."""
        body = body_of(amount_sats=amount_sats)
        return Deposit.from_json(self._transport.request(Call("POST", "/deposits", body=body)))

    def get(self, id: str) -> Deposit:
        """The current state; queries the Lightning rail while unpaid."""
        call = Call("GET", f"/deposits/{segment(id)}")
        return Deposit.from_json(self._transport.request(call))

    def list(self, *, limit: int | None = None, after: str | None = None) -> Page[Deposit]:
        """The newest first."""
        query = {"limit": limit, "after": after}
        return self._transport.paged(Deposit, Call("GET", "/deposits", query=query))
