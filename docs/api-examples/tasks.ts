// client
import { HumanRail } from '@humanrail/sdk';

const client = new HumanRail();

// tasks.create
const task = await client.tasks.create({
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  outputSchema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payoutSats: 500,
  slaSeconds: 300,
  skillsRequired: ['content_review'],
});
console.log(task.id, task.status);

// tasks.get
const done = await client.tasks.get(task.id, { wait: 60 });
console.log(done.status, done.output, done.confidence);

// tasks.list
const page = await client.tasks.list({ status: 'verified', type: 'content_review', limit: 10 });
for (const { id, output } of page.data) console.log(id, output);

// tasks.create_batch
const results = await client.tasks.createBatch([
  { type: 'content_review', payload: { content: 'Arrived on time.' }, payoutSats: 300 },
  { type: 'content_review', payload: { content: 'BUY NOW!!!' }, payoutSats: 300 },
]);
for (const { status, task, error } of results) console.log(status, task?.id ?? error?.message);

// tasks.cancel
const slow = await client.tasks.create({
  type: 'content_review',
  payload: { content: 'Great product, 5 stars!' },
  payoutSats: 300,
  sandbox: { delaySeconds: 300 },
});
const cancelled = await client.tasks.cancel(slow.id);
console.log(cancelled.status);

// tasks.events
for (const { sequence, type, status } of await client.tasks.events(slow.id)) {
  console.log(sequence, type, status);
}

// tasks.receipt
const receipt = await client.tasks.receipt(slow.id);
console.log(receipt.status, receipt.signature.public_key);

// quotes.create
const quote = await client.quotes.create({
  type: 'content_review',
  payload: { content: 'Great product, 5 stars!' },
  payoutSats: 500,
});
console.log(quote.costSats.held, quote.eligibleWorkers, quote.expectedSeconds.p50);
