// client
import { HumanRail } from '@humanrail/sdk';

const client = new HumanRail();

// usage.get
const usage = await client.usage.get({ period: 'week' });
console.log(usage.total.tasks.verified, usage.total.spentSats);
for (const { startDate, tasks, p50CompletionSeconds } of usage.data) {
  console.log(startDate, tasks.created, p50CompletionSeconds);
}

// balance.get
const balance = await client.balance.get();
console.log(balance.availableSats, balance.heldSats);

// deposits.create
const deposit = await client.deposits.create({ amountSats: 50_000 });
console.log(deposit.status, deposit.invoice);

// deposits.get
const { status, receivedSats } = await client.deposits.get(deposit.id);
console.log(status, receivedSats);

// deposits.list
for await (const past of client.deposits.list({ limit: 10 })) {
  console.log(past.createdAt, past.amountSats, past.status);
}
