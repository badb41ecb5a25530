import { type ZodType, z } from 'zod';
import { wholeNumber } from '@/server/platform/query-fields';

export { decodeCursor, encodeCursor } from '@/server/platform/cursor';

/** Query parameters of every list. */
export const ListQuery = z.object({
  limit: wholeNumber(1, 100).default(20).describe('Page size. Default: 20.'),
  after: z.string().max(256).optional().describe('`next_cursor` of the previous page.'),
});

/** The envelope of every list: `{data, has_more, next_cursor}`; named after its items. */
export function listOf<S extends ZodType>(item: S) {
  const page = z.object({
    data: z.array(item),
    has_more: z.boolean(),
    next_cursor: z.string().nullable().describe('Pass it as `after` for the next page.'),
  });
  const name = item.meta()?.id;
  return name ? page.meta({ id: `${name}List` }) : page;
}
