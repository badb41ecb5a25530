import { revokeKeyByOperator } from '@/server/features/api-keys';
import { RevokeKeyOf } from '@/server/features/api-keys/schema';
import { suspendOrganization } from '@/server/features/organizations';
import { SuspendOrganization } from '@/server/features/organizations/schema';
import { operatorProcedure, router } from '@/server/transport/trpc/init';
import { findOrganizations } from './find-organizations';
import { getOrganization, getStatement } from './get-organization';
import { FindOrganizations, OfOrganization, StatementOf } from './schema';

/** The instance's organizations, for operators. */
export const customersRouter = router({
  list: operatorProcedure
    .input(FindOrganizations)
    .query(({ ctx, input }) => findOrganizations(ctx.actor, input)),
  get: operatorProcedure
    .input(OfOrganization)
    .query(({ ctx, input }) => getOrganization(ctx.actor, input)),
  statement: operatorProcedure
    .input(StatementOf)
    .query(({ ctx, input }) => getStatement(ctx.actor, input)),
  suspend: operatorProcedure
    .input(SuspendOrganization)
    .mutation(({ ctx, input }) => suspendOrganization(ctx.actor, input)),
  revokeKey: operatorProcedure
    .input(RevokeKeyOf)
    .mutation(({ ctx, input }) => revokeKeyByOperator(ctx.actor, input)),
});
