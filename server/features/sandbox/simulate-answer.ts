import { resolveTaskType } from '@/server/features/task-types';
import type { SandboxScript } from '@/server/features/tasks';
import { releaseAssignment, startAssignment, submitAnswer } from '@/server/features/tasks';
import {
  decideAlike,
  type Json,
  type JsonObject,
  type Rule,
  runRule,
} from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { generateAnswer } from './generate-answer';
import { randomFrom } from './random';

/** What the simulated workers have been told to do with a task. */
export interface Script {
  taskId: string;
  outcome: 'verified' | 'failed' | 'expired';
  script: SandboxScript;
  /** Milliseconds that reading the payload takes at least. */
  readingMs: number;
}

const THINK_MS_MIN = 600;
const THINK_MS_SPREAD = 900;
/** Above the least time in which anybody can read a payload, so that speed alone raises no doubt. */
const READING_MS_BASE = 300;
const READING_MS_PER_CHARACTER = 1 / 40;
const READING_MS_MAX = 3_500;

export function scriptOf(task: { id: string; sandbox: unknown; payload: unknown }): Script {
  const script = (task.sandbox ?? {}) as SandboxScript;
  const characters = JSON.stringify(task.payload ?? {}).length;
  return {
    taskId: task.id,
    outcome: script.outcome ?? 'verified',
    script,
    readingMs: Math.min(READING_MS_MAX, READING_MS_BASE + READING_MS_PER_CHARACTER * characters),
  };
}

/**
 * How long a simulated worker takes, in whole milliseconds: as scripted, else 0.6 to 1.5 s by the seed;
 * never less than reading the payload takes, except for the bot that is meant to be rejected.
 */
export function thinkMs({ taskId, script, readingMs, outcome }: Script, workerId: string): number {
  const random = randomFrom(String(script.seed ?? taskId), workerId, 'delay');
  const seeded = THINK_MS_MIN + Math.floor(random() * THINK_MS_SPREAD);
  const wanted = script.delay_seconds === undefined ? seeded : script.delay_seconds * 1000;
  return Math.ceil(outcome === 'failed' ? wanted : Math.max(wanted, readingMs));
}

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
  const keepsRules = (output: unknown) =>
    (type?.rules ?? []).every(
      (rule) => runRule(rule as Rule, payload, output as Json).outcome !== 'broken',
    );
  const output = answerFor(script, turn, assignment.task.outputSchema as object, keepsRules);
  try {
    await act(actor, assignmentId, script, output);
    return output === undefined ? 'released' : 'answered';
  } catch (error) {
    // The task ended or was taken away meanwhile: an answer, not a fault.
    if (error instanceof AppError && error.status < 500) {
      log.debug({ assignmentId, code: error.code }, 'a simulated worker came too late');
      return error.code;
    }
    throw error;
  }
}

async function act(actor: WorkerActor, assignmentId: string, script: Script, output: unknown) {
  if (output === undefined) {
    const reason = 'No answer could be made from output_schema; give one in sandbox.answer.';
    return releaseAssignment(actor, { assignmentId, reason });
  }
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

/** How many answers are tried for one that keeps the type's rules too. */
const TRIES = 60;

/**
 * What the worker of this turn (0 for the task's first assignment) answers: the scripted answer, or
 * the one the seed gives, with that worker's accuracy; else one that says something else where it
 * counts, since another remark beside the same verdict is no other answer.
 */
export function answerFor(
  script: Script,
  turn: number,
  schema: object,
  keepsRules: (output: unknown) => boolean = () => true,
): unknown {
  const outputSchema = schema as Record<string, unknown>;
  const seed = String(script.script.seed ?? script.taskId);
  const firstOf = (accepts: (output: unknown) => boolean, ...words: (string | number)[]) => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const made = generateAnswer(outputSchema, randomFrom(seed, ...words, attempt));
      if (made !== undefined && keepsRules(made) && accepts(made)) return made;
    }
    return undefined;
  };
  const right = 'answer' in script.script ? script.script.answer : firstOf(() => true, 'right');
  const accuracy = script.script.workers?.[turn % script.script.workers.length]?.accuracy ?? 1;
  if (randomFrom(seed, turn, 'vote')() < accuracy) return right;
  const differs = (output: unknown) =>
    !decideAlike(outputSchema as JsonObject, right as Json, output as Json);
  return firstOf(differs, turn, 'wrong') ?? right;
}
