"""Time and randomness, in one place, so that tests can replace them."""

from __future__ import annotations

import asyncio
import random as _random
import time

monotonic = time.monotonic
now = time.time
sleep = time.sleep
async_sleep = asyncio.sleep
random = _random.random
