"""A LangGraph graph whose node waits for a person: the simplest form.

pip install 'humanrail[langgraph]'
"""

from typing import Literal, TypedDict

from langgraph.graph import END, START, StateGraph

from humanrail import HumanRail
from humanrail.langgraph import human_node


class State(TypedDict, total=False):
    text: str
    mood: str


builder = StateGraph(State)
builder.add_node(
    "mood",
    human_node(
        HumanRail(),
        "What is the mood of this message?",
        payload=lambda state: {"text": state["text"]},
        returns=Literal["angry", "calm", "happy"],
        into="mood",
        blocking=True,
    ),
)
builder.add_edge(START, "mood")
builder.add_edge("mood", END)

if __name__ == "__main__":
    print("Mood:", builder.compile().invoke(State(text="Where is my order?!"))["mood"])
