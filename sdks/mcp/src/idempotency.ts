import { idempotencyKey } from '@humanrail/sdk';
import canonicalize from 'canonicalize';

/**
 * Keys derived from the request, so that an agent's retry finds its task instead of paying twice. The
 * API keeps keys apart by organization and mode, so the organization need not be part of them.
 */

/**
 * The key of a question: the one that `ask` of every SDK makes of it.
 * @param asked with `output_schema` null if none is sent
 */
export function questionKey(asked: {
  question: string;
  payload: Record<string, unknown>;
  output_schema: Record<string, unknown> | null;
}): string {
  return idempotencyKey('ask', canonicalize(asked) ?? '');
}

/** The key of a create: its type, its payload, and what is asked of the answer. */
export function createKey(created: {
  type: string;
  payload: Record<string, unknown>;
  output_schema?: Record<string, unknown>;
}): string {
  const { type, payload, output_schema = null } = created;
  return idempotencyKey('mcp', canonicalize({ type, payload, output_schema }) ?? '');
}
