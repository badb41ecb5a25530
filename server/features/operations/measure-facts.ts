import { latestCheck } from '@/server/features/books';
import { countFailedEmails } from '@/server/features/emails';
import {
  countTroubledPayouts,
  countWithoutRail,
  troubledDirectPayments,
  troubledRails,
} from '@/server/features/payouts';
import { troubledReconciliation } from '@/server/features/reconciliation';
import { countTroubledEndpoints } from '@/server/features/webhooks';
import { clock } from '@/server/platform/clock';
import { type EngineCheck, engineCheck, engineConsole } from '@/server/platform/engine-link';
import { countOutbox, type OutboxCounts } from '@/server/platform/outbox';
import { listRefused } from '@/server/platform/rate-limit';
import { COUNT_MAX, type Facts } from './attention-facts';
import { countWaiting } from './count-waiting';
import { isSweep, listSweeps, type Sweep, troubledSweeps } from './list-sweeps';

const DAY_MS = 86_400_000;
/** The current and the previous hour, because refusals are counted per hour. */
const REFUSED_HOURS = 2;
/** Fewer refusals are normal operation of the limits. */
const REFUSALS_SHOWN = 100;
const CALLERS_MAX = 50;

export interface Measured {
  facts: Facts;
  engine: EngineCheck;
  outbox: OutboxCounts;
  sweeps: Sweep[];
}

/**
 * Reads everything that may need attention, in both modes; each count is bounded or uses an index.
 */
export async function measureFacts(): Promise<Measured> {
  const now = clock.now();
  const [
    engine,
    engineWork,
    outbox,
    sweeps,
    waiting,
    payouts,
    withoutRail,
    rails,
    directPayments,
    reconciliation,
    endpoints,
    emails,
    refused,
    ledger,
  ] = await Promise.all([
    engineCheck(),
    engineConsole()?.work() ?? null,
    countOutbox(),
    listSweeps(),
    countWaiting(now),
    countTroubledPayouts(COUNT_MAX),
    countWithoutRail(),
    troubledRails(),
    troubledDirectPayments(),
    troubledReconciliation(),
    countTroubledEndpoints(),
    countFailedEmails(new Date(now.getTime() - DAY_MS), COUNT_MAX),
    listRefused(REFUSED_HOURS, CALLERS_MAX),
    latestCheck(),
  ]);
  const payoutsOf = (wanted: string) => payouts.filter(({ trouble }) => trouble === wanted);
  const endpointsOf = (wanted: string) => endpoints.filter(({ trouble }) => trouble === wanted);
  const often = refused.filter(({ count }) => count >= REFUSALS_SHOWN);
  return {
    engine,
    outbox,
    sweeps,
    facts: {
      now,
      engine: { state: engine.state, since: engine.since ? new Date(engine.since) : null },
      engineWork: engineWork && {
        functions: engineWork.functions,
        failed: engineWork.functions
          .filter(({ functionId }) => !isSweep(functionId))
          .reduce((sum, { failed }) => sum + failed, 0),
      },
      outbox,
      sweeps: troubledSweeps(sweeps),
      ledger,
      ...waiting,
      failedPayouts: payoutsOf('failed'),
      unknownPayouts: payoutsOf('unknown'),
      stuckPayouts: payoutsOf('stuck'),
      withoutRail,
      rails,
      directPayments,
      reconciliation,
      disabledEndpoints: endpointsOf('disabled'),
      failingEndpoints: endpointsOf('failing'),
      failedEmails: emails,
      refusedCallers: {
        count: often.length,
        refusals: often.reduce((sum, { count }) => sum + count, 0),
      },
    },
  };
}
