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
 * The API as its published clients of version 0.1.0 speak it: the same use cases, keys and limits as
 * v1, in other words. `/docs/sdks/older-clients` has both side by side.
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

/** What answers at each path of v0; 404 in its own form everywhere else below it. */
export const v0Routes: readonly PathEntry[] = [
  ...routesOf(v0Operations, mountWith(door)),
  // Says that this process answers requests, as `/healthz` does.
  {
    path: '/v0/healthz',
    route: openRouteWith(door, () => ({ status: 200, body: { status: 'ok' } })),
  },
  { path: '/v0/**', route: notFoundRouteWith(door) },
];
