import type { Actor, Mode } from '@/server/platform/actor';
import type { EngineCheck } from '@/server/platform/engine-link';
import type { OutboxCounts } from '@/server/platform/outbox';
import { assertOperator } from './access';
import { attentionOf } from './attention';
import type { Attention, Waiting } from './attention-facts';
import { measureFacts } from './measure-facts';

/** Whether anything needs attention, and the instance's state. */
export interface Overview {
  /** Both modes, most urgent first. */
  attention: Attention[];
  /** When it was measured. */
  at: Date;
  /** The actor's mode. */
  mode: Mode;
  engine: EngineCheck;
  outbox: OutboxCounts;
  /** In the actor's mode, like the reviews; counted up to 1,001 of each kind. */
  applications: number;
  reviews: number;
  /** Reviews that block their task. */
  blockingReviews: number;
}

/** @throws Forbidden unless the actor is an operator. */
export async function getOverview(actor: Actor): Promise<Overview> {
  assertOperator(actor);
  const { facts, engine, outbox } = await measureFacts();
  const count = (waiting: readonly Waiting[]) =>
    waiting.find(({ mode }) => mode === actor.mode)?.count ?? 0;
  const blockingReviews = count(facts.blockingReviews);
  return {
    attention: attentionOf(facts),
    at: facts.now,
    mode: actor.mode,
    engine,
    outbox,
    applications: count(facts.applications),
    reviews: blockingReviews + count(facts.reviews),
    blockingReviews,
  };
}
