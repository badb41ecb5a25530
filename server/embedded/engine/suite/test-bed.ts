import { randomBytes } from 'node:crypto';
import type { InngestFunction } from 'inngest';
import { type Database, openDatabase } from '../database';
import { type Engine, type EngineOptions, startEngine } from '../index';
import { createClient, type ServedApp, serveFunctions, TEST_KEYS } from './served-app';

/**
 * A test's engines, on a schema of their own that is dropped with them. `close` stops everything
 * started here, in reverse order.
 */
export class TestBed {
  readonly schema = `engine_t_${randomBytes(5).toString('hex')}`;
  readonly db: Database;
  readonly #undo: (() => Promise<unknown>)[] = [];

  constructor(private readonly databaseUrl: string) {
    this.db = openDatabase(databaseUrl, this.schema, 2);
  }

  async engine(options: Partial<EngineOptions> = {}): Promise<Engine> {
    const engine = await startEngine({
      databaseUrl: this.databaseUrl,
      schema: this.schema,
      port: 0,
      keys: TEST_KEYS,
      ...options,
    });
    this.#undo.push(() => engine.stop());
    return engine;
  }

  /** A client with the functions that `define` creates, served and registered. */
  async app(
    engine: { url: string },
    define: (client: ReturnType<typeof createClient>) => InngestFunction.Any[],
    options: { id?: string; checkpointing?: boolean } = {},
  ): Promise<{ client: ReturnType<typeof createClient>; served: ServedApp }> {
    const client = createClient({ id: 'app', engineUrl: engine.url, ...options });
    const served = await serveFunctions(client, define(client));
    this.#undo.push(() => served.close());
    await served.register();
    return { client, served };
  }

  /** Status of every run, oldest first. */
  async statuses(): Promise<string[]> {
    const { rows } = await this.db.query<{ status: string }>(
      'SELECT status FROM run ORDER BY created_at, id',
    );
    return rows.map((row) => row.status);
  }

  async close(): Promise<void> {
    for (const step of this.#undo.reverse()) await step();
    await this.db.query(`DROP SCHEMA IF EXISTS "${this.schema}" CASCADE`);
    await this.db.close();
  }
}
