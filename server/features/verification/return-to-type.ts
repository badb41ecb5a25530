import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { endPause } from './pause-skill';
import type { GoldTally } from './stage';

/** How many pauses one run of the sweep ends. */
const ENDED_MAX = 200;
const NOTHING: GoldTally = { correct: 0, total: 0 };

/** A quiz was passed that ends a pause; its answers, counted as they were given, are the new record's first. */
export async function returnByQuiz(
  tx: Tx,
  pauseId: string,
  questions: readonly { correct: boolean | null; answeredAt: Date | null }[],
): Promise<void> {
  const pause = await tx.skillPause.findUniqueOrThrow({ where: { id: pauseId } });
  const answered = questions.filter(({ answeredAt }) => answeredAt !== null);
  const since = {
    total: answered.length,
    correct: answered.filter(({ correct }) => correct).length,
  };
  await endPause(tx, SYSTEM, pause, { reason: 'quiz', since });
}

/**
 * Ends pauses without a quiz whose time is up. Golds then come as often as for a newcomer.
 * @returns how many there were.
 */
export async function endProbations(): Promise<number> {
  const due = await db.skillPause.findMany({
    where: { liftedAt: null, returnsBy: 'probation', returnsAt: { lte: clock.now() } },
    orderBy: { returnsAt: 'asc' },
    take: ENDED_MAX,
  });
  for (const pause of due) {
    await transaction((tx) => endPause(tx, SYSTEM, pause, { reason: 'probation', since: NOTHING }));
  }
  if (due.length > 0) kickOutbox();
  return due.length;
}
