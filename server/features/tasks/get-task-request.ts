import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { visibleTo } from './access';
import { CreateTask } from './schema';

/**
 * The request that recreates a task: with all defaults filled in, and without the idempotency key,
 * which would return the same task.
 * @throws NotFound
 */
export async function getTaskRequest(actor: Actor, id: string): Promise<CreateTask> {
  const row = isUuid(id)
    ? await db.task.findFirst({ where: { AND: [visibleTo(actor), { id }] } })
    : null;
  if (!row) throw new NotFound('task', id);
  const metadata = metadataForCreate(row.metadata as Record<string, unknown>);
  const timeout = row.onTimeout as { action: string };
  return CreateTask.parse({
    type: row.type,
    payload: row.payload,
    output_schema: row.outputSchema,
    payout_sats: satsToNumber(row.payoutSats),
    sla_seconds: row.slaSeconds,
    skills_required: row.skillsRequired,
    risk_tier: row.riskTier,
    redundancy: {
      min_votes: row.minVotes,
      max_votes: row.maxVotes,
      target_confidence: row.targetConfidence,
      vote_value: row.voteValue,
    },
    on_low_confidence: row.onLowConfidence,
    ...(row.instructions ? { instructions: row.instructions } : {}),
    ...(row.callbackUrl ? { callback_url: row.callbackUrl } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(row.agentGuess ? { agent_guess: row.agentGuess } : {}),
    ...(timeout.action === 'expire' ? {} : { on_timeout: timeout }),
    ...(row.sandbox ? { sandbox: row.sandbox } : {}),
  });
}

/** Metadata in a create's format; documents, which v0 allows, are omitted. */
function metadataForCreate(metadata: Record<string, unknown>): Record<string, unknown> {
  const { metadata: schema } = CreateTask.shape;
  return Object.fromEntries(
    Object.entries(metadata).filter(([key, value]) => schema.safeParse({ [key]: value }).success),
  );
}
