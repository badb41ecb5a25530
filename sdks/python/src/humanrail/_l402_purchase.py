"""What an L402 token has bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from ._model import Model

L402RefundStatus: TypeAlias = Literal[
    "none",
    "waiting",
    "ready",
    "sending",
    "paid",
]
"""`waiting`: the task has not ended. `none`: nothing was left over. `ready`: any Lightning wallet
can claim it by `lnurl`. `sending`: it was claimed and is on its way. `paid`: it has arrived.
"""


@dataclass(frozen=True, kw_only=True)
class L402Purchase(Model):
    """A task that is paid for by Lightning, without an API key."""

    object: Literal["l402_purchase"]
    id: str
    amount_sats: int
    """What its invoice is over: the most that the task can cost."""
    received_sats: int | None
    """What came in; null until it has."""
    payment_hash: str
    """Of its invoice, 64 hexadecimal digits."""
    task_id: str | None
    """Null until the task is created."""
    charged_sats: int | None
    """What the task has cost, the fee included; null until it is created."""
    refund: L402Refund
    created_at: datetime
    paid_at: datetime | None
    """When it came in; null until it has."""


@dataclass(frozen=True, kw_only=True)
class L402Refund(Model):
    """What was paid and not charged comes back."""

    status: L402RefundStatus
    amount_sats: int
    """What comes back, or has; 0 while that is not known."""
    lnurl: str | None
    """An LNURL-withdraw, in capital letters, as QR codes want it; null unless `ready`."""
