import type { SandboxScript } from '@/server/features/tasks/schema';
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
 * How long a simulated worker takes, in milliseconds: as scripted, else 0.6 to 1.5 s by the seed;
 * never less than reading the payload takes, except for the bot that is meant to be rejected.
 */
export function thinkMs({ taskId, script, readingMs, outcome }: Script, workerId: string): number {
  const random = randomFrom(String(script.seed ?? taskId), workerId, 'delay');
  const seeded = THINK_MS_MIN + Math.floor(random() * THINK_MS_SPREAD);
  const wanted = script.delay_seconds === undefined ? seeded : script.delay_seconds * 1000;
  return Math.ceil(outcome === 'failed' ? wanted : Math.max(wanted, readingMs));
}
