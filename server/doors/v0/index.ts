import {
  createDoor,
  mountWith,
  notFoundRouteWith,
  type Operation,
  openRouteWith,
  type PathEntry,
  routesOf,
} from '@/server/transport/rest';
import { v0ErrorBody } from './error-body';
import {
  cancelV0TaskOperation,
  createV0TaskOperation,
  getV0TaskOperation,
  listV0TasksOperation,
} from './tasks';
import { getV0OrganizationUsageOperation, getV0UsageOperation } from './usage';
import { testV0CallbackOperation } from './webhooks';

/**
 * The API as its published clients of version 0.1.0 use it: the same use cases, keys and limits as
 * v1 in another format. `/docs/sdks/older-clients` compares both.
 */
export const v0Operations: readonly Operation[] = [
  createV0TaskOperation,
  listV0TasksOperation,
  getV0TaskOperation,
  cancelV0TaskOperation,
  getV0UsageOperation,
  getV0OrganizationUsageOperation,
  testV0CallbackOperation,
];

const door = createDoor({ errorBody: v0ErrorBody });

/** The paths of v0; everything else below it gets 404 in v0's format. */
export const v0Routes: readonly PathEntry[] = [
  ...routesOf(v0Operations, mountWith(door)),
  // Liveness, like `/healthz`.
  {
    path: '/v0/healthz',
    route: openRouteWith(door, () => ({ status: 200, body: { status: 'ok' } })),
  },
  { path: '/v0/**', route: notFoundRouteWith(door) },
];
