# client
from humanrail import HumanRail

client = HumanRail()

# tasks.create
task = client.tasks.create(
    type="content_review",
    payload={"text": "Is this review genuine?", "content": "Great product, 5 stars!"},
    output_schema={
        "type": "object",
        "required": ["verdict"],
        "properties": {
            "verdict": {"type": "string", "enum": ["genuine", "ai_generated", "uncertain"]},
            "notes": {"type": "string"},
        },
    },
    payout_sats=500,
    sla_seconds=300,
    skills_required=["content_review"],
)
print(task.id, task.status)

# tasks.get
task = client.tasks.get(task.id, wait=60)
print(task.status, task.output, task.confidence)

# tasks.list
page = client.tasks.list(status="verified", type="content_review", limit=10)
for task in page.data:
    print(task.id, task.output)

# tasks.create_batch
results = client.tasks.create_batch(
    [
        {"type": "content_review", "payload": {"content": "Arrived on time."}, "payout_sats": 300},
        {"type": "content_review", "payload": {"content": "BUY NOW!!!"}, "payout_sats": 300},
    ]
)
for result in results:
    print(result.status, result.task.id if result.task else result.error)

# tasks.cancel
task = client.tasks.create(
    type="content_review",
    payload={"content": "Great product, 5 stars!"},
    payout_sats=300,
    sandbox={"delay_seconds": 300},
)
task = client.tasks.cancel(task.id)
print(task.status)

# tasks.events
for event in client.tasks.events(task.id):
    print(event.sequence, event.type, event.status)

# tasks.receipt
receipt = client.tasks.receipt(task.id)
print(receipt.status, receipt.signature.public_key)

# quotes.create
quote = client.quotes.create(
    type="content_review",
    payload={"content": "Great product, 5 stars!"},
    payout_sats=500,
)
print(quote.cost_sats.held, quote.eligible_workers, quote.expected_seconds.p50)
