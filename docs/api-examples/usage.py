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
