import { z } from 'zod';
import {
  createDepositOperation,
  getDepositOperation,
  listDepositsOperation,
} from './features/deposits/rest';
import {
  createGoldOperation,
  deleteGoldOperation,
  listGoldsOperation,
} from './features/golds/rest';
import { forItsTask, getPurchaseOperation, sellingTasks } from './features/l402/rest';
import { getBalanceOperation } from './features/ledger/rest';
import { quoteTaskOperation } from './features/quotes/rest';
import { getReceiptOperation } from './features/receipts/rest';
import {
  advanceTestClockOperation,
  getTestClockOperation,
  resetTestClockOperation,
} from './features/rehearsal/rest';
import {
  deleteTaskTypeOperation,
  listTaskTypesOperation,
  putTaskTypeOperation,
} from './features/task-types/rest';
import {
  cancelTaskOperation,
  createTaskOperation,
  createTasksOperation,
  getTaskOperation,
  listTaskEventsOperation,
  listTasksOperation,
} from './features/tasks/rest';
import { getUsageOperation } from './features/usage/rest';
import { EVENT_EXAMPLE, LOW_BALANCE_EXAMPLE } from './features/webhooks/examples';
import {
  createEndpointOperation,
  deleteEndpointOperation,
  getCallbackSecretOperation,
  getEndpointOperation,
  listDeliveriesOperation,
  listEndpointsOperation,
  replayDeliveryOperation,
  replayFailedOperation,
  rotateCallbackSecretOperation,
  rotateSecretOperation,
  testEndpointOperation,
  updateEndpointOperation,
} from './features/webhooks/rest';
import { Event, LowBalanceEvent } from './features/webhooks/schema';
import {
  dispatcher,
  mount,
  type Operation,
  operation,
  type PathEntry,
  routesOf,
} from './transport/rest';

/** Webhook events. */
const event = {
  operationId: 'webhooks.receive',
  summary: 'An event, as it is posted to your endpoint',
  schema: Event,
  description:
    'Signed by `X-HumanRail-Signature: t=<unix>,v1=<hex HMAC-SHA256 of "<t>.<raw body>" keyed with the secret>`, and by the three headers of Standard Webhooks. Delivered at least once; `id` tells repeats.',
  example: EVENT_EXAMPLE,
};

const lowBalance = {
  operationId: 'webhooks.receive_low_balance',
  summary: 'The event `balance.low`, as it is posted to your endpoint',
  schema: LowBalanceEvent,
  description:
    'Once each time that what can be spent falls below what owners and admins have set under Billing. Signed and delivered as every event.',
  example: LOW_BALANCE_EXAMPLE,
};

/** The OpenAPI document's content other than the operations. */
export const about = {
  webhooks: { event, balance_low: lowBalance },
  tags: {
    Tasks: 'Questions to people: create, follow, cancel, and what they would cost.',
    Webhooks: 'Endpoints that get events, their secrets, and the log of deliveries.',
    'Task types': 'Saved defaults for tasks of one type.',
    Usage: 'What was asked, waited and paid, and what is left to spend.',
    L402: 'Tasks that are paid for one by one, without an API key.',
    'Test clock': 'What time it is in test mode, and what falls due as it moves.',
    About: 'The API itself.',
  },
};

/** Serves the document that describes all operations, including this one. */
let description: string | undefined;

const describeApiOperation = operation({
  id: 'openapi.get',
  method: 'GET',
  path: '/v1/openapi.json',
  public: true,
  summary: 'This description',
  description: 'OpenAPI 3.1; no key needed.',
  tag: 'About',
  responses: {
    200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }) },
  },
  errors: [],
  idempotency: 'none',
  example: { answer: { openapi: '3.1.0' } },
  handler: async () => {
    if (!description) {
      const { openApiDocument } = await import('./transport/rest/openapi');
      description = JSON.stringify(openApiDocument(operations, about));
    }
    return new Response(description, {
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' },
    });
  },
});

/** All operations of the public API, in the order of the documentation. */
export const operations: readonly Operation[] = [
  sellingTasks(createTaskOperation),
  createTasksOperation,
  forItsTask(getTaskOperation),
  listTasksOperation,
  forItsTask(cancelTaskOperation),
  forItsTask(listTaskEventsOperation),
  getReceiptOperation,
  quoteTaskOperation,
  listEndpointsOperation,
  createEndpointOperation,
  getCallbackSecretOperation,
  rotateCallbackSecretOperation,
  getEndpointOperation,
  updateEndpointOperation,
  deleteEndpointOperation,
  rotateSecretOperation,
  testEndpointOperation,
  listDeliveriesOperation,
  replayFailedOperation,
  replayDeliveryOperation,
  listTaskTypesOperation,
  putTaskTypeOperation,
  deleteTaskTypeOperation,
  listGoldsOperation,
  createGoldOperation,
  deleteGoldOperation,
  getUsageOperation,
  getBalanceOperation,
  createDepositOperation,
  getDepositOperation,
  listDepositsOperation,
  getPurchaseOperation,
  getTestClockOperation,
  advanceTestClockOperation,
  resetTestClockOperation,
  describeApiOperation,
];

/** The handlers by path; other methods of a path return 405. */
export const routes: readonly PathEntry[] = routesOf(operations, mount);

/** Handles a request inside the process; null if no operation has its path. */
export const dispatch = dispatcher(routes);
