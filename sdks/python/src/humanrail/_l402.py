"""Paying for tasks by L402: challenges, limits, and tokens."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ._errors import HumanRailError, L402Error

_HASH = re.compile(r"[0-9a-fA-F]{64}")
_MACAROON = re.compile(r"[A-Za-z0-9_+/=-]+")
_TOKEN = re.compile(r"[A-Za-z0-9_+/=-]+:[0-9a-fA-F]{64}")
_AMOUNT = re.compile(r"ln[a-z]+([1-9][0-9]*)([munp]?)")

#: Tenths of a millisat that one unit of a BOLT11 amount is worth, by its multiplier.
_TENTHS = {"": 10**12, "m": 10**9, "u": 10**6, "n": 1000, "p": 1}

#: A task's own calls, which its token opens: the task itself, its events, and its end.
_OF_TASK = re.compile(r"/tasks/([^/]+)(?:/(?:events|cancel))?")

_ADVICE = (
    "The task is paid for: create it with l402_token=error.token, or see "
    "client.l402.purchase_by_token(error.token) for a refund."
)


@dataclass(frozen=True, kw_only=True)
class L402Challenge:
    """The payment requested by the API before it creates a task."""

    #: The BOLT11 invoice to pay.
    invoice: str
    #: What the invoice asks for, in sats: the most that the task can cost.
    amount_sats: int
    #: The part of it for workers, in sats.
    payout_sats: int | None
    #: The instance's part, in sats.
    fee_sats: int | None
    #: 64 hex digits: the SHA-256 of the preimage that paying gives.
    payment_hash: str
    #: When the invoice expires, ISO 8601.
    expires_at: str | None
    #: Half of the token, so it is kept out of anything that is printed.
    macaroon: str = field(repr=False)

    def token(self, preimage: str) -> str:
        """The token that paying buys, a bearer secret.

        `preimage` is 64 hex digits, as returned by the wallet; raises L402Error if it does not
        belong to this invoice.
        """
        if not isinstance(preimage, str) or not _HASH.fullmatch(preimage):
            raise L402Error(
                "The preimage of a payment is 64 hex digits, and this is none; "
                "look at what pay gives.",
                challenge=self,
            )
        if hashlib.sha256(bytes.fromhex(preimage)).hexdigest() != self.payment_hash:
            raise L402Error(
                "This is not the preimage of the invoice: its SHA-256 is not the invoice's "
                "payment hash.",
                challenge=self,
            )
        return f"{self.macaroon}:{preimage.lower()}"


#: Pays the challenge's invoice and returns the preimage, 64 hex digits, that the payment revealed.
#: AsyncHumanRail takes a coroutine function as well.
PayInvoice = Callable[[L402Challenge], str | Awaitable[str]]

#: Sends a create, with its retries, by this authorization.
Send = Callable[[str | None], dict[str, Any]]
AsyncSend = Callable[[str | None], Awaitable[dict[str, Any]]]


class L402:
    """How a client without an API key pays for tasks, and the tokens that it has.

    Args:
        max_sats: What one task may cost at most, in sats. A larger challenge is rejected, not paid.
        pay: Pays an invoice: see PayInvoice. Without it a client only uses tokens, and a create
            without one raises L402Error with its challenge.

    Raises:
        HumanRailError: `pay` has no `max_sats`, or either is invalid.
    """

    def __init__(self, *, max_sats: int | None = None, pay: PayInvoice | None = None) -> None:
        if pay is not None and not callable(pay):
            raise HumanRailError(
                "pay must be a function that pays an invoice and gives its preimage."
            )
        is_limit = isinstance(max_sats, int) and not isinstance(max_sats, bool) and max_sats > 0
        if pay is not None if max_sats is None else not is_limit:
            raise HumanRailError(
                "max_sats is what one task may cost at most, a whole number of sats from 1, "
                f"not {max_sats!r}."
            )
        self._max_sats = max_sats
        self._pay = pay
        self._tokens: dict[str, str] = {}

    def assert_is_for(self, *, is_async: bool) -> None:
        """Raises HumanRailError if this kind of client cannot await `pay`."""
        if not is_async and inspect.iscoroutinefunction(self._pay):
            raise HumanRailError("pay is a coroutine function, which only AsyncHumanRail awaits.")

    def authorization(self, method: str, path: str) -> str | None:
        """A call's authorization; None for a create that must be paid first.

        Raises HumanRailError if no token opens the call.
        """
        if (method, path) == ("POST", "/tasks"):
            return None
        of_task = _OF_TASK.fullmatch(path)
        if of_task is None:
            raise HumanRailError(
                f"{method} {path} needs an API key: a client that pays by L402 creates, reads and "
                "cancels single tasks."
            )
        return authorization_by(self.token_of(unquote(of_task[1])))

    def token_for(self, task_id: str) -> str | None:
        """The token of a task, if there is one."""
        return self._tokens.get(task_id)

    def token_of(self, task_id: str) -> str:
        """The token of a task; raises HumanRailError if there is none."""
        token = self._tokens.get(task_id)
        if token is None:
            raise HumanRailError(
                f"There is no token for task {task_id}: give it back to this client by "
                "client.l402.use_token(task_id, token)."
            )
        return token

    def keep(self, task_id: str, token: str) -> None:
        """Stores the token of a task."""
        self._tokens[task_id] = token

    def payer_of(self, challenge: L402Challenge) -> PayInvoice:
        """What pays a challenge; raises L402Error if it is not to be paid."""
        if self._pay is None or self._max_sats is None:
            raise L402Error(
                f"The task costs {challenge.amount_sats} sats, and this client has no way to pay: "
                "pass pay and max_sats to L402(), or pay error.challenge yourself and create with "
                "l402_token=error.challenge.token(preimage).",
                challenge=challenge,
            )
        if challenge.amount_sats > self._max_sats:
            raise L402Error(
                f"Not paid: the task costs {challenge.amount_sats} sats, which is over max_sats, "
                f"{self._max_sats}.",
                challenge=challenge,
            )
        return self._pay

    def __repr__(self) -> str:
        return f"L402(max_sats={self._max_sats})"


def millisats_in(invoice: str) -> float | None:
    """What a BOLT11 invoice asks for, in millisats, by its human-readable part (``lnbc1050n``):
    what stands before the last ``1``. None if it names no amount, or is no invoice."""
    found = _AMOUNT.fullmatch(invoice.lower().rpartition("1")[0])
    if found is None:
        return None
    tenths = int(found[1]) * _TENTHS[found[2]]
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def challenge_in(failure: HumanRailError) -> L402Challenge | None:
    """The challenge that a refused create carries; None if it is another refusal.

    Raises L402Error if it must not be paid.
    """
    if failure.code != "l402_payment_required":
        return None
    details: dict[str, Any] = failure.details if isinstance(failure.details, dict) else {}
    invoice, macaroon = details.get("invoice"), details.get("macaroon")
    payment_hash, amount_sats = details.get("payment_hash"), _whole(details.get("amount_sats"))
    if not (
        isinstance(invoice, str)
        and isinstance(macaroon, str)
        and _MACAROON.fullmatch(macaroon)
        and isinstance(payment_hash, str)
        and _HASH.fullmatch(payment_hash)
        and amount_sats is not None
    ):
        raise L402Error(
            "The API asks to be paid, and does not say how: invoice, macaroon, payment_hash or "
            "amount_sats is missing. Is a proxy in between?"
        )
    expires_at = details.get("expires_at")
    challenge = L402Challenge(
        invoice=invoice,
        amount_sats=amount_sats,
        payout_sats=_whole(details.get("payout_sats")),
        fee_sats=_whole(details.get("fee_sats")),
        payment_hash=payment_hash.lower(),
        expires_at=expires_at if isinstance(expires_at, str) else None,
        macaroon=macaroon,
    )
    asked = millisats_in(invoice)
    if asked != amount_sats * 1000:
        said = "names no amount" if asked is None else f"is over {asked / 1000:g} sats"
        raise L402Error(
            f"Not paid: the API says that the task costs {amount_sats} sats, "
            f"and its invoice {said}.",
            challenge=challenge,
        )
    return challenge


def failed_after_payment(
    failure: HumanRailError, token: str, challenge: L402Challenge | None
) -> L402Error:
    """The error of a create that failed after its payment."""
    names = ("status", "type", "code", "param", "doc_url", "request_id", "retry_after_seconds")
    facts: dict[str, Any] = {name: getattr(failure, name) for name in names}
    facts |= {"challenge": challenge, "token": token}
    # Without details and cause, which would expose another challenge's macaroon.
    if failure.code == "l402_payment_required":
        words = "The API asks to be paid again for what is paid; nothing more was."
        return L402Error(f"{words} {_ADVICE}", **facts)
    words = failure.message
    # The API's messages about tokens already say what to do.
    message = words if "l402" in (failure.code or "") else f"{words} {_ADVICE}"
    error = L402Error(message, details=failure.details, **facts)
    error.__cause__ = failure
    return error


def authorization_by(token: str) -> str:
    """The header that a token is sent in."""
    return f"L402 {token}"


def checked_token(token: str) -> str:
    """A token that has the form of one; raises HumanRailError otherwise."""
    if isinstance(token, str) and _TOKEN.fullmatch(token):
        return token
    raise HumanRailError(
        "This is no L402 token: it is the macaroon, a colon, and the 64 hex digits of the preimage."
    )


def settled(value: Any) -> Any:
    """The result of `pay`."""
    return value


async def async_settled(value: Any) -> Any:
    """Same, awaited if necessary."""
    return await value if inspect.isawaitable(value) else value


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
