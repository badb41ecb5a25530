import { HumanRail } from '../src/index.js';

/** A program that asks one question, to be killed while it waits and run again. */
const [run = ''] = process.argv.slice(2);

const client = new HumanRail({
  fetch: async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method === 'POST') process.stdout.write('created\n');
    return response;
  },
});
const { value, task } = await client.ask('Approve this refund?', {
  payload: { run },
  metadata: { run },
  returns: {
    type: 'object',
    required: ['approved'],
    properties: { approved: { type: 'boolean' } },
  },
});
process.stdout.write(`${JSON.stringify({ id: task.id, value })}\n`);
