"""People in the OpenAI Agents SDK."""

from __future__ import annotations

from typing import Any

import pytest
from agents import Agent, RunConfig, Runner, ToolCallOutputItem, function_tool
from agents.testing import ScriptedModel, assistant_message, function_call
from api_server import ApiServer, json_answer, task
from conftest import FakeClock, Kind

import humanrail
from humanrail.openai_agents import ask_human, decide_approvals

QUIET = RunConfig(tracing_disabled=True)


def agent_of(tools: list[Any], *calls: Any) -> Agent[Any]:
    steps = [[call] for call in calls]
    return Agent(name="A", model=ScriptedModel([*steps, [assistant_message("Done.")]]), tools=tools)


def outputs(result: Any) -> list[Any]:
    return [one.output for one in result.new_items if isinstance(one, ToolCallOutputItem)]


@pytest.fixture
def awaited(server: ApiServer) -> Any:
    kind = Kind(True, server)
    yield kind
    kind.close()


def test_the_model_asks_a_person(awaited: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task("verified", output={"answer": "Yes"})))
    tool = ask_human(awaited.client(), payout_sats=700)
    agent = agent_of([tool], function_call("ask_human", {"question": "Is it?"}, call_id="c"))
    result = awaited.run(Runner.run(agent, "Go.", run_config=QUIET))
    assert outputs(result) == ["Yes"]
    assert server.requests[0].body["payout_sats"] == 700


def test_the_model_reads_what_failed(awaited: Kind, server: ApiServer) -> None:
    server.answer_with(json_answer(201, task("expired")))
    agent = agent_of(
        [ask_human(awaited.client())],
        function_call("ask_human", {"question": "Is it?"}, call_id="c"),
        function_call("ask_human", {"question": " "}, call_id="d"),
    )
    result = awaited.run(Runner.run(agent, "Go.", run_config=QUIET))
    assert outputs(result)[0].startswith("TaskExpiredError: Task 01 ended as expired")
    assert "The question is empty" in outputs(result)[1]


def test_asking_can_need_an_approval_itself(awaited: Kind) -> None:
    tool = ask_human(awaited.client(), needs_approval=True)
    agent = agent_of([tool], function_call("ask_human", {"question": "Is it?"}, call_id="c"))
    result = awaited.run(Runner.run(agent, "Go.", run_config=QUIET))
    assert [one.name for one in result.interruptions] == ["ask_human"]


@pytest.mark.parametrize(
    ("ended", "output"),
    [
        (task("verified", output={"approved": True}), "Refunded."),
        (
            task("verified", output={"approved": False, "reason": "Too late."}),
            "A person denied this call. Too late.",
        ),
        (task("expired"), "A person denied this call. Task 01 ended as expired."),
    ],
)
def test_people_decide_on_the_calls_that_a_run_stopped_at(
    awaited: Kind, server: ApiServer, ended: dict[str, Any], output: str
) -> None:
    @function_tool(needs_approval=True)
    def issue_refund(order_id: str) -> str:
        return "Refunded."

    server.answer_with(json_answer(201, ended))
    client = awaited.client()
    call = function_call("issue_refund", {"order_id": "o-1"}, call_id="call-1")
    agent = agent_of([issue_refund], call)
    result = awaited.run(Runner.run(agent, "Go.", run_config=QUIET))
    state = awaited.run(decide_approvals(client, result, sla_seconds=60))
    result = awaited.run(Runner.run(agent, state, run_config=QUIET))
    assert outputs(result) == [output]
    assert result.final_output == "Done."
    body = server.requests[0].body
    assert body["payload"] == {
        "question": "Allow the call of issue_refund?",
        "tool": "issue_refund",
        "arguments": {"order_id": "o-1"},
    }
    assert (body["idempotency_key"], body["sla_seconds"]) == ("approval:call-1", 60)


def test_a_decision_that_is_still_open_is_no_denial(
    awaited: Kind, server: ApiServer, clock: FakeClock
) -> None:
    @function_tool(needs_approval=True)
    def issue_refund(order_id: str) -> str:
        return "Refunded."

    server.answer_with(json_answer(201, task()))
    call = function_call("issue_refund", {"order_id": "o-1"}, call_id="call-1")
    agent = agent_of([issue_refund], call)
    result = awaited.run(Runner.run(agent, "Go.", run_config=QUIET))
    with pytest.raises(humanrail.TaskTimeoutError):
        awaited.run(decide_approvals(awaited.client(), result, timeout=5))
