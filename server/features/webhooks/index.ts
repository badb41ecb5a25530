export { createEndpoint } from './create-endpoint';
export { deleteEndpoint } from './delete-endpoint';
export { deleteEveryEndpoint } from './delete-every-endpoint';
export { createTryQueue, onNewDeliveries, tryFirst } from './deliver/first-tries';
export { clearReceived, listReceived } from './list-received';
export { openInspector } from './open-inspector';
export {
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  listTaskDeliveries,
} from './queries';
export { type Reception, receiveEvent } from './receive-event';
export { replayDelivery, replayFailed } from './replay-deliveries';
export { rotateSecret } from './rotate-secret';
export { testCallback } from './test-callback';
export { testEndpoint } from './test-endpoint';
export {
  countTroubledEndpoints,
  listTroubledEndpoints,
  type TroubledEndpoint,
} from './troubled-endpoints';
export { updateEndpoint } from './update-endpoint';
