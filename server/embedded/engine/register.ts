import { z } from 'zod';
import { insertNextCron } from './cron';
import type { Database, Queryable } from './database';
import { checkFunction, type FunctionConfig, RefusedRegistration } from './function-config';
import { shortHash, uuidOf } from './ids';
import { loadRegistry } from './registry';
import { storableText } from './storable-text';

const registration = z.object({
  url: z.url(),
  appName: z.string().min(1).max(200),
  framework: z.string().optional(),
  sdk: z.string().optional(),
  functions: z.array(z.unknown()).min(1, 'An app must register at least one function.'),
});

/**
 * Stores an app's functions, all or none; those no longer listed become inactive. Idempotent.
 * @returns whether anything changed.
 * @throws RefusedRegistration with what is invalid or not supported.
 */
export async function register(db: Database, body: unknown, nowMs: number): Promise<boolean> {
  const parsed = registration.safeParse(body);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new RefusedRegistration(`The registration is not usable: ${lines.join('; ')}`);
  }
  const { url, appName, framework = '', sdk = '', functions } = parsed.data;
  const configs = functions.map(checkFunction);
  const ids = configs.map((config) => config.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new RefusedRegistration(`Two functions have the id "${twice}".`);
  const checksum = shortHash(JSON.stringify([url, sdk, framework, configs]));

  return await db.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock(7302, hashtext(current_schema() || 'registry'))");
    const known = await tx.query('SELECT 1 FROM app WHERE id = $1 AND checksum = $2', [
      appName,
      checksum,
    ]);
    if (known.rows.length > 0) return false;
    await tx.query(
      `INSERT INTO app (id, url, sdk, framework, checksum, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET url = $2, sdk = $3, framework = $4, checksum = $5, updated_at = $6`,
      [appName, url, sdk, framework, checksum, nowMs],
    );
    await refuseForeign(tx, appName, ids);
    for (const config of configs) await storeFunction(tx, appName, config, nowMs);
    await tx.query('UPDATE fn SET active = false WHERE app_id = $1 AND NOT id = ANY($2)', [
      appName,
      ids,
    ]);
    await tx.query(
      'DELETE FROM fn_trigger WHERE fn_id IN (SELECT id FROM fn WHERE app_id = $1 AND NOT active)',
      [appName],
    );
    await tx.query('UPDATE meta SET registry_version = registry_version + 1');
    const registry = await loadRegistry(tx);
    for (const id of ids) {
      const fn = registry.functions.get(id);
      if (!fn) continue;
      for (const cron of fn.crons) await insertNextCron(tx, id, cron, nowMs);
      await updateLimits(
        tx,
        id,
        fn.concurrency.map((limit) => limit.limit),
      );
    }
    return true;
  });
}

async function refuseForeign(tx: Queryable, appName: string, ids: string[]): Promise<void> {
  const { rows } = await tx.query<{ id: string; app_id: string }>(
    'SELECT id, app_id FROM fn WHERE id = ANY($1) AND app_id <> $2',
    [ids, appName],
  );
  const taken = rows[0];
  if (taken) {
    throw new RefusedRegistration(
      `The function id "${taken.id}" belongs to the app "${taken.app_id}".`,
    );
  }
}

async function storeFunction(
  tx: Queryable,
  appName: string,
  config: FunctionConfig,
  nowMs: number,
): Promise<void> {
  const step = Object.values(config.steps)[0];
  await tx.query(
    `INSERT INTO fn (id, app_id, uuid, name, url, config, active, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, true, $7) ON CONFLICT (id) DO UPDATE
     SET name = $4, url = $5, config = $6, active = true, updated_at = $7`,
    [
      config.id,
      appName,
      uuidOf(config.id),
      storableText(config.name ?? config.id),
      step?.runtime.url ?? '',
      JSON.stringify(config),
      nowMs,
    ],
  );
  await tx.query('DELETE FROM fn_trigger WHERE fn_id = $1', [config.id]);
  const events = config.triggers.flatMap((trigger) => trigger.event ?? []);
  await tx.query('INSERT INTO fn_trigger SELECT $1, unnest($2::text[])', [config.id, events]);
}

/** New limits also apply to work already queued, if the number of keys is unchanged. */
async function updateLimits(tx: Queryable, fnId: string, next: number[]): Promise<void> {
  if (next.length === 0) return;
  for (const table of ['run', 'job']) {
    const alive = table === 'run' ? 'AND ended_at IS NULL' : '';
    await tx.query(
      `UPDATE ${table} SET climits = $2 WHERE fn_id = $1 AND cardinality(climits) = $3
       AND climits <> $2 ${alive}`,
      [fnId, next, next.length],
    );
  }
}
