import { z } from 'zod';
import { parseCron } from './cron-pattern';
import { parseDuration } from './duration';
import { compileExpression, InvalidExpression } from './expression';
import { limits } from './limits';
import { isStorable } from './storable-text';

const concurrencyLimit = z.strictObject({
  limit: z.int().min(0),
  key: z.string().optional(),
  scope: z.enum(['fn', 'env', 'account']).optional(),
});

const triggerText = z
  .string()
  .min(1)
  .refine(
    (text) => Buffer.byteLength(text) <= limits.triggerBytes,
    `It must not be longer than ${limits.triggerBytes} bytes.`,
  );

const retriesOption = z.strictObject({ attempts: z.int().min(0).max(limits.retries).optional() });

/** One function as the SDK registers it. Strict: an unknown field is a feature we lack. */
export const functionConfig = z.strictObject({
  id: z.string().min(1).max(200).refine(isStorable, 'The id has characters that cannot be stored.'),
  name: z.string().min(1),
  triggers: z
    .array(
      z.strictObject({
        event: triggerText.optional(),
        expression: z.string().nullish(),
        cron: z.string().optional(),
      }),
    )
    .max(limits.triggersPerFunction),
  steps: z
    .record(
      z.string(),
      z.strictObject({
        id: z.string(),
        name: z.string().min(1),
        runtime: z.strictObject({ type: z.string(), url: z.url({ protocol: /^(?:http|ws)s?$/ }) }),
        retries: retriesOption.nullish(),
      }),
    )
    .refine((steps) => Object.keys(steps).length === 1, 'A function must have exactly one step.'),
  idempotency: z.string().optional(),
  concurrency: z
    .union([
      z.int().min(0),
      concurrencyLimit,
      z.array(concurrencyLimit).max(limits.concurrencyPerFunction),
    ])
    .optional(),
  throttle: z
    .strictObject({
      limit: z.int().min(1),
      period: z.string(),
      burst: z.int().min(0).optional(),
      key: z.string().optional(),
    })
    .optional(),
  rateLimit: z
    .strictObject({ limit: z.int().min(1), period: z.string(), key: z.string().optional() })
    .optional(),
  debounce: z
    .strictObject({
      period: z.string(),
      key: z.string().optional(),
      timeout: z.string().optional(),
    })
    .optional(),
  batchEvents: z
    .strictObject({
      maxSize: z.int().min(2).max(1_000),
      timeout: z.string(),
      key: z.string().optional(),
    })
    .optional(),
  singleton: z
    .strictObject({ key: z.string().optional(), mode: z.enum(['skip', 'cancel']) })
    .optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  timeouts: z
    .strictObject({ start: z.string().optional(), finish: z.string().optional() })
    .optional(),
  cancel: z
    .array(
      z.strictObject({
        event: z.string().min(1),
        if: z.string().optional(),
        timeout: z.string().optional(),
      }),
    )
    .max(limits.cancelsPerFunction)
    .optional(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

/** The limits on a function's concurrently executing steps, in either notation. */
export function concurrencyLimits(config: FunctionConfig) {
  const given = config.concurrency;
  if (given === undefined) return [];
  const list =
    typeof given === 'number' ? [{ limit: given }] : Array.isArray(given) ? given : [given];
  return list.filter((item) => item.limit > 0) as z.infer<typeof concurrencyLimit>[];
}

/**
 * The registration is rejected; `message` names the function, the feature and a valid alternative.
 */
export class RefusedRegistration extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedRegistration';
  }
}

/**
 * Checks one registered function.
 * @throws RefusedRegistration for errors and for every feature this engine lacks, so that nothing
 * is silently ignored.
 */
export function checkFunction(input: unknown): FunctionConfig {
  const parsed = functionConfig.safeParse(input);
  const id = String((input as { id?: unknown } | null)?.id ?? '?');
  const refuse = (reason: string): never => {
    throw new RefusedRegistration(`Function "${id}": ${reason}`);
  };
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `not supported: ${[...issue.path, issue.keys.join(', ')].join('.')}`
        : `${issue.path.join('.')}: ${issue.message}`,
    );
    return refuse(reasons.join('; '));
  }
  const config = parsed.data;
  try {
    checkExpressions(config);
    checkDurations(config, refuse);
  } catch (error) {
    if (error instanceof InvalidExpression) return refuse(error.message);
    throw error;
  }
  checkTriggers(config, refuse);
  checkCombinations(config, refuse);
  return config;
}

