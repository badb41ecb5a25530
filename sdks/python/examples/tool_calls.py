"""Any model that calls tools: the definitions to pass to it, and what carries its calls out.

pip install humanrail
The call below stands for one that a model answered with.
"""

from humanrail import HumanRail
from humanrail.tools import HumanTools

if __name__ == "__main__":
    tools = HumanTools(HumanRail(), payout_sats=300)
    print("Tools:", ", ".join(tool["name"] for tool in tools.anthropic()))

    call = {
        "type": "tool_use",
        "id": "toolu_1",
        "name": "ask_human",
        "input": {"question": "Is this a cat?", "schema": {"type": "boolean"}},
    }
    print("Result:", tools.run(call))
