import { z } from 'zod';
import { memberProcedure, router } from '@/server/transport/trpc/init';
import { createApiKey } from './create-api-key';
import { listApiKeys } from './queries';
import { revokeApiKey } from './revoke-api-key';
import { rollApiKey } from './roll-api-key';
import { CreateApiKey, RollApiKey, SetKeyCap } from './schema';
import { setKeyCap } from './set-key-cap';

export const apiKeysRouter = router({
  list: memberProcedure
    .input(z.object({ after: z.string().optional() }))
    .query(({ ctx, input }) => listApiKeys(ctx.actor, { ...input, mode: ctx.actor.mode })),
  create: memberProcedure
    .input(CreateApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.actor, input)),
  roll: memberProcedure
    .input(RollApiKey)
    .mutation(({ ctx, input }) => rollApiKey(ctx.actor, input)),
  setCap: memberProcedure
    .input(SetKeyCap)
    .mutation(({ ctx, input }) => setKeyCap(ctx.actor, input)),
  revoke: memberProcedure
    .input(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.actor, input.id)),
});
