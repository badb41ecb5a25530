import { resolveTaskType } from '@/server/features/task-types';
import { releaseAssignment, startAssignment, submitAnswer } from '@/server/features/tasks';
import type { JsonObject, Rule } from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { MadeAnswer } from './make-answer';
import { type Script, scriptOf } from './script';

/** `makeAnswer` with the type's rules and payload, as a thread runs it. */
type MakeAnswer = (
  script: Script,
  turn: number,
  schema: JsonObject,
  rules: readonly Rule[],
  payload: JsonObject,
) => MadeAnswer;

const make = threadCall<MakeAnswer>('sandbox/make-answer', { limitMs: 5_000 });

const TOO_COSTLY: MadeAnswer = {
  missing: 'Making an answer from output_schema takes too long; give one in sandbox.answer.',
};

/**
 * One simulated worker's turn: it opens its assignment and answers through the same use cases as a
 * person. Asked to fail, it answers as a bot would, in no time and all pasted, which verification
 * rejects by itself; asked to expire, it never answers.
 */
export async function simulateAnswer(assignmentId: string): Promise<string> {
  const assignment = await db.assignment.findUnique({
    where: { id: assignmentId },
    include: {
      task: {
        select: {
          id: true,
          organizationId: true,
          mode: true,
          type: true,
          sandbox: true,
          payload: true,
          outputSchema: true,
        },
      },
    },
  });
  if (!assignment || !['offered', 'active'].includes(assignment.status)) return 'over';
  const worker = await db.worker.findUniqueOrThrow({ where: { id: assignment.workerId } });
  if (!worker.simulated) return 'not simulated';
  const script = scriptOf(assignment.task);
  if (script.outcome === 'expired') return 'silent';
  const actor: WorkerActor = {
    kind: 'worker',
    workerId: worker.id,
    userId: '',
    mode: assignment.mode,
  };
  const turn = await db.assignment.count({
    where: { taskId: assignment.taskId, id: { lt: assignmentId } },
  });
  const type = await resolveTaskType(assignment.task);
  const payload = assignment.task.payload as JsonObject;
  const rules = (type?.rules ?? []) as readonly Rule[];
  const schema = assignment.task.outputSchema as JsonObject;
  const made = await unlessTooCostly(make(script, turn, schema, rules, payload), () => TOO_COSTLY);
  try {
    await act(actor, assignmentId, script, made);
    return 'missing' in made ? 'released' : 'answered';
  } catch (error) {
    // The task ended or was taken away meanwhile: an answer, not a fault.
    if (error instanceof AppError && error.status < 500) {
      log.debug({ assignmentId, code: error.code }, 'a simulated worker came too late');
      return error.code;
    }
    throw error;
  }
}

async function act(actor: WorkerActor, assignmentId: string, script: Script, made: MadeAnswer) {
  if ('missing' in made) {
    return releaseAssignment(actor, { assignmentId, reason: made.missing });
  }
  const { output } = made;
  if (script.outcome === 'failed') {
    await startAssignment(actor, { assignmentId });
    return submitAnswer(actor, {
      assignmentId,
      output,
      telemetry: { activeMs: 0, pasteShare: 1, focusLossShare: 1, keystrokes: 0 },
    });
  }
  return submitAnswer(actor, { assignmentId, output });
}
