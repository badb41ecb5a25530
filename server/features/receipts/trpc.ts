import { z } from 'zod';
import { memberProcedure, router } from '@/server/transport/trpc/init';
import { getReceipt } from './get-receipt';

export const receiptsRouter = router({
  get: memberProcedure
    .input(z.object({ id: z.string() }))
    .query(({ ctx, input }) => getReceipt(ctx.actor, input.id)),
});
