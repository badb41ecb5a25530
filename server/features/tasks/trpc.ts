import { z } from 'zod';
import {
  clockedProcedure,
  memberProcedure,
  router,
  workerProcedure,
} from '@/server/transport/trpc/init';
import { liveStream } from '@/server/transport/trpc/live-stream';
import {
  ListAnswersQuery,
  ReleaseAssignmentInput,
  ReportProblem,
  SaveDraftInput,
  SubmitAnswerInput,
} from './answer-schema';
import { getAssignment, listAssignments } from './assignment-queries';
import { cancelTask } from './cancel-task';
import { cancelTasks } from './cancel-tasks';
import { checkSchema } from './check-schema';
import { countTasks } from './count-tasks';
import { countTypes } from './count-types';
import { createTask } from './create-task';
import { exportTasks } from './export-tasks';
import { findTasks, getTaskRows, listTypesInUse } from './find-tasks';
import { getOrigin } from './get-origin';
import { getTaskRequest } from './get-task-request';
import { listAnsweredTypes, listAnswers } from './list-answers';
import { getTask, listTaskEvents, listTasks } from './queries';
import { declineOffer, releaseAssignment } from './release-assignment';
import { listReportedProblems, reportProblem } from './report-problem';
import { getDraft, saveDraft } from './save-draft';
import { CreateTask, FindTasks, ListTasksQuery, TaskFilter, TaskIds } from './schema';
import { startAssignment } from './start-assignment';
import { submitDraft, undoSubmission } from './submit-draft';

const TaskId = z.object({ id: z.string() });
const AssignmentId = z.object({ assignmentId: z.string() });

/** Events after which a queue must be re-read. */
const QUEUE_TOPICS = new Set(['task.created', 'task.requeued', 'task.assigned']);

/** Tasks for their customer. */
export const tasksRouter = router({
  create: clockedProcedure
    .input(CreateTask)
    .mutation(({ ctx, input }) => createTask(ctx.actor, input)),
  request: memberProcedure
    .input(TaskId)
    .query(({ ctx, input }) => getTaskRequest(ctx.actor, input.id)),
  checkSchema: memberProcedure
    .input(z.object({ schema: z.unknown() }))
    .query(({ ctx, input }) => checkSchema(ctx.actor, input.schema)),
  typeFigures: memberProcedure.query(({ ctx }) => countTypes(ctx.actor)),
  list: memberProcedure
    .input(ListTasksQuery)
    .query(({ ctx, input }) => listTasks(ctx.actor, input)),
  find: memberProcedure.input(FindTasks).query(({ ctx, input }) => findTasks(ctx.actor, input)),
  rows: memberProcedure.input(TaskIds).query(({ ctx, input }) => getTaskRows(ctx.actor, input.ids)),
  types: memberProcedure.query(({ ctx }) => listTypesInUse(ctx.actor)),
  export: memberProcedure
    .input(z.strictObject({ filter: TaskFilter, older_than: z.uuid().optional() }))
    .query(({ ctx, input }) => exportTasks(ctx.actor, input.filter, input.older_than)),
  counts: memberProcedure.query(({ ctx }) => countTasks(ctx.actor)),
  get: memberProcedure.input(TaskId).query(({ ctx, input }) => getTask(ctx.actor, input.id)),
  origin: memberProcedure.input(TaskId).query(({ ctx, input }) => getOrigin(ctx.actor, input.id)),
  events: memberProcedure
    .input(TaskId)
    .query(({ ctx, input }) => listTaskEvents(ctx.actor, input.id)),
  cancel: clockedProcedure
    .input(TaskId)
    .mutation(({ ctx, input }) => cancelTask(ctx.actor, input.id)),
  cancelMany: clockedProcedure
    .input(TaskIds)
    .mutation(({ ctx, input }) => cancelTasks(ctx.actor, input.ids)),
  changes: memberProcedure
    .input(z.object({ taskId: z.string().optional() }))
    .subscription(({ ctx, input, signal }) => {
      const { organizationId, mode } = ctx.actor;
      return liveStream([{ organizationId, mode, ...input }], { signal });
    }),
});

/** Assignments and answers for their worker. */
export const assignmentsRouter = router({
  list: workerProcedure.query(({ ctx }) => listAssignments(ctx.actor)),
  get: workerProcedure
    .input(AssignmentId)
    .query(({ ctx, input }) => getAssignment(ctx.actor, input.assignmentId)),
  start: workerProcedure
    .input(AssignmentId)
    .mutation(({ ctx, input }) => startAssignment(ctx.actor, input)),
  decline: workerProcedure
    .input(AssignmentId)
    .mutation(({ ctx, input }) => declineOffer(ctx.actor, input)),
  submit: workerProcedure.input(SubmitAnswerInput).mutation(({ ctx, input }) =>
    submitDraft(ctx.actor, {
      ...input,
      deviceHash: ctx.deviceHash ?? undefined,
      networkHash: ctx.networkHash ?? undefined,
    }),
  ),
  undo: workerProcedure
    .input(AssignmentId)
    .mutation(({ ctx, input }) => undoSubmission(ctx.actor, input)),
  draft: workerProcedure.input(AssignmentId).query(({ ctx, input }) => getDraft(ctx.actor, input)),
  saveDraft: workerProcedure
    .input(SaveDraftInput)
    .mutation(({ ctx, input }) => saveDraft(ctx.actor, input)),
  release: workerProcedure
    .input(ReleaseAssignmentInput)
    .mutation(({ ctx, input }) => releaseAssignment(ctx.actor, input)),
  report: workerProcedure
    .input(ReportProblem)
    .mutation(({ ctx, input }) => reportProblem(ctx.actor, input)),
  reported: workerProcedure
    .input(AssignmentId)
    .query(({ ctx, input }) => listReportedProblems(ctx.actor, input)),
  answers: workerProcedure
    .input(ListAnswersQuery)
    .query(({ ctx, input }) => listAnswers(ctx.actor, input)),
  answeredTypes: workerProcedure.query(({ ctx }) => listAnsweredTypes(ctx.actor)),
  changes: workerProcedure.subscription(({ ctx, signal }) => {
    const { workerId, mode } = ctx.actor;
    return liveStream([{ workerId }, { mode }], {
      signal,
      accept: (event) => event.workerId === workerId || QUEUE_TOPICS.has(event.type),
    });
  }),
});
