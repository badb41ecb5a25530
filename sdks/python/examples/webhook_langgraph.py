"""A LangGraph graph that waits for a person without running, and is resumed by the webhook.

pip install 'humanrail[langgraph]' fastapi uvicorn
Serve the webhook with ``uvicorn webhook_langgraph:app``; run as a script it shows one round, with a
test key, where reading the task takes the webhook's part.
"""

import os
from typing import TypedDict

from fastapi import FastAPI, HTTPException, Request
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

from humanrail import HumanRail, WebhookSignatureError, parse_webhook_event
from humanrail.langgraph import ThreadBusyError, human_node, resume_thread


class State(TypedDict, total=False):
    order_id: str
    approved: bool
    outcome: str


def settle(state: State) -> State:
    return {"outcome": "refunded" if state["approved"] else "refused"}


client = HumanRail()
builder = StateGraph(State)
builder.add_node(
    "approve",
    human_node(
        client,
        lambda state: f"Approve the refund of {state['order_id']}?",
        payload=lambda state: {"order_id": state["order_id"]},
        returns=bool,
        into="approved",
        callback_url=os.environ.get("CALLBACK_URL"),
    ),
)
builder.add_node("settle", settle)
builder.add_edge(START, "approve")
builder.add_edge("approve", "settle")
builder.add_edge("settle", END)
# In production: a checkpointer that outlives the process.
graph = builder.compile(checkpointer=InMemorySaver())

app = FastAPI()


@app.post("/webhooks/humanrail")
async def handle_webhook(request: Request) -> dict[str, bool]:
    try:
        event = parse_webhook_event(
            payload=await request.body(),
            signature=request.headers.get("x-humanrail-signature"),
            secret=os.environ.get("HUMANRAIL_WEBHOOK_SECRET"),
        )
        resume_thread(graph, event)
    except WebhookSignatureError as error:
        raise HTTPException(status_code=401) from error
    except ThreadBusyError as error:
        raise HTTPException(status_code=503) from error
    return {"ok": True}


if __name__ == "__main__":
    thread: RunnableConfig = {"configurable": {"thread_id": "refund-o-1"}}
    state = graph.invoke(State(order_id="o-1"), thread)
    for interrupt in state.get("__interrupt__", ()):
        print("Waiting for task", interrupt.value["task_id"])
        ended = client.tasks.wait_for_completion(interrupt.value["task_id"])
        state = resume_thread(graph, ended)
    print("Outcome:", state["outcome"])
