// Inngest: a function that sleeps until a person has answered, and the handler that wakes it. Here the
// function runs in Inngest's own test engine; serve it as you serve your others.
import { HumanRail } from '@humanrail/sdk';
import { askHuman, inngestEvent, TASK_UPDATED } from '@humanrail/sdk/inngest';
import { InngestTestEngine, mockCtx } from '@inngest/test';
import { Inngest } from 'inngest';
import { z } from 'zod';

const client = new HumanRail();
const inngest = new Inngest({ id: 'shop', isDev: true });

export const refund = inngest.createFunction(
  { id: 'refund', triggers: [{ event: 'shop/refund.requested' }] },
  async ({ event, step, runId }) => {
    const { value } = await askHuman(step, client, 'Does this refund meet the policy?', {
      payload: event.data,
      returns: z.object({ approved: z.boolean() }),
      key: `refund:${runId}`,
    });
    return value.approved ? 'refunded' : 'denied';
  },
);

/** Where HumanRail's webhooks arrive. */
export async function webhook(request: Request): Promise<Response> {
  const event = inngestEvent({
    payload: await request.text(),
    signature: request.headers.get('x-humanrail-signature'),
    secret: process.env.HUMANRAIL_WEBHOOK_SECRET,
  });
  if (event) await inngest.send(event);
  return new Response('ok');
}

const engine = new InngestTestEngine({
  function: refund,
  events: [{ name: 'shop/refund.requested', data: { order: 'o-1', amount: 12.5 } }],
  transformCtx: (raw) => {
    const ctx = mockCtx(raw);
    // In place of the webhook, since the test engine does not wait.
    ctx.step.waitForEvent = (async () => ({ name: TASK_UPDATED })) as never;
    return ctx;
  },
});
const { result } = await engine.execute();
console.log(result);
