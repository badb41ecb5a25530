import { z } from 'zod';
import { clockedProcedure, memberProcedure, router } from '@/server/transport/trpc/init';
import { getCallbackSecret, rotateCallbackSecret } from './callback-secret';
import { createEndpoint } from './create-endpoint';
import { deleteEndpoint } from './delete-endpoint';
import { getEndpointHealth } from './get-health';
import { clearReceived, listReceived } from './list-received';
import { openInspector } from './open-inspector';
import {
  getDeliveryRequest,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  listTaskDeliveries,
} from './queries';
import { replayDelivery, replayFailed } from './replay-deliveries';
import { rotateSecret } from './rotate-secret';
import {
  CreateEndpoint,
  HealthQuery,
  ListDeliveriesQuery,
  ListEndpointsQuery,
  ListReceivedQuery,
  ReplaySince,
  UpdateEndpoint,
} from './schema';
import { testEndpoint } from './test-endpoint';
import { updateEndpoint } from './update-endpoint';

const Id = z.object({ id: z.string() });

/** Deliveries, and replaying them. */
export const deliveriesRouter = router({
  ofTask: memberProcedure
    .input(z.object({ taskId: z.string() }))
    .query(({ ctx, input }) => listTaskDeliveries(ctx.actor, input.taskId, { limit: 50 })),
  ofEndpoint: memberProcedure
    .input(ListDeliveriesQuery.extend({ endpointId: z.string() }))
    .query(({ ctx, input: { endpointId, ...query } }) =>
      listDeliveries(ctx.actor, endpointId, query),
    ),
  health: memberProcedure
    .input(HealthQuery)
    .query(({ ctx, input }) => getEndpointHealth(ctx.actor, input)),
  request: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => getDeliveryRequest(ctx.actor, input.id)),
  replay: clockedProcedure
    .input(Id)
    .mutation(({ ctx, input }) => replayDelivery(ctx.actor, input.id)),
  replayFailed: clockedProcedure
    .input(ReplaySince.extend({ endpointId: z.string() }))
    .mutation(({ ctx, input: { endpointId, ...since } }) =>
      replayFailed(ctx.actor, endpointId, since),
    ),
});

/** The organization's endpoints in the page's mode. */
export const webhooksRouter = router({
  list: memberProcedure
    .input(ListEndpointsQuery)
    .query(({ ctx, input }) => listEndpoints(ctx.actor, input)),
  get: memberProcedure.input(Id).query(({ ctx, input }) => getEndpoint(ctx.actor, input.id)),
  create: memberProcedure
    .input(CreateEndpoint)
    .mutation(({ ctx, input }) => createEndpoint(ctx.actor, input)),
  update: memberProcedure
    .input(UpdateEndpoint.extend({ id: z.string(), expectedUpdatedAt: z.string().optional() }))
    .mutation(({ ctx, input: { id, expectedUpdatedAt, ...changes } }) =>
      updateEndpoint(ctx.actor, id, changes, { expectedUpdatedAt }),
    ),
  remove: memberProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteEndpoint(ctx.actor, input.id)),
  rotate: memberProcedure.input(Id).mutation(({ ctx, input }) => rotateSecret(ctx.actor, input.id)),
  /** A mutation, because access is audited. */
  revealCallbackSecret: memberProcedure.mutation(({ ctx }) => getCallbackSecret(ctx.actor)),
  rotateCallbackSecret: memberProcedure.mutation(({ ctx }) => rotateCallbackSecret(ctx.actor)),
  test: memberProcedure.input(Id).mutation(({ ctx, input }) => testEndpoint(ctx.actor, input.id)),
});

/** The built-in inbox for inspecting events. */
export const inspectorRouter = router({
  open: memberProcedure.mutation(({ ctx }) => openInspector(ctx.actor)),
  received: memberProcedure
    .input(ListReceivedQuery)
    .query(({ ctx, input }) => listReceived(ctx.actor, input)),
  clear: memberProcedure.mutation(({ ctx }) => clearReceived(ctx.actor)),
});
