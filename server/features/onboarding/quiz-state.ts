import type { Quiz } from '@/prisma/generated/client';
import type { QuizNumbers } from '@/server/features/settings/schema';
import { QUESTIONS_MIN } from '@/server/features/task-types/schema';
import type { QuizState } from './schema';

const HOUR_MS = 60 * 60_000;

export type Try = Pick<Quiz, 'status' | 'finishedAt' | 'expiresAt' | 'pardonedAt'>;

interface Known {
  /** The skill as the worker holds it, if so. */
  held: { paused: boolean } | undefined;
  /** Golds the quiz may ask. */
  golds: number;
  tries: readonly Try[];
  numbers: QuizNumbers;
  nowMs: number;
  /** No try is allowed before. */
  notBefore?: Date | null;
}

export interface QuizStanding {
  state: QuizState;
  triesLeft: number;
  /** When the next try is allowed, where that is later than now. */
  retryAt: Date | null;
}

/** Where a worker stands with one skill's quiz; pure, so that every case is in a table of tests. */
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

/** A try that ran out counts as failed from that moment, whether somebody has looked or not. */
function hasFailed(each: Try, nowMs: number): boolean {
  return each.status === 'failed' || (each.status === 'open' && each.expiresAt.getTime() <= nowMs);
}

/** When the next try is allowed after these failed ones; null after none. */
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

/** Right answers that a share of so many questions comes to; a hair below a whole is that whole. */
export function answersNeeded(total: number, passMark: number): number {
  return Math.ceil(total * passMark - 1e-9);
}
