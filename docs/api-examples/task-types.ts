// client
import { HumanRail } from '@humanrail/sdk';

const client = new HumanRail();

// task_types.put
const saved = await client.taskTypes.put('shop.refund_check', {
  title: 'Refund check',
  instructions: 'Compare the request with the policy.',
  outputSchema: {
    type: 'object',
    required: ['eligible'],
    properties: { eligible: { type: 'boolean' } },
  },
  payoutSats: 300,
  slaSeconds: 600,
});
console.log(saved.type, saved.version);

// golds.create
const gold = await client.golds.create('shop.refund_check', {
  payload: { request: 'The parcel came broken.', policy: 'Broken goods are refunded.' },
  expectedOutput: { eligible: true },
  explanation: 'The policy covers broken goods.',
});
console.log(gold.id);

// golds.list
const golds = await client.golds.list('shop.refund_check');
for (const { payload, served, correct } of golds.data) console.log(payload, served, correct);

// golds.delete
await client.golds.delete('shop.refund_check', gold.id);

// task_types.list
const types = await client.taskTypes.list({ limit: 10 });
for (const { type, title, shipped } of types.data) console.log(type, title, shipped);

// task_types.delete
await client.taskTypes.delete('shop.refund_check');
