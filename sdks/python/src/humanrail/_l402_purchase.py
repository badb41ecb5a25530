"""What was paid for a task by L402."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ._model import Model


@dataclass(frozen=True, kw_only=True)
class L402Refund(Model):
    """What a task did not cost comes back."""

    status: Literal["none", "waiting", "ready", "sending", "paid"]
    """`waiting` while the task has not ended, `none` where nothing is left over, `ready` to be
    claimed by its `lnurl`; then `sending`, and `paid`.
    """
    amount_sats: int
    lnurl: str | None
    """An LNURL-withdraw, which any Lightning wallet can claim: a secret like the token."""


@dataclass(frozen=True, kw_only=True)
class L402Purchase(Model):
    """What was paid for a task, what the task cost, and what became of the rest."""

    id: str
    object: Literal["l402_purchase"]
    amount_sats: int
    """What the invoice asked for: the most that the task could cost."""
    received_sats: int
    """What came in."""
    payment_hash: str
    task_id: str | None
    """None where no task was created for it yet."""
    charged_sats: int | None
    """What the task cost; None until it has ended."""
    refund: L402Refund
    created_at: datetime
    paid_at: datetime | None
