import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { env } from './env';
import { outliveLosses } from './outlive-losses';
import { processWide } from './process-wide';
import { forgetAllRemembered } from './remembered';
import { StatementNames } from './statement-names';

/**
 * The process's connection pool, kept on `globalThis` because the development server re-evaluates
 * modules on every change and must not open a new pool each time.
 */
interface Connection {
  pool: pg.Pool;
  prisma: PrismaClient;
}

const names = processWide('statement-names', () => new StatementNames());

const holder = globalThis as typeof globalThis & { humanrailDb?: Connection };

function connect(url: string): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: env.DATABASE_POOL_SIZE,
    // A new connection costs authentication and replanning of every statement.
    idleTimeoutMillis: 600_000,
    connectionTimeoutMillis: 25_000,
    // Closing connections also drops their unused prepared statements.
    maxLifetimeSeconds: 3_600,
  });
  outliveLosses(pool, () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => names.nameOf(sql) }),
  });
  return { pool, prisma };
}

function connection(): Connection {
  holder.humanrailDb ??= connect(env.DATABASE_URL);
  return holder.humanrailDb;
}

/** The Prisma client. Use cases open at most one transaction, by `transaction()`. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get: (_target, property) => Reflect.get(connection().prisma, property),
});

/** The raw pool, for LISTEN and for statements too hot for the client. */
export function pool(): pg.Pool {
  return connection().pool;
}

/** A transaction's handle. A function that takes `tx` first must be inside one and never opens one. */
export type Tx = Prisma.TransactionClient;

const SERIALIZATION_CODES = new Set(['P2034', '40001', '40P01']);

/** An error's Postgres code, or the client's own code. */
function codesOf(error: unknown): string[] {
  const { code, message, meta } = (error ?? {}) as {
    code?: unknown;
    message?: string;
    meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } };
  };
  const cause = meta?.driverAdapterError?.cause;
  const text = `${message ?? ''} ${cause?.originalMessage ?? ''}`;
  const isStale = text.includes('cached plan must not change result type');
  return [String(code), String(cause?.originalCode), ...(isStale ? [STALE_PLAN] : [])];
}

const STALE_PLAN = 'stale plan';

function isRetryable(error: unknown): boolean {
  const codes = codesOf(error);
  if (codes.includes(STALE_PLAN)) {
    names.renew();
    return true;
  }
  return codes.some((code) => SERIALIZATION_CODES.has(code));
}

/**
 * Retries a deadlock or serialization failure up to three times, and a prepared statement whose
 * result type was changed by a migration.
 */
async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 4 || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 * attempt + Math.random() * 20));
    }
  }
}

/**
 * Runs `work` in a READ COMMITTED transaction; retries a deadlock or serialization failure up to
 * three times. `work` must have no side effects outside of the database, because it may run more
 * than once.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const { result, after } = await retrying(async () => {
    const after: (() => void)[] = [];
    const result = await db.$transaction(
      (tx) => {
        commits.set(tx, after);
        return work(tx);
      },
      { maxWait: 25_000, timeout: 30_000 },
    );
    return { result, after };
  });
  for (const each of after) each();
  return result;
}

const commits = new WeakMap<Tx, (() => void)[]>();

/**
 * Calls `work` after the transaction has committed, and not if it fails. For hints only: it may be
 * lost.
 * @throws Error for a transaction that `transaction()` did not open.
 */
export function afterCommit(tx: Tx, work: () => void): void {
  const after = commits.get(tx);
  if (!after) throw new Error('This transaction was not opened by transaction().');
  after.push(work);
}

/**
 * Runs one auto-committed statement without the Prisma client, for the few that are on every
 * request's path. Columns come as `pg` parses them, so cast bigint to text.
 */
export function hotQuery<Row extends pg.QueryResultRow>(statement: Prisma.Sql): Promise<Row[]> {
  const { text, values } = statement;
  return retrying(async () => {
    const query = { name: names.nameOf(text), text, values: [...values] };
    return (await pool().query<Row>(query)).rows;
  });
}

/**
 * Switches this process to another database; for tests, which use one clone per file. Work still
 * running when it is restored fails at once instead of connecting elsewhere.
 */
export async function useDatabase(url: string): Promise<() => Promise<void>> {
  const former = holder.humanrailDb;
  const own = connect(url);
  holder.humanrailDb = own;
  forgetAllRemembered();
  return async () => {
    await own.prisma.$disconnect();
    await own.pool.end().catch(() => undefined);
    if (former) holder.humanrailDb = former;
    forgetAllRemembered();
  };
}

/** Whether a write violated a unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

export { Prisma };
