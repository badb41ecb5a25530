import { CreateTask, createTask } from '@/server/features/tasks';
import type { OrganizationActor } from '@/server/platform/actor';
import { createOrganization, keyActor } from '@/server/testing/factories';
import { against, type Figure, median, quantile } from '../figure';

const AT_ONCE = 64;
const FUNDS = 1_000_000_000_000;
const AIM = 0.5;

/**
 * Creates by 64 concurrent callers: all of one organization, compared with one of each of 64
 * organizations. Both hold sats, count spending, and commit durably. They alternate within one run,
 * so that other load on the machine affects both.
 */
export async function measureHotOrganization(options: {
  seconds: number;
  rounds: number;
}): Promise<[spread: Figure, hot: Figure]> {
  const many = await Promise.all(Array.from({ length: AT_ONCE }, createCustomer));
  const one = Array.from({ length: AT_ONCE }, () => many[0] as OrganizationActor);
  await measure(many, 1);
  await measure(one, 1);
  const spread: Round[] = [];
  const hot: Round[] = [];
  for (let round = 0; round < options.rounds; round++) {
    spread.push(await measure(many, options.seconds));
    hot.push(await measure(one, options.seconds));
  }
  const floor = figureOf(`create, ${AT_ONCE} organizations`, spread);
  const figure = figureOf(`create, ${AT_ONCE} at once of one organization`, hot);
  return [floor, against({ ...figure, aim: `≥ ${AIM}` }, floor)];
}

interface Round {
  perSecond: number;
  samples: number[];
}

async function createCustomer(): Promise<OrganizationActor> {
  return keyActor(await createOrganization({ funds: FUNDS }), 'test');
}

/** Every caller creates tasks sequentially. */
async function measure(callers: readonly OrganizationActor[], seconds: number): Promise<Round> {
  const samples: number[] = [];
  const begunMs = performance.now();
  const untilMs = begunMs + seconds * 1_000;
  const createInTurn = async (caller: OrganizationActor) => {
    while (performance.now() < untilMs) {
      const sinceMs = performance.now();
      await createTask(caller, bodyOf(samples.length));
      samples.push(performance.now() - sinceMs);
    }
  };
  await Promise.all(callers.map(createInTurn));
  return { perSecond: samples.length / ((performance.now() - begunMs) / 1_000), samples };
}

const bodyOf = (n: number) =>
  CreateTask.parse({ type: 'bench', payload: { n }, payout_sats: 100, sla_seconds: 3_600 });

function figureOf(name: string, rounds: readonly Round[]): Figure {
  const samples = rounds.flatMap((round) => round.samples);
  return {
    name,
    unit: 'per second',
    value: median(rounds.map(({ perSecond }) => perSecond)),
    p50Ms: quantile(samples, 0.5),
    p95Ms: quantile(samples, 0.95),
  };
}
