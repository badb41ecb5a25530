import { chargeTask } from '@/server/features/ledger';
import { createPayouts } from '@/server/features/payouts';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { createOrganization, createWorker } from './factories';
import { holdForTask } from './hold-for-tasks';

/**
 * A verified and charged task in test mode, with a payout to send for each of its workers: the
 * starting point of payouts, without the task's earlier lifecycle.
 */
export async function createVerifiedTask(
  input: {
    workers?: number;
    payoutSats?: bigint;
    destination?: string;
    rail?: string;
    mode?: Mode;
    /** Existing workers to use instead of new ones. */
    workerIds?: string[];
    /** The workers keep their earnings until they withdraw. */
    kept?: boolean;
    /** An organization with funds in its mode; by default a new one. */
    organization?: { id: string };
    callbackUrl?: string;
  } = {},
): Promise<{ taskId: string; organizationId: string; workerIds: string[]; payoutIds: string[] }> {
  const { workers = 1, payoutSats = 100n, destination = null, rail = 'sandbox' } = input;
  const { id: organizationId } = input.organization ?? (await createOrganization());
  const mode = input.mode ?? 'test';
  const workerIds = [...(input.workerIds ?? [])];
  for (let n = workerIds.length; n < workers; n++) {
    const { id } = await createWorker({ mode, rail, online: false });
    await db.worker.update({
      where: { id },
      data: {
        payoutDestination: destination,
        payoutTiming: input.kept ? 'on_withdrawal' : 'at_once',
      },
    });
    workerIds.push(id);
  }
  const taskId = newId();
  const now = clock.now();
  const heldSats = payoutSats * BigInt(workers);
  await transaction(async (tx) => {
    await tx.task.create({
      data: {
        id: taskId,
        organizationId,
        mode,
        status: 'verified',
        type: 'content_review',
        payload: { text: 'Is this genuine?' },
        outputSchema: { type: 'object' },
        output: { verdict: 'genuine' },
        payoutSats,
        slaSeconds: 600,
        skillsRequired: [],
        riskTier: 'medium',
        minVotes: 1,
        maxVotes: 1,
        targetConfidence: 0.9,
        callbackUrl: input.callbackUrl ?? null,
        requestHash: 'none',
        createdBy: 'system',
        votesWanted: 1,
        openSeats: 0,
        heldSats,
        chargedSats: heldSats,
        createdAt: now,
        completedAt: now,
        updatedAt: now,
        expiresAt: new Date(now.getTime() + 600_000),
      },
    });
    const answers = workerIds.map((workerId) => ({
      answerId: newId(),
      workerId,
      amountSats: payoutSats,
    }));
    const held = { mode, organizationId, taskId, createdAt: now, createdBy: 'system' };
    await holdForTask(tx, { ...held, amountSats: heldSats });
    await chargeTask(tx, { ...held, heldSats, answers, feeSats: 0n });
    await createPayouts(tx, { task: { id: taskId, mode, organizationId }, answers });
  });
  const payouts = await db.payout.findMany({ where: { taskId }, orderBy: { id: 'asc' } });
  return { taskId, organizationId, workerIds, payoutIds: payouts.map(({ id }) => id) };
}
