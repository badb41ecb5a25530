export { canBeAnswered } from './can-be-answered';
export { listQueue, previewTask, type QueueItem, type QueuePage } from './queue';
export { callBackup, routeTask } from './route-task';

export { routeForWorker } from './route-worker';
export { createRoutingQueue } from './routing-queue';
export { AtCapacity, claimTask, takeNextTask } from './take-task';
export { takeable } from './takeable';
