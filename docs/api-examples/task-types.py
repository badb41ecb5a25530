# client
from humanrail import HumanRail

client = HumanRail()

# task_types.put
saved = client.task_types.put(
    "refund_check",
    title="Refund check",
    instructions="Compare the request with the policy.",
    output_schema={
        "type": "object",
        "required": ["eligible"],
        "properties": {"eligible": {"type": "boolean"}},
    },
    payout_sats=300,
    sla_seconds=600,
)
print(saved.type, saved.version)

# golds.create
gold = client.golds.create(
    "refund_check",
    payload={"request": "The parcel came broken.", "policy": "Broken goods are refunded."},
    expected_output={"eligible": True},
    explanation="The policy covers broken goods.",
)
print(gold.id)

# golds.list
for one in client.golds.list("refund_check").data:
    print(one.payload, one.served, one.correct)

# golds.delete
client.golds.delete("refund_check", gold.id)

# task_types.list
for task_type in client.task_types.list(limit=10).data:
    print(task_type.type, task_type.title, task_type.shipped)

# task_types.delete
client.task_types.delete("refund_check")
