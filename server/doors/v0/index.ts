import {
  createDoor,
  mountWith,
  notFoundRouteWith,
  type Operation,
  openRouteWith,
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

const mount = mountWith(door);

/**
 * The handlers of one path of v0, for its `route.ts`.
 * @throws Error at build time where no operation has that path.
 */
export function v0Route(path: string) {
  const own = v0Operations.filter((operation) => operation.path === path);
  if (own.length === 0) throw new Error(`No operation of v0 has the path ${path}.`);
  return mount(...own);
}

export const v0NotFoundRoute = notFoundRouteWith(door);

/** Says that this process answers requests, as `/healthz` does. */
export const v0HealthRoute = openRouteWith(door, () => ({ status: 200, body: { status: 'ok' } }));
