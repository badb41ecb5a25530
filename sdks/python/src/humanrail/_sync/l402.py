# Written by scripts/make_sync.py; do not edit.
"""Paying for tasks by L402."""

from __future__ import annotations

from .._errors import HumanRailError
from .._l402 import L402, authorization_by, checked_token
from .._request import Call
from ..types import L402Purchase
from .transport import Transport


class L402Purchases:
    """The tokens of a client that pays by L402, and what they paid for."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def token_for(self, task_id: str) -> str | None:
        """The token of a task that this client created or was given, a secret; None if there
        is none."""
        return self._l402.token_for(task_id)

    def use_token(self, task_id: str, token: str) -> None:
        """Lets this client read and cancel a task that was paid for elsewhere, such as before a
        restart."""
        self._l402.keep(task_id, checked_token(token))

    def purchase(self, task_id: str) -> L402Purchase:
        """What was paid for a task, and its refund."""
        return self.purchase_by_token(self._l402.token_of(task_id))

    def purchase_by_token(self, token: str) -> L402Purchase:
        """The same by token, for a payment without a task."""
        headers = {"authorization": authorization_by(checked_token(token))}
        call = Call("GET", "/l402", headers=headers)
        return L402Purchase.from_json(self._transport.request(call))

    @property
    def _l402(self) -> L402:
        l402 = self._transport.settings.l402
        if l402 is None:
            raise HumanRailError("This client pays by its API key; make one with l402=L402(…).")
        return l402
