# client
from humanrail import HumanRail

client = HumanRail()

# usage.get
usage = client.usage.get(period="week")
print(usage.total.tasks.verified, usage.total.spent_sats)
for week in usage.data:
    print(week.start_date, week.tasks.created, week.p50_completion_seconds)

# balance.get
balance = client.balance.get()
print(balance.available_sats, balance.held_sats)

# deposits.create
deposit = client.deposits.create(amount_sats=50_000)
print(deposit.status, deposit.invoice)

# deposits.get
deposit = client.deposits.get(deposit.id)
print(deposit.status, deposit.received_sats)

# deposits.list
for past in client.deposits.list(limit=10).data:
    print(past.created_at, past.amount_sats, past.status)
