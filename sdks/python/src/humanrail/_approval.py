"""Asking a person before a tool is called."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from ._ask import Answer
from ._errors import ApprovalDeniedError, HumanRailError

P = ParamSpec("P")
R = TypeVar("R")

#: Which kind of function a client guards.
SYNC, ASYNC = False, True

#: A function that an agent may call, as the blocking client guards it.
Tool = Callable[P, R]
#: The same as the asynchronous client guards it.
AsyncTool = Callable[P, Coroutine[Any, Any, R]]

APPROVAL_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["approved"],
    "properties": {
        "approved": {"type": "boolean", "title": "Approve"},
        "reason": {"type": "string", "title": "Reason"},
    },
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Approval:
    """How one tool's calls are approved."""

    tool: str
    question: str | Callable[..., str] | None
    key: str | Callable[..., str] | None
    hide: frozenset[str]
    signature: inspect.Signature

    @classmethod
    def of(
        cls,
        function: Callable[..., Any],
        *,
        question: str | Callable[..., str] | None,
        key: str | Callable[..., str] | None,
        hide: Sequence[str],
        is_async: bool,
    ) -> Approval:
        """Raises HumanRailError if the function is for the other kind of client."""
        if not callable(function):
            kind = type(function).__name__
            raise HumanRailError(f"require_approval guards functions, not {kind}.")
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise HumanRailError("require_approval guards functions, not generators.")
        if inspect.iscoroutinefunction(function) is not is_async:
            wanted, kind = ("HumanRail", "plain") if is_async else ("AsyncHumanRail", "async")
            raise HumanRailError(
                f"{_name(function)} is a {kind} function: guard it by a client of {wanted}."
            )
        names = frozenset([hide] if isinstance(hide, str) else hide)
        return cls(_name(function), question, key, names, inspect.signature(function))

    def ask(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments for `ask`; raises TypeError for invalid arguments, like the tool."""
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return {
            "question": _made(self.question, args, kwargs) or approval_question(self.tool),
            "payload": {"tool": self.tool, "arguments": self._shown(bound.arguments)},
            "returns": APPROVAL_SCHEMA,
            # New for each call, so that an approval is never used twice.
            "key": _made(self.key, args, kwargs) or f"approval:{uuid.uuid4()}",
        }

    def check(self, answer: Answer[Any]) -> None:
        """Raises ApprovalDeniedError unless the call was approved."""
        approved, reason = is_approved(answer)
        if approved:
            return
        words = f": {reason}" if reason else "."
        raise ApprovalDeniedError(
            f"The call of {self.tool} was denied{words}", task=answer.task, reason=reason
        )

    def _shown(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for index, (name, value) in enumerate(arguments.items()):
            if name in self.hide or (index == 0 and name in ("self", "cls")):
                continue
            if self.signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
                shown.update({key: one for key, one in value.items() if key not in self.hide})
            else:
                shown[name] = value
        return shown


def approval_question(tool: str) -> str:
    """The question about a call."""
    return f"Allow the call of {tool}?"


def is_approved(answer: Answer[Any]) -> tuple[bool, str | None]:
    """The decision, and its reason."""
    given: dict[str, Any] = answer.value if isinstance(answer.value, dict) else {}
    return given.get("approved") is True, given.get("reason") or None


def _made(given: str | Callable[..., str] | None, args: Any, kwargs: Any) -> str | None:
    return given(*args, **kwargs) if callable(given) else given


def _name(function: Callable[..., Any]) -> str:
    name: str = getattr(function, "__name__", type(function).__name__)
    return name
