import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';
import { env } from './env';

const context = new AsyncLocalStorage<Record<string, string>>();

/**
 * The process's logger: one JSON line per entry on standard output, with the request ID if there is
 * one. Keys, secrets and authorization headers are redacted everywhere.
 */
export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ['*.authorization', '*.secret', '*.password', '*.apiKey', 'authorization', 'secret'],
    censor: '[removed]',
  },
  mixin: () => context.getStore() ?? {},
});

/** Runs `work` with `fields` (such as `requestId`) on every line it logs. */
export function withLogContext<T>(fields: Record<string, string>, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}
