import type { Actor, Mode } from '@/server/platform/actor';
import type { EngineCheck } from '@/server/platform/engine-link';
import type { OutboxCounts } from '@/server/platform/outbox';
import { assertOperator } from './access';
import { attentionOf } from './attention';
import type { Attention, Waiting } from './attention-facts';
import { measureFacts } from './measure-facts';

/** Whether anything needs a person, and how the instance is. */
export interface Overview {
  /** In both modes, the most urgent first. */
  attention: Attention[];
  /** When it was looked at. */
  at: Date;
  /** The actor's. */
  mode: Mode;
  engine: EngineCheck;
  outbox: OutboxCounts;
  /** Of the actor's mode, as are the reviews; counted up to 1,001 of each kind. */
  applications: number;
  reviews: number;
  /** Reviews whose task waits for them. */
  blockingReviews: number;
}

/** @throws Forbidden for anybody but operators. */
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
