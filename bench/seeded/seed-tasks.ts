import { deposit } from '@/server/features/ledger';
import { openAccounts } from '@/server/features/ledger/open-accounts';
import { db, Prisma, type Tx, transaction } from '@/server/platform/db';
import { feeTerms } from '@/server/platform/fee-terms';
import { newId } from '@/server/platform/ids';
import { createWorker } from '@/server/testing/factories';
import { diceOf } from './content';
import type { Life, Place } from './life';
import { lifeOf } from './lives';

const WORKERS = 40;
const TASKS_AT_ONCE = 500;
const DAYS = 60;
const DAY_MS = 86_400_000;
/** More than all the tasks can hold. */
const FUNDS = 10_000_000_000n;

/** Ordered so that referenced rows exist first. */
const TABLES = [
  'tasks',
  'task_search',
  'task_events',
  'assignments',
  'answers',
  'verdicts',
  'payouts',
  'task_outcomes',
];

export interface SeedOptions {
  organizationId: string;
  mode: 'live' | 'test';
  tasks: number;
  /** Another seed gives another history. */
  seed?: number;
  onProgress?: (done: number) => void;
}

/**
 * Gives an organization a history of many tasks, spread over the last sixty days, with all their
 * records: events, answers, verdicts, payouts and ledger entries. Nobody works on them: their
 * workers belong to its own pool and are offline.
 */
export async function seedTasks(options: SeedOptions): Promise<void> {
  const { organizationId, mode, tasks } = options;
  const place = await placeOf(options);
  await transaction((tx) =>
    deposit(tx, { mode, organizationId, amountSats: FUNDS, reference: `seed:${organizationId}` }),
  );
  const dice = diceOf(options.seed ?? 1);
  const startsAt = Date.now() - DAYS * DAY_MS;
  for (let done = 0; done < tasks; done += TASKS_AT_ONCE) {
    const count = Math.min(TASKS_AT_ONCE, tasks - done);
    const lives = Array.from({ length: count }, (_, at) => {
      // Sequential, so that ids and times increase together, with some days busier than others.
      const share = (done + at + dice()) / tasks;
      const wave = 0.006 * Math.sin(share * DAYS * 2 * Math.PI);
      const createdMs = startsAt + Math.min(0.9999, Math.max(0, share + wave)) * DAYS * DAY_MS;
      return lifeOf(done + at, createdMs, place, dice);
    });
    await transaction((tx) => insertLives(tx, lives, place));
    options.onProgress?.(done + count);
  }
  await db.$executeRawUnsafe('VACUUM ANALYZE');
}

async function placeOf({ organizationId, mode }: SeedOptions): Promise<Place> {
  const workerIds: string[] = [];
  for (let made = 0; made < WORKERS; made++) {
    const { id } = await createWorker({ mode, online: false, pool: { id: organizationId } });
    workerIds.push(id);
  }
  await transaction(async (tx) => {
    for (const owner of workerIds)
      await openAccounts(tx, { mode, owner, kinds: ['worker_payable'] });
    await openAccounts(tx, { mode, owner: 'platform', kinds: ['platform_fees'] });
  });
  return { organizationId, mode, workerIds, fee: feeTerms() };
}

async function insertLives(tx: Tx, lives: readonly Life[], place: Place): Promise<void> {
  for (const table of TABLES) {
    const rows = lives.flatMap((life) => life.rows[table] ?? []);
    if (rows.length > 0) await insertRows(tx, table, rows);
  }
  await insertMoney(tx, lives, place);
}

async function insertRows(tx: Tx, table: string, rows: readonly object[]): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = Prisma.raw(columns.map((name) => `"${name}"`).join());
  const text = JSON.stringify(rows);
  if (table === 'task_search') {
    await tx.$executeRaw`
      INSERT INTO task_search (task_id, words)
      SELECT task_id, array_to_tsvector(words)
        FROM json_to_recordset(${text}::json) AS s(task_id uuid, words text[])`;
    return;
  }
  const target = Prisma.raw(table);
  await tx.$executeRaw`
    INSERT INTO ${target} (${names})
    SELECT ${names} FROM json_populate_recordset(NULL::${target}, ${text}::json)`;
}

interface Entry {
  posting_id: string;
  kind: string;
  owner: string;
  amount: string;
}

/** Holds, and their closing; each account's balance changes by the sum of its entries. */
async function insertMoney(tx: Tx, lives: readonly Life[], place: Place): Promise<void> {
  const postings: object[] = [];
  const entries: Entry[] = [];
  const post = (life: Life, kind: string, moves: [string, string, bigint][]) => {
    const id = newId();
    postings.push({ id, mode: place.mode, kind, reference: `task:${life.taskId}` });
    for (const [account, owner, amount] of moves) {
      if (amount !== 0n) {
        entries.push({ posting_id: id, kind: account, owner, amount: amount.toString() });
      }
    }
  };
  const own = place.organizationId;
  for (const life of lives) {
    post(life, 'hold', [
      ['organization_available', own, -life.heldSats],
      ['organization_held', own, life.heldSats],
    ]);
    if (!life.ended) continue;
    const spent = life.earned.reduce((sum, { amountSats }) => sum + amountSats, life.feeSats);
    post(life, spent > 0n ? 'charge' : 'release', [
      ['organization_held', own, -life.heldSats],
      ['organization_available', own, life.heldSats - spent],
      ['platform_fees', 'platform', life.feeSats],
      ...life.earned.map(({ workerId, amountSats }): [string, string, bigint] => [
        'worker_payable',
        workerId,
        amountSats,
      ]),
    ]);
  }
  await tx.$executeRaw`
    INSERT INTO postings (id, mode, kind, reference)
    SELECT id, mode, kind, reference
      FROM json_populate_recordset(NULL::postings, ${JSON.stringify(postings)}::json)`;
  await tx.$executeRaw`
    WITH moves AS (
      SELECT m.posting_id, a.id AS account_id, a.kind, m.amount
        FROM json_to_recordset(${JSON.stringify(entries)}::json)
             AS m(posting_id uuid, kind account_kind, owner text, amount bigint)
        JOIN accounts a ON a.kind = m.kind AND a.owner = m.owner AND a.mode = ${place.mode}::mode
    ), moved AS (
      UPDATE accounts a SET balance = a.balance + total.amount
        FROM (SELECT account_id, sum(amount) AS amount FROM moves
               WHERE kind NOT IN ('platform_fees', 'rail_float') GROUP BY account_id) AS total
       WHERE a.id = total.account_id
    )
    INSERT INTO entries (posting_id, account_id, amount)
    SELECT posting_id, account_id, amount FROM moves`;
}
