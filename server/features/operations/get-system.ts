import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { type EngineCheck, engineCheck } from '@/server/platform/engine-link';
import {
  countOutbox,
  type FailingRow,
  listFailingRows,
  type OutboxCounts,
} from '@/server/platform/outbox';
import { assertOperator } from './access';

const ROWS_MAX = 100;

/** How the instance's background work is going. */
export interface System {
  engine: EngineCheck;
  outbox: OutboxCounts;
  /** The facts that keep failing; at most 100. */
  failing: FailingRow[];
}

/** @throws Forbidden for anybody but operators. */
export async function getSystem(actor: Actor): Promise<System> {
  assertOperator(actor);
  const [engine, outbox, failing] = await Promise.all([
    engineCheck(),
    countOutbox(),
    listFailingRows(ROWS_MAX),
  ]);
  return { engine, outbox, failing };
}

/** What waits for an operator, in the actor's mode, and whether the instance works. */
export interface Overview {
  engine: EngineCheck;
  outbox: OutboxCounts;
  applications: number;
  reviews: number;
  /** Reviews whose task waits for them. */
  blockingReviews: number;
}

/** @throws Forbidden for anybody but operators. */
export async function getOverview(actor: Actor): Promise<Overview> {
  assertOperator(actor);
  const { mode } = actor;
  // Organizations review what their own people answered.
  const waiting = { mode, status: 'open', queue: 'instance' } as const;
  const [engine, outbox, applications, reviews, blockingReviews] = await Promise.all([
    engineCheck(),
    countOutbox(),
    db.worker.count({ where: { mode, vetting: 'waiting' } }),
    db.review.count({ where: waiting }),
    db.review.count({ where: { ...waiting, blocking: true } }),
  ]);
  return { engine, outbox, applications, reviews, blockingReviews };
}
