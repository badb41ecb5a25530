import type { Prisma } from '@/prisma/generated/client';

/**
 * A JSON value for a column, as text from the start. Prisma otherwise walks every part of the value
 * several times, which for an answer of 500 KB takes the event loop a second or two.
 * @param value plain JSON; what `JSON.stringify` leaves out is left out.
 */
export function jsonColumn(value: unknown): Prisma.InputJsonValue {
  const text = JSON.stringify(value);
  // How Prisma's own protocol writes a JSON value; what `toJSON` gives is not walked.
  return { toJSON: () => ({ $type: 'Json', value: text }) };
}
