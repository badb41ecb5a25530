import { InvalidRequest } from './errors';
import { isUuid } from './ids';

/** An opaque cursor after the item with this ID. */
export function encodeCursor(id: string): string {
  return Buffer.from(`id:${id}`).toString('base64url');
}

/**
 * Decodes a cursor to its ID; undefined without a cursor.
 * @throws InvalidRequest 400 on `after` if it is not a valid cursor.
 */
export function decodeCursor(after: string | undefined): string | undefined {
  if (after === undefined) return undefined;
  const text = Buffer.from(after, 'base64url').toString('utf8');
  const id = text.startsWith('id:') ? text.slice(3) : '';
  if (isUuid(id) && encodeCursor(id) === after) return id;
  // An item's own ID is accepted as well.
  if (isUuid(after)) return after.toLowerCase();
  throw InvalidRequest.fromFaults([
    {
      param: 'after',
      code: 'invalid_field',
      message: 'after must be the next_cursor of a previous page.',
    },
  ]);
}
