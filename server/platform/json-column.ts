import type { Prisma } from '@/prisma/generated/client';

/**
 * Serializes a JSON value for a column. Prisma would otherwise traverse the value several times,
 * which blocks the event loop for a second or two for an answer of 500 KB.
 * @param value plain JSON; values that `JSON.stringify` omits are omitted.
 */
export function jsonColumn(value: unknown): Prisma.InputJsonValue {
  const text = JSON.stringify(value);
  // The format of a JSON value in Prisma's own protocol; results of `toJSON` are not traversed.
  return { toJSON: () => ({ $type: 'Json', value: text }) };
}
