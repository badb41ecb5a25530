import { resolveTaskType } from '@/server/features/task-types';
import { releaseAssignment, startAssignment, submitAnswer } from '@/server/features/tasks';
import type { JsonObject, Rule } from '@/server/features/verification';
import type { Mode, WorkerActor } from '@/server/platform/actor';
import { hotQuery, Prisma } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { together } from '@/server/platform/together';
import { TURN } from './answer-times';
import type { MadeAnswer } from './make-answer';
import type { Making } from './making';
import { behaviourOf, isSilent, partOf, scriptOf } from './script';

/** Makes answers in a thread. */
const make = together(
  threadCall<(makings: readonly Making[]) => MadeAnswer[]>('sandbox/make-answers', {
    limitMs: 5_000,
  }),
  { most: 25, atOnce: 2 },
);

const TOO_COSTLY: MadeAnswer = {
  missing: 'Making an answer from output_schema takes too long; give one in sandbox.answer.',
};

/** What the anomaly stage sees of whoever is not honest: no time was spent, or all was pasted too. */
const TELEMETRY = {
  honest: undefined,
  hasty: { activeMs: 0, pasteShare: 0, focusLossShare: 0, keystrokes: 0 },
  bot: { activeMs: 0, pasteShare: 1, focusLossShare: 1, keystrokes: 0 },
  silent: undefined,
};

interface Found {
  id: string;
  organizationId: string;
  mode: Mode;
  type: string;
  sandbox: unknown;
  payload: JsonObject;
  outputSchema: JsonObject;
  crowdSeats: number | null;
  workerId: string;
  startedAt: Date | null;
  createdAt: Date;
  /** The worker's seat in the crowd, else how many had the task before. */
  turn: number;
}

/** Assignments of simulated workers, with their tasks; null where there is nothing to do. */
const findOpen = together(
  async (assignmentIds: readonly string[]): Promise<(Found | null)[]> => {
    const rows = await hotQuery<Found & { assignmentId: string }>(Prisma.sql`
    SELECT a.id::text AS "assignmentId", t.id::text AS id, t.organization_id::text AS "organizationId",
           t.mode, t.type, t.sandbox, t.payload, t.output_schema AS "outputSchema",
           t.crowd_seats AS "crowdSeats", w.id::text AS "workerId",
           a.started_at AS "startedAt", a.created_at AS "createdAt", ${TURN} AS turn
      FROM assignments a JOIN tasks t ON t.id = a.task_id
      JOIN workers w ON w.id = a.worker_id AND w.simulated
     WHERE a.id = ANY(${[...assignmentIds]}::uuid[]) AND a.status IN ('offered', 'active')`);
    const found = new Map(rows.map(({ assignmentId, ...row }) => [assignmentId, row]));
    return assignmentIds.map((id) => found.get(id) ?? null);
  },
  { atOnce: 2 },
);

/** An assignment of a simulated worker, and what it is to do there; null where there is nothing to do. */
async function findTurn(assignmentId: string) {
  const found = await findOpen(assignmentId);
  if (!found) return null;
  const { workerId, turn, ...task } = found;
  const actor: WorkerActor = { kind: 'worker', workerId, userId: '', mode: task.mode };
  return { task, script: scriptOf(task), actor, turn };
}

/** A simulated worker opens what it will sit over for longer than an offer waits. */
export async function simulateStart(assignmentId: string): Promise<string> {
  const found = await findTurn(assignmentId);
  if (!found || isSilent(found.script, found.turn)) return 'nothing to do';
  return unlessOver(assignmentId, async () => {
    await startAssignment(found.actor, { assignmentId });
    return 'started';
  });
}

/**
 * One simulated worker's turn: it opens its assignment and answers through the same use cases as a
 * person. Asked to fail, it answers as a bot would, in no time and all pasted, which verification
 * rejects by itself; asked to expire, it never answers. An answer that the form does not take is
 * given back, as there is nobody to mend it.
 */
export async function simulateAnswer(assignmentId: string): Promise<string> {
  const found = await findTurn(assignmentId);
  if (!found) return 'over';
  const { task, script, actor, turn } = found;
  if (isSilent(script, turn)) return 'silent';
  const type = await resolveTaskType(task);
  const rules = (type?.rules ?? []) as readonly Rule[];
  const made = await unlessTooCostly(
    make([script, partOf(script, turn), turn, task.outputSchema, rules, task.payload]),
    () => TOO_COSTLY,
  );
  return unlessOver(assignmentId, async () => {
    if ('missing' in made) {
      await releaseAssignment(actor, { assignmentId, reason: made.missing });
      return 'released';
    }
    const telemetry = TELEMETRY[behaviourOf(script, turn)];
    if (telemetry) await startAssignment(actor, { assignmentId });
    const known = telemetry ? undefined : { ...task, taskId: task.id };
    try {
      await submitAnswer(actor, { assignmentId, output: made.output, telemetry }, known);
      return 'answered';
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'answer_invalid') throw error;
      await releaseAssignment(actor, { assignmentId, reason: error.message });
      return 'released';
    }
  });
}

/** The task ended or was taken away meanwhile: an answer, not a fault. */
async function unlessOver(assignmentId: string, act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    log.debug({ assignmentId, code: error.code }, 'a simulated worker came too late');
    return error.code;
  }
}
