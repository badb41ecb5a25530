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
