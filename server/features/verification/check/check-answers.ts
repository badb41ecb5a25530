import { Prisma, type Task } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { getTask } from '@/server/features/tasks';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { jsonColumn } from '@/server/platform/json-column';
import type { CheckFacts } from '../stage';
import { askCheck } from './ask-check';

/** How often an answer is brought before its check URL, until a reviewer looks at it instead. */
const TRIES_MAX = 3;
/** A try that has not ended by then was made by a process that is gone. */
const LEASE_MS = 15_000;

/** A task that waits for judgement. */
type CheckedTask = Pick<Task, 'id' | 'organizationId' | 'mode' | 'type' | 'reservedFor'>;

/** As it is kept with the answer. */
interface StoredCheck {
  tries: number;
  askedAt: string;
  verdict?: CheckFacts['verdict'];
  message?: string;
  error?: string;
}

/** What was kept, where nothing is waited for any more. */
export function settledCheck({ checked }: { checked: unknown }): CheckFacts | null {
  const kept = checked as StoredCheck | null;
  if (!kept) return null;
  const { tries, verdict, message = '', error } = kept;
  if (verdict) return { verdict, message, tries };
  return tries >= TRIES_MAX && error ? { verdict: 'unreachable', message: error, tries } : null;
}

/**
 * Asks the type's check URL about each answer of a task that waits for judgement, once, and keeps what it
 * says with the answer: what was said once is not asked again.
 * @returns `waiting` where an answer has no word yet, so that it must be tried again later; `settled` where
 * that took its time; null where nothing was to be asked.
 */
export async function checkAnswers(task: CheckedTask): Promise<'waiting' | 'settled' | null> {
  const { id: taskId, organizationId, mode } = task;
  const url = await checkUrlOf(task);
  if (!url) return null;
  const answers = await db.answer.findMany({
    where: { taskId, status: 'pending' },
    select: { id: true, output: true, checked: true },
    orderBy: { id: 'asc' },
  });
  const open = answers.filter((answer) => !settledCheck(answer));
  if (open.length === 0) return null;
  const shown = await getTask(SYSTEM, taskId);
  const settled = await Promise.all(
    open.map(async ({ id, output, checked }) => {
      const tries = await claimTry(id, checked as StoredCheck | null);
      if (tries === null) return false;
      const body = { task: shown, output };
      const { answer, error } = await askCheck({
        url,
        organizationId,
        mode,
        id: `chk_${id}`,
        body,
      });
      const kept = { tries, askedAt: clock.now().toISOString(), ...(answer ?? { error }) };
      await db.answer.update({ where: { id }, data: { checked: jsonColumn(kept) } });
      return settledCheck({ checked: kept }) !== null;
    }),
  );
  return settled.includes(false) ? 'waiting' : 'settled';
}

/** What is asked of one worker alone, such as a gold, says nothing to a customer. */
export async function checkUrlOf(task: CheckedTask): Promise<string | null> {
  return task.reservedFor === null ? ((await resolveTaskType(task))?.checkUrl ?? null) : null;
}

/** Takes the next try for this caller alone; its number, or null where another is at it. */
async function claimTry(id: string, kept: StoredCheck | null): Promise<number | null> {
  const isUnderWay = kept !== null && kept.error === undefined;
  if (isUnderWay && clock.nowMs() - Date.parse(kept.askedAt) < LEASE_MS) return null;
  const tries = (kept?.tries ?? 0) + 1;
  const claim: StoredCheck = { tries, askedAt: clock.now().toISOString() };
  // A last try whose process died is what it is: an answer that nobody could check.
  if (tries > TRIES_MAX) Object.assign(claim, { tries: TRIES_MAX, error: 'It was cut off.' });
  const { count } = await db.answer.updateMany({
    where: { id, status: 'pending', checked: { equals: kept ? jsonColumn(kept) : Prisma.DbNull } },
    data: { checked: jsonColumn(claim) },
  });
  return count > 0 && tries <= TRIES_MAX ? tries : null;
}
