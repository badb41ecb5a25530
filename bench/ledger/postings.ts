import { fileURLToPath } from 'node:url';
import {
  chargeTask,
  deposit,
  type Posting,
  payoutReservation,
  payoutSettlement,
  postAll,
} from '@/server/features/ledger';
import { transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { holdForTask, UNKEYED } from '@/server/testing/hold-for-tasks';
import { against, type Figure, median, quantile } from '../figure';
import { runPgbench } from './pgbench';

const SCRIPT = fileURLToPath(new URL('money-of-a-task.sql', import.meta.url));
/** Hold, charge, payout reserved and settled, each by one statement in a transaction of its own. */
const POSTINGS = 4;
/** As many organizations and workers as the script draws from. */
const OWNERS = 64;
const FUNDS = 1_000_000_000_000n;
const PAYOUT = 100n;
const FEE = 10n;
const mode = 'test' as const;

/** As the script names them. */
const ownerOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/**
 * Postings a second, of the money of tasks from hold to payout. The same postings are made by pgbench, by
 * plain statements as many, on the same tables with the same guards. Both take turns.
 */
export async function measurePostings(
  databaseUrl: string,
  options: { seconds: number; rounds: number; connections: number; pgbench: string | null },
): Promise<Figure[]> {
  const { seconds, rounds, connections, pgbench } = options;
  const organizations = Array.from({ length: OWNERS }, (_, n) => ownerOf(n + 1));
  for (const organizationId of organizations) await prepare(organizationId);
  await measureLedger(organizations, connections, 1);
  const own: Round[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(await measureLedger(organizations, connections, seconds));
    if (!pgbench) continue;
    const input = { script: SCRIPT, clients: connections, seconds };
    plain.push(POSTINGS * (await runPgbench(pgbench, databaseUrl, input)));
  }
  const samples = own.flatMap((each) => each.samples);
  const figure: Figure = {
    name: 'postings of the ledger',
    unit: 'per second',
    value: median(own.map(({ perSecond }) => perSecond)),
    p50Ms: quantile(samples, 0.5),
    p95Ms: quantile(samples, 0.95),
  };
  if (plain.length === 0) return [figure];
  const floor: Figure = {
    name: 'pgbench, as many statements',
    unit: 'per second',
    value: median(plain),
  };
  return [floor, against(figure, floor)];
}

/** Funds an organization, and runs one task through, which opens all accounts and counters. */
async function prepare(organizationId: string): Promise<void> {
  await transaction((tx) =>
    deposit(tx, { mode, organizationId, amountSats: FUNDS, reference: organizationId }),
  );
  for (const make of moneyOf(organizationId, organizationId)) await make();
}

interface Round {
  perSecond: number;
  samples: number[];
}

async function measureLedger(
  organizations: readonly string[],
  lanes: number,
  seconds: number,
): Promise<Round> {
  const samples: number[] = [];
  const begunMs = performance.now();
  const untilMs = begunMs + seconds * 1_000;
  const any = () => organizations[Math.floor(Math.random() * OWNERS)] as string;
  const postInTurn = async () => {
    while (performance.now() < untilMs) {
      for (const make of moneyOf(any(), any())) {
        const sinceMs = performance.now();
        await make();
        samples.push(performance.now() - sinceMs);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, postInTurn));
  return { perSecond: samples.length / ((performance.now() - begunMs) / 1_000), samples };
}

/** The money of one task, in steps that each make a posting. */
function moneyOf(organizationId: string, workerId: string): (() => Promise<unknown>)[] {
  const hold = { mode, organizationId, taskId: newId(), ...UNKEYED };
  const payout = { mode, workerId, attemptId: newId(), amountSats: PAYOUT };
  const heldSats = PAYOUT + FEE;
  const answers = [{ workerId, amountSats: PAYOUT }];
  const postOne = (posting: Posting) => transaction((tx) => postAll(tx, [posting]));
  return [
    () => transaction((tx) => holdForTask(tx, { ...hold, amountSats: heldSats })),
    () => transaction((tx) => chargeTask(tx, { ...hold, heldSats, answers, feeSats: FEE })),
    () => postOne(payoutReservation(payout)),
    () => postOne(payoutSettlement({ ...payout, rail: 'sandbox' })),
  ];
}
