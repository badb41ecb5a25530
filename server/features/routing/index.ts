export { canBeAnswered } from './can-be-answered';
export { listQueue, previewTask, type QueueItem, type QueuePage } from './queue';
export { callBackup, routeTask, routeTasks } from './route-task';
export { routeForWorkers } from './route-worker';
export { AtCapacity, claimTask, takeNextTask } from './take-task';
export { takeable } from './takeable';
