import type { Prisma, Task as TaskRow } from '@/prisma/generated/client';
import { hashJson } from '@/server/platform/crypto';
import type { Tx } from '@/server/platform/db';
import { newIdAt } from '@/server/platform/ids';
import { insertTasks } from './insert-task';
import type { TaskDraft } from './prepare-task';
import { holdFor } from './price';
import { assertWithinCaps, capsOf } from './spend-cap';

/** What a gold takes over from the task it is to look like. */
export type Sibling = Pick<
  TaskRow,
  | 'organizationId'
  | 'mode'
  | 'type'
  | 'outputSchema'
  | 'instructions'
  | 'payoutSats'
  | 'slaSeconds'
  | 'skillsRequired'
  | 'riskTier'
  | 'targetConfidence'
  | 'voteValue'
  | 'poolOrganizationId'
  | 'crowdSeats'
>;

/**
 * Inserts a gold as a task that one worker alone may see and take: shaped as its sibling, at most one
 * vote, held for as any task. It can be told from the sibling by nothing the worker is shown.
 * @param createdAt when it is to have been asked; its id and its end follow from that.
 * @returns its id, or null where the organization cannot cover it: nothing was done.
 * @throws SpendCapReached 403; the transaction must then be rolled back.
 */
export async function insertGoldTask(
  tx: Tx,
  input: {
    gold: { id: string; payload: Prisma.JsonValue };
    sibling: Sibling;
    workerId: string;
    /** Names what it was sown for, such as `gold:<answer>`. */
    createdBy: string;
    createdAt: Date;
    /** What a simulated worker is told to do with it. */
    sandbox?: Prisma.InputJsonObject | null;
  },
): Promise<string | null> {
  const { gold, sibling, workerId, createdBy, createdAt, sandbox = null } = input;
  const { organizationId, mode } = sibling;
  const draft: TaskDraft = {
    id: newIdAt(createdAt.getTime()),
    organizationId,
    mode,
    type: sibling.type,
    payload: gold.payload as Prisma.InputJsonObject,
    outputSchema: sibling.outputSchema as Prisma.InputJsonObject,
    instructions: sibling.instructions,
    payoutSats: sibling.payoutSats,
    slaSeconds: sibling.slaSeconds,
    skillsRequired: sibling.skillsRequired,
    riskTier: sibling.riskTier,
    minVotes: 1,
    maxVotes: 1,
    targetConfidence: sibling.targetConfidence,
    voteValue: sibling.voteValue,
    onLowConfidence: 'verify',
    poolOrganizationId: sibling.poolOrganizationId,
    callbackUrl: null,
    metadata: {},
    agentGuess: null,
    onTimeout: { action: 'expire' },
    idempotencyKey: null,
    goldId: gold.id,
    reservedFor: workerId,
    requestHash: hashJson({ gold: gold.id, worker: workerId }),
    sandbox,
    crowdSeats: sibling.crowdSeats,
    dialect: 'v1',
    price: null,
    createdBy,
    heldSats: holdFor(1, sibling.payoutSats),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + sibling.slaSeconds * 1000),
  };
  const spender = { kind: 'system', organizationId, mode } as const;
  const caps = await capsOf(spender);
  const { funded } = await insertTasks((statement) => tx.$queryRaw(statement), [draft], 'system');
  if (!funded) return null;
  await assertWithinCaps(tx, spender, caps);
  return draft.id;
}
