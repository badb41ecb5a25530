"""An agent of the OpenAI Agents SDK that asks people, and whose refunds people approve.

pip install 'humanrail[openai-agents]'
A scripted model takes the model's part, so that it runs without a model's key.
"""

import asyncio

from agents import Agent, RunConfig, Runner, ToolCallOutputItem, function_tool
from agents.testing import ScriptedModel, assistant_message, function_call

from humanrail import AsyncHumanRail
from humanrail.openai_agents import ask_human, decide_approvals


@function_tool(needs_approval=True)
def issue_refund(order_id: str, amount: float) -> str:
    """Pays an order back."""
    return f"Refunded {amount} for {order_id}."


model = ScriptedModel(
    [
        [function_call("ask_human", {"question": "Is the item damaged?"}, call_id="call-1")],
        [function_call("issue_refund", {"order_id": "o-1", "amount": 12.5}, call_id="call-2")],
        [assistant_message("Done.")],
    ]
)


async def main() -> None:
    async with AsyncHumanRail() as client:
        agent = Agent(name="Support", model=model, tools=[ask_human(client), issue_refund])
        quiet = RunConfig(tracing_disabled=True)
        result = await Runner.run(agent, "Refund order o-1.", run_config=quiet)
        while result.interruptions:
            state = await decide_approvals(client, result)
            result = await Runner.run(agent, state, run_config=quiet)
        for item in result.new_items:
            if isinstance(item, ToolCallOutputItem):
                print("Tool:", item.output)
        print("Agent:", result.final_output)


if __name__ == "__main__":
    asyncio.run(main())
