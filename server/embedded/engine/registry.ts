import type { Queryable } from './database';
import { parseDuration } from './duration';
import { compileExpression, type Expression } from './expression';
import { concurrencyLimits, type FunctionConfig } from './function-config';
import { shortHash } from './ids';
import { limits } from './limits';

/** A concurrency limit whose key is evaluated per event. */
export interface CompiledLimit {
  limit: number;
  /** The key's prefix; the value of `key` follows. */
  prefix: string;
  key: Expression | undefined;
}

/** A registered function with its expressions compiled and its durations in milliseconds. */
export interface RegisteredFunction {
  id: string;
  appId: string;
  uuid: string;
  name: string;
  url: string;
  active: boolean;
  config: FunctionConfig;
  maxAttempts: number;
  triggers: { event: string; expression: Expression | undefined }[];
  crons: string[];
  concurrency: CompiledLimit[];
  cancels: { event: string; source: string | undefined; validMs: number }[];
  startMs: number | undefined;
  finishMs: number | undefined;
}

/** All functions as of one version of the registry. */
export interface Registry {
  version: number;
  functions: Map<string, RegisteredFunction>;
  /** The active functions an event may trigger; wildcards included. */
  triggeredBy(eventName: string): RegisteredFunction[];
  /** True if an active function is cancelled by events of this name. */
  cancels(eventName: string): boolean;
}

interface FunctionRow {
  id: string;
  app_id: string;
  uuid: string;
  name: string;
  url: string;
  config: string;
  active: boolean;
}

/** Reads the whole registry; there are dozens of functions, not thousands. */
export async function loadRegistry(db: Queryable): Promise<Registry> {
  const version = await registryVersion(db);
  const { rows } = await db.query<FunctionRow>('SELECT * FROM fn');
  const functions = new Map(rows.map((row) => [row.id, compileFunction(row)]));
  const byEvent = new Map<string, RegisteredFunction[]>();
  const wildcards: { prefix: string; fn: RegisteredFunction }[] = [];
  const cancelEvents = new Set<string>();
  for (const fn of functions.values()) {
    if (!fn.active) continue;
    for (const cancel of fn.cancels) cancelEvents.add(cancel.event);
    for (const name of new Set(fn.triggers.map((trigger) => trigger.event))) {
      if (isWildcard(name)) wildcards.push({ prefix: name.slice(0, -1), fn });
      else byEvent.set(name, [...(byEvent.get(name) ?? []), fn]);
    }
  }
  return {
    version,
    functions,
    triggeredBy(eventName) {
      const found = new Set(byEvent.get(eventName) ?? []);
      for (const { prefix, fn } of wildcards) if (eventName.startsWith(prefix)) found.add(fn);
      return [...found];
    },
    cancels: (eventName) => cancelEvents.has(eventName),
  };
}

/** Increases with every registration that changes something. */
export async function registryVersion(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ registry_version: number }>(
    'SELECT registry_version FROM meta',
  );
  return rows[0]?.registry_version ?? 0;
}

/** True for `a/*` and `a/b.*`: a star counts only after a slash or a dot, at the end. */
export function isWildcard(name: string): boolean {
  return /[/.]\*$/.test(name);
}

/** True if a trigger's event name, possibly a wildcard, matches an event. */
export function coversEvent(trigger: string, eventName: string): boolean {
  return isWildcard(trigger) ? eventName.startsWith(trigger.slice(0, -1)) : trigger === eventName;
}

function compileFunction(row: FunctionRow): RegisteredFunction {
  const config = JSON.parse(row.config) as FunctionConfig;
  const step = Object.values(config.steps)[0];
  return {
    id: row.id,
    appId: row.app_id,
    uuid: row.uuid,
    name: row.name,
    url: row.url,
    active: row.active,
    config,
    maxAttempts: (step?.retries?.attempts ?? 4) + 1,
    triggers: config.triggers.flatMap((trigger) =>
      trigger.event === undefined
        ? []
        : [{ event: trigger.event, expression: optional(trigger.expression) }],
    ),
    crons: config.triggers.flatMap((trigger) => (trigger.cron ? [trigger.cron] : [])),
    concurrency: concurrencyLimits(config).map((limit) => ({
      limit: limit.limit,
      prefix: keyPrefix(row.id, limit.scope ?? 'fn', limit.key),
      key: optional(limit.key),
    })),
    cancels: (config.cancel ?? []).map((cancel) => ({
      event: cancel.event,
      source: cancel.if,
      validMs: durationOr(cancel.timeout, limits.cancelMs),
    })),
    startMs: durationOr(config.timeouts?.start, undefined),
    finishMs: durationOr(config.timeouts?.finish, undefined),
  };
}

function keyPrefix(fnId: string, scope: string, key: string | undefined): string {
  const owner = scope === 'fn' ? `fn:${fnId}` : scope;
  return key ? `${owner}:${shortHash(key)}:` : owner;
}

function optional(source: string | null | undefined): Expression | undefined {
  return source ? compileExpression(source) : undefined;
}

function durationOr<T>(text: string | undefined, otherwise: T): number | T {
  return text === undefined ? otherwise : (parseDuration(text) ?? otherwise);
}
