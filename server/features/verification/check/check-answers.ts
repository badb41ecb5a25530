import { Prisma, type Task } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { getTask } from '@/server/features/tasks';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { jsonColumn } from '@/server/platform/json-column';
import type { CheckFacts } from '../stage';
import { askCheck } from './ask-check';

/** Attempts per answer; after that a reviewer looks at it instead. */
const TRIES_MAX = 3;
/** An attempt that has not ended by then belongs to a dead process. */
const LEASE_MS = 15_000;

/** A task that waits for judgement. */
type CheckedTask = Pick<Task, 'id' | 'organizationId' | 'mode' | 'type' | 'reservedFor'>;

/** As stored with the answer. */
interface StoredCheck {
  tries: number;
  askedAt: string;
  verdict?: CheckFacts['verdict'];
  message?: string;
  error?: string;
}

/** The stored result, if no attempt is pending. */
export function settledCheck({ checked }: { checked: unknown }): CheckFacts | null {
  const kept = checked as StoredCheck | null;
  if (!kept) return null;
  const { tries, verdict, message = '', error } = kept;
  if (verdict) return { verdict, message, tries };
  return tries >= TRIES_MAX && error ? { verdict: 'unreachable', message: error, tries } : null;
}

/**
 * Calls the type's check URL for each answer of a task waiting for judgement, once, and stores the
 * verdict with the answer.
 * @returns `waiting` if an answer has no verdict yet, so that it must be retried later; `settled`
 * if calls were made; null if none were needed.
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

/** Tasks reserved for one worker, such as golds, are not sent to customers. */
export async function checkUrlOf(task: CheckedTask): Promise<string | null> {
  return task.reservedFor === null ? ((await resolveTaskType(task))?.checkUrl ?? null) : null;
}

/** Leases the next attempt; returns its number, or null if another process has it. */
async function claimTry(id: string, kept: StoredCheck | null): Promise<number | null> {
  const isUnderWay = kept !== null && kept.error === undefined;
  if (isUnderWay && clock.nowMs() - Date.parse(kept.askedAt) < LEASE_MS) return null;
  const tries = (kept?.tries ?? 0) + 1;
  const claim: StoredCheck = { tries, askedAt: clock.now().toISOString() };
  // The last attempt's process died: the answer could not be checked.
  if (tries > TRIES_MAX) Object.assign(claim, { tries: TRIES_MAX, error: 'It was cut off.' });
  const { count } = await db.answer.updateMany({
    where: { id, status: 'pending', checked: { equals: kept ? jsonColumn(kept) : Prisma.DbNull } },
    data: { checked: jsonColumn(claim) },
  });
  return count > 0 && tries <= TRIES_MAX ? tries : null;
}
