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

/** Generates answers in a worker thread. */
const make = together(
  threadCall<(makings: readonly Making[]) => MadeAnswer[]>('sandbox/make-answers', {
    limitMs: 5_000,
  }),
  { most: 25, atOnce: 2 },
);

const TOO_COSTLY: MadeAnswer = {
  missing: 'Generating an answer from output_schema takes too long; provide one in sandbox.answer.',
};

/** Telemetry of dishonest workers: no time spent, or everything pasted. */
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
  /** The worker's seat in the crowd, else the number of earlier assignments of the task. */
  turn: number;
}

/** Open assignments of simulated workers with their tasks; null if there is nothing to do. */
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

/** A simulated worker's assignment and its script; null if there is nothing to do. */
async function findTurn(assignmentId: string) {
  const found = await findOpen(assignmentId);
  if (!found) return null;
  const { workerId, turn, ...task } = found;
  const actor: WorkerActor = { kind: 'worker', workerId, userId: '', mode: task.mode };
  return { task, script: scriptOf(task), actor, turn };
}

/** Starts a task on which a simulated worker thinks for longer than an offer lasts. */
export async function simulateStart(assignmentId: string): Promise<string> {
  const found = await findTurn(assignmentId);
  if (!found || isSilent(found.script, found.turn)) return 'nothing to do';
  return unlessOver(assignmentId, async () => {
    await startAssignment(found.actor, { assignmentId });
    return 'started';
  });
}

/**
 * Performs one simulated worker's turn through the same use cases as a person's. A failing worker
 * answers like a bot, instantly and pasted, which verification rejects; an expiring one never
 * answers. An answer that the form rejects is released, because nobody can fix it.
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

/** The task ended or was withdrawn in the meantime, which is a normal outcome. */
async function unlessOver(assignmentId: string, act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    log.debug({ assignmentId, code: error.code }, 'A simulated worker was too late');
    return error.code;
  }
}
