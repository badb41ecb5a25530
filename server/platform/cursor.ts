import { InvalidRequest } from './errors';
import { isUuid } from './ids';

/** A cursor that stands after the item with this id. Its form is nobody's business but ours. */
export function encodeCursor(id: string): string {
  return Buffer.from(`id:${id}`).toString('base64url');
}

/**
 * The id a cursor stands after; undefined where there is no cursor.
 * @throws InvalidRequest 400 on `after`, where it is no cursor of ours.
 */
export function decodeCursor(after: string | undefined): string | undefined {
  if (after === undefined) return undefined;
  const text = Buffer.from(after, 'base64url').toString('utf8');
  const id = text.startsWith('id:') ? text.slice(3) : '';
  if (isUuid(id) && encodeCursor(id) === after) return id;
  // An item's own id is as good a place to go on from.
  if (isUuid(after)) return after.toLowerCase();
  throw InvalidRequest.fromFaults([
    {
      param: 'after',
      code: 'invalid_field',
      message: 'after must be the next_cursor of an earlier page.',
    },
  ]);
}
