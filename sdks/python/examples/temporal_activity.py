"""A Temporal workflow that asks a person.

pip install 'humanrail[temporal]'
Run as a script it shows the activity alone, in Temporal's test environment, without a server.
"""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.testing import ActivityEnvironment

with workflow.unsafe.imports_passed_through():
    from humanrail import AsyncHumanRail
    from humanrail.temporal import HumanActivities, HumanAnswer, HumanQuestion


@workflow.defn
class RefundWorkflow:
    @workflow.run
    async def run(self, order_id: str) -> bool:
        answer: HumanAnswer = await workflow.execute_activity_method(
            HumanActivities.ask_human,
            question_of(order_id),
            start_to_close_timeout=timedelta(minutes=15),
            heartbeat_timeout=timedelta(minutes=1),
        )
        return bool(answer.value)


def question_of(order_id: str) -> HumanQuestion:
    return HumanQuestion(
        "Approve this refund?",
        payload={"order_id": order_id},
        returns={"type": "boolean"},
        sla_seconds=600,
    )


async def main() -> None:
    async with AsyncHumanRail() as client:
        # With a server: Worker(…, workflows=[RefundWorkflow], activities=[activities.ask_human])
        activities = HumanActivities(client)
        answer = await ActivityEnvironment().run(activities.ask_human, question_of("o-1"))
        print("Approved:", answer.value)


if __name__ == "__main__":
    asyncio.run(main())
