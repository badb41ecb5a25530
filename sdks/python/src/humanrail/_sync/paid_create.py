# Written by scripts/make_sync.py; do not edit.
"""A create that is paid for by L402."""

from __future__ import annotations

from typing import Any

from .._errors import HumanRailError, L402Error
from .._l402 import (
    L402,
    L402Challenge,
    Send,
    authorization_by,
    challenge_in,
    checked_token,
    failed_after_payment,
    settled,
)


def paid_create(l402: L402, given: str | None, send: Send) -> dict[str, Any]:
    """Creates a task with the given token, or else with one paid for now, once.

    Raises L402Error, with the token, if the create fails after the payment.
    """
    challenge = None
    if given is None:
        try:
            return send(None)
        except HumanRailError as error:
            refusal = error
        # Outside the handler, so that a handled refusal is not an error's context.
        challenge = challenge_in(refusal)
        if challenge is None:
            raise refusal
        token = _paid(l402, challenge)
    else:
        token = checked_token(given)
    try:
        task = send(authorization_by(token))
    except HumanRailError as error:
        failure = error
    else:
        l402.keep(str(task.get("id")), token)
        return task
    raise failed_after_payment(failure, token, challenge)


def _paid(l402: L402, challenge: L402Challenge) -> str:
    pay = l402.payer_of(challenge)
    try:
        preimage = settled(pay(challenge))
    except Exception as error:
        raise L402Error(
            "pay failed, so the task was not created. If the wallet has paid all the same, create "
            "with l402_token=error.challenge.token(preimage).",
            challenge=challenge,
        ) from error
    return challenge.token(preimage)
