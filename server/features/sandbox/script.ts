import type { SandboxScript } from '@/server/features/tasks/schema';
import { hashJson } from '@/server/platform/crypto';
import { randomFrom } from './random';

/** What the simulated workers have been told to do with a task. */
export interface Script {
  taskId: string;
  /** What every chance is drawn from: the same words give the same course of events. */
  seed: string;
  outcome: 'verified' | 'failed' | 'expired';
  script: SandboxScript;
  /** Milliseconds that reading the payload takes at least. */
  readingMs: number;
}

/** Who answers: by seat in the organization's crowd, else in the order the task came to them. */
export interface Turn {
  number: number;
  /** Tells workers apart where their time to think is drawn. */
  name: string;
}

/** What one worker of a script does with its task. */
export type Part = Partial<NonNullable<SandboxScript['workers']>[number]> & {
  /** How often the script has been gone through before this worker, who stands in for one of it. */
  round: number;
};

const THINK_MS_MIN = 600;
const THINK_MS_SPREAD = 900;
/** Above the least time in which anybody can read a payload, so that speed alone raises no doubt. */
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
 * A task that is for the crowd draws from its payload, so that another run with the same payloads
 * comes to the same answers; every other one from its own id, or the seed it was given.
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

/** What the script tells the worker whose turn it is. Past its end it begins again, with stand-ins. */
export function partOf({ script }: Script, turn: number): Part {
  const { workers = [] } = script;
  const own = workers[turn % Math.max(1, workers.length)];
  return { ...own, round: Math.floor(turn / Math.max(1, workers.length)) };
}

/** True for whoever leaves the task lying until it is taken away. */
export function isSilent(script: Script, turn: number): boolean {
  return script.outcome === 'expired' || behaviourOf(script, turn) === 'silent';
}

type Behaviour = NonNullable<Part['behaviour']>;

/** How that worker behaves at its form, to the eye of the anomaly stage. */
export function behaviourOf(script: Script, turn: number): Behaviour {
  if (script.outcome === 'failed') return 'bot';
  return partOf(script, turn).behaviour ?? 'honest';
}

/**
 * How long a simulated worker takes, in milliseconds: as scripted, else 0.6 to 1.5 s by the seed;
 * never less than reading the payload takes, except for the bot that is meant to be rejected.
 */
export function thinkMs(script: Script, turn: Turn): number {
  const random = randomFrom(script.seed, turn.name, 'delay');
  const seeded = THINK_MS_MIN + Math.floor(random() * THINK_MS_SPREAD);
  const seconds = partOf(script, turn.number).delay ?? script.script.delay_seconds;
  const wanted = seconds === undefined ? seeded : seconds * 1000;
  const isBot = behaviourOf(script, turn.number) === 'bot';
  return Math.ceil(isBot ? wanted : Math.max(wanted, script.readingMs));
}
