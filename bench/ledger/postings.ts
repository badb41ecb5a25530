import { fileURLToPath } from 'node:url';
import {
  chargeTask,
  deposit,
  payoutReservation,
  payoutSettlement,
  postAll,
} from '@/server/features/ledger';
import { type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { holdForTasks, UNKEYED } from '@/server/testing/hold-for-tasks';
import { against, type Figure, median, quantile } from '../figure';
import { runPgbench } from './pgbench';

const SCRIPT = fileURLToPath(new URL('money-of-a-task.sql', import.meta.url));
/** Hold, charge, payout reserved and settled, each in one statement and a separate transaction. */
const POSTINGS = 4;
/** The number of organizations and workers that the script chooses from. */
const OWNERS = 64;
const FUNDS = 1_000_000_000_000n;
const PAYOUT = 100n;
const FEE = 10n;
const mode = 'test' as const;

/** Ids as used by the script. */
const ownerOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Tasks whose postings share a statement, as when a transaction judges or settles many. */
const TOGETHER = 25;

/**
 * Postings per second for tasks' money from hold to payout, one per statement and many. pgbench
 * makes the same postings with as many plain statements, on the same tables with the same
 * constraints. All alternate.
 */
export async function measurePostings(
  databaseUrl: string,
  options: { seconds: number; rounds: number; connections: number; pgbench: string | null },
): Promise<Figure[]> {
  const { seconds, rounds, connections, pgbench } = options;
  const organizations = Array.from({ length: OWNERS }, (_, n) => ownerOf(n + 1));
  for (const organizationId of organizations) await prepare(organizationId);
  await measureLedger(organizations, { lanes: connections, seconds: 1, tasks: 1 });
  const single: Round[] = [];
  const many: Round[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [rounds, tasks] of [
      [single, 1],
      [many, TOGETHER],
    ] as const) {
      rounds.push(await measureLedger(organizations, { lanes: connections, seconds, tasks }));
    }
    if (!pgbench) continue;
    const input = { script: SCRIPT, clients: connections, seconds };
    plain.push(POSTINGS * (await runPgbench(pgbench, databaseUrl, input)));
  }
  const figures = [
    figureOf('postings of the ledger', single),
    figureOf(`postings of the ledger, ${TOGETHER} a statement`, many),
  ];
  if (plain.length === 0) return figures;
  const floor: Figure = {
    name: 'pgbench, one posting a statement',
    unit: 'per second',
    value: median(plain),
  };
  return [floor, ...figures.map((figure) => against(figure, floor))];
}

/** Times are per transaction. */
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

/** Funds an organization, and runs one task through, which creates all accounts and counters. */
async function prepare(organizationId: string): Promise<void> {
  await transaction((tx) =>
    deposit(tx, { mode, organizationId, amountSats: FUNDS, reference: organizationId }),
  );
  for (const make of moneyOf(organizationId, organizationId, 1)) await make();
}

interface Round {
  perSecond: number;
  samples: number[];
}

async function measureLedger(
  organizations: readonly string[],
  { lanes, seconds, tasks }: { lanes: number; seconds: number; tasks: number },
): Promise<Round> {
  const samples: number[] = [];
  const begunMs = performance.now();
  const untilMs = begunMs + seconds * 1_000;
  const any = () => organizations[Math.floor(Math.random() * OWNERS)] as string;
  const postInTurn = async () => {
    while (performance.now() < untilMs) {
      for (const make of moneyOf(any(), any(), tasks)) {
        const sinceMs = performance.now();
        await make();
        samples.push(performance.now() - sinceMs);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, postInTurn));
  const elapsedSeconds = (performance.now() - begunMs) / 1_000;
  return { perSecond: (samples.length * tasks) / elapsedSeconds, samples };
}

/** The money of some tasks, in steps that each make one posting per task. */
function moneyOf(
  organizationId: string,
  workerId: string,
  tasks: number,
): (() => Promise<unknown>)[] {
  const heldSats = PAYOUT + FEE;
  const answers = [{ workerId, amountSats: PAYOUT }];
  const owner = { mode, organizationId };
  const holds = Array.from({ length: tasks }, () => ({
    ...{ taskId: newId(), amountSats: heldSats, ...UNKEYED },
  }));
  const payouts = holds.map(() => ({ mode, workerId, attemptId: newId(), amountSats: PAYOUT }));
  const charge = (tx: Tx, { taskId }: { taskId: string }) =>
    chargeTask(tx, { ...owner, ...UNKEYED, taskId, heldSats, answers, feeSats: FEE });
  return [
    () => transaction((tx) => holdForTasks(tx, { ...owner, holds })),
    () => transaction((tx) => Promise.all(holds.map((hold) => charge(tx, hold)))),
    () => transaction((tx) => postAll(tx, payouts.map(payoutReservation))),
    () => {
      const settlements = payouts.map((move) => payoutSettlement({ ...move, rail: 'sandbox' }));
      return transaction((tx) => postAll(tx, settlements));
    },
  ];
}
