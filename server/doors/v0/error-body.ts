import type { AppError, FieldFault } from '@/server/platform/errors';

/** Fields that use cases name as in v1. Queries use snake_case in both dialects. */
const FIELDS: Readonly<Record<string, string>> = {
  callback_url: 'callbackUrl',
  idempotency_key: 'idempotencyKey',
  output_schema: 'outputSchema',
  risk_tier: 'riskTier',
  sla_seconds: 'slaSeconds',
};
const NAMES = new RegExp(`\\b(${Object.keys(FIELDS).join('|')})\\b`, 'g');

/** The text with v0's field names. */
function inV0(text: string): string {
  return text.replace(NAMES, (name) => FIELDS[name] ?? name);
}

const camelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function isFault(value: unknown): value is FieldFault {
  return typeof value === 'object' && value !== null && 'param' in value && 'message' in value;
}

/**
 * v0 clients always expect `details` to be an object: one sentence per field for faults, and
 * camelCase names for facts.
 */
function detailsOf({ details, param, message }: AppError): Record<string, unknown> {
  if (Array.isArray(details)) {
    const faults = details.filter(isFault).map((fault) => [inV0(fault.param), inV0(fault.message)]);
    return Object.fromEntries(faults);
  }
  const facts = Object.entries((details as object | undefined) ?? {});
  const named = facts.map(([name, value]) => [camelCase(name), value]);
  return {
    ...(param === undefined || named.length > 0 ? {} : { [inV0(param)]: inV0(message) }),
    ...Object.fromEntries(named),
  };
}

/** Renders the error for v0. */
export const v0ErrorBody = (error: AppError, requestId: string) => ({
  error: {
    type: error.type,
    message: inV0(error.message),
    code: error.code,
    details: detailsOf(error),
  },
  requestId,
});
