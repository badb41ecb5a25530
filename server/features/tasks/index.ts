export { assertCreatesTasks } from './access';
export { type AssignWorker, assignWorker, assignWorkers } from './assign-worker';
export {
  listAssignments,
  type WorkerAssignment,
  type WorkerTask,
} from './assignment-queries';
export { onBackupCall } from './backup-call';
export { cancelTask } from './cancel-task';
export type { TaskSet } from './change-tasks';
export { assertAnswerFits } from './check-answer';
export { closeOverdueVotings, closeVoting } from './close-voting';
export { completeTasks, isAwaited } from './complete-task';
export { countSeats } from './count-seats';
export { countOpenTasks } from './count-tasks';
export { createPrepaidTask } from './create-prepaid-task';
export { type CreatedTask, createTask, faultOf } from './create-task';
export type { BatchResult } from './create-tasks';
export { crowdOpenTasks, moveToCrowd } from './crowd-tasks';
export { deadlineTimers } from './deadline-timers';
export { endOpenWork } from './end-open-work';
export { SpendCapReached, TaskNotAvailable } from './errors';
export { createBody, verifiedTask } from './examples';
export { expireTask } from './expire-task';
export { handInDraft, handInDueDrafts } from './hand-in-draft';
export { heldBy } from './held-by';
export { onAnswered, onOpenTasks } from './hints';
export { insertGoldTask } from './insert-gold-task';
export { insertReVote, type ReVotePayer } from './insert-re-vote';
export { lapseAssignment, lapseDueAssignments } from './lapse-assignments';
export { isTerminal, MAX_REJECTIONS } from './lifecycle';
export { type LockedTask, lockTask } from './lock-task';
export { meetDeadlines } from './meet-deadlines';
export { occupied } from './occupied';
export { chooseRedundancy, prepareTask, type TaskDraft } from './prepare-task';
export { holdFor, type Price } from './price';
export {
  findTaskByKey,
  getTask,
  listTasks,
  pricesOf,
  type TaskEventBody,
  taskEventBodies,
} from './queries';
export type { JudgedOutcome } from './record-outcome';
export { makeRoom, releaseAssignment } from './release-assignment';
export { dropOldDrafts } from './save-draft';
export { CreateTask } from './schema';
export { startAssignment, takeUpOffer } from './start-assignment';
export { type SubmitAnswer, submitAnswer } from './submit-answer';
export { recordTaskEvent, transition } from './transition';
export { voidReviews } from './void-reviews';
export { withdrawSown } from './withdraw-sown';
