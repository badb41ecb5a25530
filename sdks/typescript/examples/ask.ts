// One awaited question, with its answer typed and judged by zod.
import { HumanRail, TaskExpiredError } from '@humanrail/sdk';
import { z } from 'zod';

const client = new HumanRail();

try {
  const { value, confidence } = await client.ask('Does this refund meet the policy?', {
    payload: { order: 'o-1', amount: 12.5, reason: 'It arrived broken.' },
    returns: z.object({ approved: z.boolean(), reason: z.string().optional() }),
    slaSeconds: 600,
  });
  console.log(value.approved ? 'approved' : 'denied', value.reason ?? '', confidence);
} catch (error) {
  if (!(error instanceof TaskExpiredError)) throw error;
  console.log(`Nobody answered in time: ${error.task.id}`);
}
