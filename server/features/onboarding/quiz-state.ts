import type { Quiz } from '@/prisma/generated/client';
import type { QuizNumbers } from '@/server/features/settings/schema';
import { QUESTIONS_MIN } from '@/server/features/task-types/schema';
import type { QuizState } from './schema';

const HOUR_MS = 60 * 60_000;

export type Try = Pick<Quiz, 'status' | 'finishedAt' | 'expiresAt' | 'pardonedAt'>;

interface Known {
  /** The worker's skill, if held. */
  held: { paused: boolean } | undefined;
  /** Number of golds the quiz can ask. */
  golds: number;
  tries: readonly Try[];
  numbers: QuizNumbers;
  nowMs: number;
  /** No attempt is allowed before this time. */
  notBefore?: Date | null;
}

export interface QuizStanding {
  state: QuizState;
  triesLeft: number;
  /** When the next attempt is allowed, if in the future. */
  retryAt: Date | null;
}

/** A worker's state in one skill's quiz. Pure. */
export function quizStanding({
  held,
  golds,
  tries,
  numbers,
  nowMs,
  notBefore,
}: Known): QuizStanding {
  const failed = tries.filter((each) => hasFailed(each, nowMs) && !each.pardonedAt);
  const triesLeft = Math.max(0, numbers.tries - failed.length);
  const standing = (state: QuizState, retryAt: Date | null = null) => ({
    state,
    triesLeft,
    retryAt,
  });
  if (held) return standing(held.paused ? 'paused' : 'held');
  if (tries.some((each) => each.status === 'open' && each.expiresAt.getTime() > nowMs)) {
    return standing('open');
  }
  if (golds < QUESTIONS_MIN) return standing('free');
  if (triesLeft === 0) return standing('closed');
  const retryAt = later(nextTryAt(failed, numbers), notBefore ?? null);
  return retryAt && retryAt.getTime() > nowMs ? standing('cooling', retryAt) : standing('ready');
}

/** An expired attempt counts as failed from its deadline, even before it is recorded. */
function hasFailed(each: Try, nowMs: number): boolean {
  return each.status === 'failed' || (each.status === 'open' && each.expiresAt.getTime() <= nowMs);
}

/** When the next attempt is allowed after these failures; null if none. */
function nextTryAt(failed: readonly Try[], { cooldownHours }: QuizNumbers): Date | null {
  if (failed.length === 0) return null;
  const ends = failed.map((each) => (each.finishedAt ?? each.expiresAt).getTime());
  const hours = cooldownHours[Math.min(failed.length, cooldownHours.length) - 1] ?? 0;
  return new Date(Math.max(...ends) + hours * HOUR_MS);
}

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}

/** Right answers needed to reach the pass mark, with tolerance for rounding errors. */
export function answersNeeded(total: number, passMark: number): number {
  return Math.ceil(total * passMark - 1e-9);
}
