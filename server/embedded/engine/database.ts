import { Client, type ClientConfig, Pool, type QueryResultRow, types } from 'pg';
import { log } from '@/server/platform/log';
import { outliveLosses } from '@/server/platform/outlive-losses';

/** Runs one statement; the caller gives the rows' type. */
export interface Queryable {
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

export interface Database extends Queryable {
  readonly schema: string;
  /** Runs `work` in one transaction; retries on a deadlock or a serialization failure. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** A connected client outside the pool, for listening; its owner ends it. */
  connect(): Promise<Client>;
  close(): Promise<void>;
}

/** bigint columns hold milliseconds and counts, which are safe integers. */
const parsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === 20) return Number;
    return types.getTypeParser(oid, format);
  },
};

/** Opens the engine's own pool, with its schema as the search path of every connection. */
export function openDatabase(databaseUrl: string, schema: string, size: number): Database {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(schema)) {
    throw new Error(`The engine's schema must be a plain lower-case name, not "${schema}".`);
  }
  const config: ClientConfig = {
    connectionString: databaseUrl,
    types: parsers as never,
    application_name: `engine ${schema}`,
    options: `-c search_path=${schema},public`,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new Pool({ ...config, max: size });
  let closing = false;
  outliveLosses(pool, (error) => {
    if (!closing) log.warn({ err: error }, 'engine: an idle connection was lost');
  });

  return {
    schema,
    query: (sql, values) => pool.query(sql, values),
    async connect() {
      const client = new Client(config);
      // Its owner adds a listener as well; until then, losing the server must not end the process.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    async close() {
      closing = true;
      await pool.end();
    },
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(pool, work);
        } catch (error) {
          if (!isTransient(error) || attempt >= 5) throw error;
        }
      }
    },
  };
}

async function once<T>(pool: Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two statements nobody else handles the loss of the connection, and Node would exit on
  // the unhandled error; the next statement then fails and reports it.
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** True for a deadlock or a serialization failure: a retry may succeed. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code;
  return code === '40P01' || code === '40001';
}
