import type { SandboxScript } from '@/server/features/tasks/schema';
import { hashJson } from '@/server/platform/crypto';
import { randomFrom } from './random';

/** Instructions for the simulated workers of a task. */
export interface Script {
  taskId: string;
  /** The random seed: the same seed gives the same course of events. */
  seed: string;
  outcome: 'verified' | 'failed' | 'expired';
  script: SandboxScript;
  /** Minimum time to read the payload, in milliseconds. */
  readingMs: number;
}

/** The answering worker: by seat in the organization's crowd, else in assignment order. */
export interface Turn {
  number: number;
  /** Distinguishes workers when drawing their thinking time. */
  name: string;
}

/** One worker's part of a script. */
export type Part = Partial<NonNullable<SandboxScript['workers']>[number]> & {
  /** How often the script was completed before this worker, who is a stand-in. */
  round: number;
};

const THINK_MS_MIN = 600;
const THINK_MS_SPREAD = 900;
/** Above the minimum reading time, so that speed alone raises no doubt. */
const READING_MS_BASE = 300;
const READING_MS_PER_CHARACTER = 1 / 40;
const READING_MS_MAX = 3_500;

export interface ScriptedTask {
  id: string;
  sandbox: unknown;
  payload: unknown;
  crowdSeats?: number | null;
}

/**
 * The script of a task. Tasks for the crowd are seeded by payload, so that runs with the same
 * payloads give the same answers; all others by their own ID or the given seed.
 */
export function scriptOf(task: ScriptedTask): Script {
  const script = (task.sandbox ?? {}) as SandboxScript;
  const characters = JSON.stringify(task.payload ?? {}).length;
  const isForCrowd = script.workers !== undefined || task.crowdSeats != null;
  return {
    taskId: task.id,
    seed: isForCrowd
      ? `${script.seed ?? ''}:${hashJson(task.payload ?? {})}`
      : String(script.seed ?? task.id),
    outcome: script.outcome ?? 'verified',
    script,
    readingMs: Math.min(READING_MS_MAX, READING_MS_BASE + READING_MS_PER_CHARACTER * characters),
  };
}

/** The script of the current worker. After its end it repeats, with stand-ins. */
export function partOf({ script }: Script, turn: number): Part {
  const { workers = [] } = script;
  const own = workers[turn % Math.max(1, workers.length)];
  return { ...own, round: Math.floor(turn / Math.max(1, workers.length)) };
}

/** Whether the worker never answers. */
export function isSilent(script: Script, turn: number): boolean {
  return script.outcome === 'expired' || behaviourOf(script, turn) === 'silent';
}

type Behaviour = NonNullable<Part['behaviour']>;

/** How the worker behaves in the form, as the anomaly stage sees it. */
export function behaviourOf(script: Script, turn: number): Behaviour {
  if (script.outcome === 'failed') return 'bot';
  return partOf(script, turn).behaviour ?? 'honest';
}

/**
 * A simulated worker's thinking time in milliseconds: as scripted, else 0.6 to 1.5 s by the seed;
 * at least the reading time, except for the bot that is meant to be rejected.
 */
export function thinkMs(script: Script, turn: Turn): number {
  const random = randomFrom(script.seed, turn.name, 'delay');
  const seeded = THINK_MS_MIN + Math.floor(random() * THINK_MS_SPREAD);
  const seconds = partOf(script, turn.number).delay ?? script.script.delay_seconds;
  const wanted = seconds === undefined ? seeded : seconds * 1000;
  const isBot = behaviourOf(script, turn.number) === 'bot';
  return Math.ceil(isBot ? wanted : Math.max(wanted, script.readingMs));
}
