"""Tools for any model that calls tools: definitions in plain JSON Schema, and what runs the calls.

>>> from humanrail import HumanRail
>>> from humanrail.tools import HumanTools
>>> tools = HumanTools(HumanRail())  # doctest: +SKIP
>>> messages += [tools.run(call) for call in message.tool_calls]  # doctest: +SKIP
"""

from ._async.tools import AsyncHumanTools
from ._sync.tools import HumanTools
from ._tools import ToolDefinition

__all__ = ["AsyncHumanTools", "HumanTools", "ToolDefinition"]
