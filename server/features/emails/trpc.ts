import { z } from 'zod';
import { operatorProcedure, publicProcedure, router } from '@/server/transport/trpc/init';
import { getEmail, listEmails, listTemplates } from './queries';
import { ListEmailsQuery } from './schema';

/** Outgoing mail, for operators, and for everyone if the mailbox is open. */
export const emailsRouter = router({
  list: publicProcedure
    .input(ListEmailsQuery)
    .query(async ({ ctx, input }) => listEmails(await ctx.session.operator(), input)),
  get: publicProcedure
    .input(z.object({ id: z.string() }))
    .query(async ({ ctx, input }) => getEmail(await ctx.session.operator(), input.id)),
  templates: operatorProcedure.query(({ ctx }) => listTemplates(ctx.actor)),
});
