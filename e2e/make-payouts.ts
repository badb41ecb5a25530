import { runScript, withProduct } from '@/scripts/launcher/product-access';

export interface MadePayouts {
  /** The organization's unique name. */
  organization: string;
  waiting: string;
  failed: string;
  unknown: string;
}

const HOUR_MS = 3_600_000;

/**
 * Creates payouts of the running instance, in test mode, with problems: one waiting for its next
 * attempt, one failed permanently, one with an unknown outcome. The engine does not touch them for
 * an hour.
 */
async function main(): Promise<void> {
  await withProduct(async () => {
    const { db } = await import('@/server/platform/db');
    const { sendPayout } = await import('@/server/features/payouts/send-payout');
    const { createOrganization } = await import('@/server/testing/factories');
    const { createVerifiedTask } = await import('@/server/testing/verified-task');
    const name = `Payouts ${Date.now().toString(36)}`;
    const organization = await createOrganization({ name });
    const later = new Date(Date.now() + HOUR_MS);

    async function payout(destination: string | null): Promise<{ id: string; workerId: string }> {
      const { payoutIds, workerIds } = await createVerifiedTask({
        organization,
        kept: true,
        ...(destination ? { destination } : {}),
      });
      const [id = '', workerId = ''] = [payoutIds[0], workerIds[0]];
      await db.worker.update({ where: { id: workerId }, data: { payoutTiming: 'at_once' } });
      const nextAttemptAt = destination ? new Date() : later;
      await db.payout.update({ where: { id }, data: { status: 'pending', nextAttemptAt } });
      if (destination) await sendPayout(id);
      return { id, workerId };
    }

    const waiting = await payout(null);
    const failed = await payout('refused@sandbox');
    const unknown = await payout('answer-lost@sandbox');
    await db.worker.update({
      where: { id: failed.workerId },
      data: { payoutDestination: 'right@sandbox' },
    });
    await db.payout.update({ where: { id: unknown.id }, data: { nextAttemptAt: later } });
    await db.payoutAttempt.updateMany({
      where: { carried: { some: { payoutId: unknown.id } } },
      data: { createdAt: new Date(Date.now() - HOUR_MS) },
    });
    const made: MadePayouts = {
      organization: name,
      waiting: waiting.id,
      failed: failed.id,
      unknown: unknown.id,
    };
    console.log(JSON.stringify(made));
  });
}

runScript(main);