function checkExpressions(config: FunctionConfig): void {
  const sources = [
    ...config.triggers.map((trigger) => trigger.expression),
    ...(config.cancel ?? []).map((cancel) => cancel.if),
    ...concurrencyLimits(config).map((limit) => limit.key),
    config.idempotency,
    config.rateLimit?.key,
    config.batchEvents?.key,
    config.priority?.run,
    // An empty key means no key for these; anywhere else an empty expression is an error.
    config.throttle?.key || undefined,
    config.debounce?.key || undefined,
    config.singleton?.key || undefined,
  ];
  for (const source of sources) {
    if (source === '') throw new InvalidExpression(source, 'it is empty');
    if (source) compileExpression(source);
  }
}

function checkDurations(config: FunctionConfig, refuse: (reason: string) => never): void {
  const check = (name: string, text: string | undefined, minMs: number, maxMs: number) => {
    if (text === undefined) return;
    const ms = parseDuration(text);
    if (ms === undefined) refuse(`${name}: "${text}" is not a duration such as "30s" or "2h"`);
    else if (ms < minMs || ms > maxMs) {
      refuse(`${name}: "${text}" is not within ${minMs / 1_000} s and ${maxMs / 1_000} s`);
    }
  };
  const week = 7 * 86_400_000;
  check('throttle.period', config.throttle?.period, 1_000, week);
  check('rateLimit.period', config.rateLimit?.period, 1_000, limits.rateLimitMs);
  check('debounce.period', config.debounce?.period, 1_000, week);
  check('debounce.timeout', config.debounce?.timeout, 1_000, week);
  check('batchEvents.timeout', config.batchEvents?.timeout, 1_000, week);
  if (/[dw]/.test(config.batchEvents?.timeout ?? '')) {
    refuse('batchEvents.timeout: days and weeks are not known here; write hours, such as "48h"');
  }
  check('timeouts.start', config.timeouts?.start, 1_000, limits.waitMs);
  check('timeouts.finish', config.timeouts?.finish, 1_000, limits.waitMs);
  for (const cancel of config.cancel ?? []) {
    check('cancel.timeout', cancel.timeout, 1_000, limits.waitMs);
  }
}

function checkTriggers(config: FunctionConfig, refuse: (reason: string) => never): void {
  for (const trigger of config.triggers) {
    if ((trigger.event === undefined) === (trigger.cron === undefined)) {
      refuse('a trigger must have either an event or a cron');
    }
    if (trigger.cron !== undefined) {
      try {
        parseCron(trigger.cron);
      } catch (error) {
        refuse(`cron "${trigger.cron}": ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const written = config.triggers.map(
    ({ event, expression, cron }) => cron ?? JSON.stringify([event, expression ?? null]),
  );
  const twice = written.find((text, index) => written.indexOf(text) !== index);
  if (twice) refuse(`duplicate trigger ${twice}`);
  for (const step of Object.values(config.steps)) {
    if (step.runtime.type !== 'http') {
      refuse(`not supported: the runtime "${step.runtime.type}" (connect); serve it over HTTP`);
    }
  }
}

function checkCombinations(config: FunctionConfig, refuse: (reason: string) => never): void {
  if (config.batchEvents) {
    const clash = (['cancel', 'debounce', 'singleton', 'priority'] as const).find((feature) => {
      const value = config[feature];
      return Array.isArray(value) ? value.length > 0 : value !== undefined;
    });
    if (clash) refuse(`batchEvents cannot be combined with ${clash}`);
  }
  for (const limit of concurrencyLimits(config)) {
    if ((limit.scope === 'env' || limit.scope === 'account') && !limit.key) {
      refuse(`concurrency with the scope ${limit.scope} needs a key`);
    }
  }
}
