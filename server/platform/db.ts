import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { env } from './env';
import { outliveLosses } from './outlive-losses';
import { processWide } from './process-wide';
import { forgetAllRemembered } from './remembered';
import { StatementNames } from './statement-names';

/**
 * The process's connection to Postgres. It is kept on `globalThis`, since the development server
 * evaluates modules again on every change and must not open a new pool each time.
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
    // A new connection costs a sign-in and the planning of every statement anew.
    idleTimeoutMillis: 600_000,
    connectionTimeoutMillis: 25_000,
    // What a connection keeps prepared and nobody asks for any more goes with it.
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

/** Postgres's code of an error, or the client's where it has one of its own. */
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
 * A deadlock or serialization failure is tried again up to three times, and so is a statement that was prepared
 * before a migration changed what it returns.
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
 * Runs `work` in one READ COMMITTED transaction; a deadlock or serialization failure is tried again
 * up to three times. `work` must do nothing outside the database, since it can run more than once.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() => db.$transaction(work, { maxWait: 25_000, timeout: 30_000 }));
}

/**
 * Runs one statement past the client: for the few that every request waits for. It commits by itself. Columns come as `pg` reads them, so cast bigint to text.
 */
export function hotQuery<Row extends pg.QueryResultRow>(statement: Prisma.Sql): Promise<Row[]> {
  const { text, values } = statement;
  return retrying(async () => {
    const query = { name: names.nameOf(text), text, values: [...values] };
    return (await pool().query<Row>(query)).rows;
  });
}

/**
 * Points this process at another database; for tests, which give each file a clone of its own. What is still
 * under way once that is given back fails at once, rather than connecting elsewhere.
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

/** Whether a write was refused since another row has what only one may have. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

export { Prisma };
