import pg from 'pg';
import { type Figure, quantile } from './figure';

export interface PostgresFloors {
  /** `SELECT 1` over persistent connections. */
  select: Figure;
  /** One row, committed durably. */
  insert: Figure;
}

/**
 * Measures bare Postgres with as many connections on the same server: nothing that reads or writes
 * through it can be faster.
 */
export async function measurePostgres(
  databaseUrl: string,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<PostgresFloors> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
  try {
    await pool.query('CREATE TABLE bench_floor (id bigserial PRIMARY KEY, text text NOT NULL)');
    const measure = (name: string, sql: string) =>
      measureQuery(pool, name, sql, connections, seconds);
    return {
      select: await measure('bare Postgres: SELECT 1', 'SELECT 1'),
      insert: await measure('bare Postgres: insert', "INSERT INTO bench_floor (text) VALUES ('x')"),
    };
  } finally {
    await pool.query('DROP TABLE IF EXISTS bench_floor');
    await pool.end();
  }
}

async function measureQuery(
  pool: pg.Pool,
  name: string,
  text: string,
  connections: number,
  seconds: number,
): Promise<Figure> {
  const samples: number[] = [];
  const repeat = async (untilMs: number) => {
    while (performance.now() < untilMs) {
      const begun = performance.now();
      await pool.query({ name, text });
      samples.push(performance.now() - begun);
    }
  };
  const inTurns = async (forSeconds: number) => {
    const untilMs = performance.now() + forSeconds * 1000;
    await Promise.all(Array.from({ length: connections }, () => repeat(untilMs)));
  };
  await inTurns(Math.min(1, seconds));
  samples.length = 0;
  await inTurns(seconds);
  return {
    name,
    unit: 'per second',
    value: samples.length / seconds,
    p50Ms: quantile(samples, 0.5),
    p95Ms: quantile(samples, 0.95),
  };
}
