import { describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { ReportProblem } from './answer-schema';
import { CreateTask, createTask, releaseAssignment } from './index';
import { listTaskEvents } from './queries';
import { listReportedProblems, reportProblem } from './report-problem';
import { getDraft, saveDraft } from './save-draft';

useTestDatabase();

async function begin() {
  const customer = await keyActor(await createOrganization(), 'test');
  const body = CreateTask.parse({ type: 'reported', payload: {}, payout_sats: 10 });
  const { task } = await createTask(customer, body);
  const actor = await workerActor({ capacity: 1 });
  const { assignmentId } = await claimTask(actor, { taskId: task.id });
  const report = (details = '', category: ReportProblem['category'] = 'missing') =>
    reportProblem(actor, ReportProblem.parse({ assignmentId, category, details }));
  return { customer, task, actor, assignmentId, report };
}

const reportsOf = async (customer: Parameters<typeof listTaskEvents>[0], taskId: string) =>
  (await listTaskEvents(customer, taskId)).filter(
    ({ type }) => type === 'assignment.problem_reported',
  );

describe('a reported problem', () => {
  it('stands on the timeline that the customer reads, without who reported it', async () => {
    const { customer, task, actor, assignmentId, report } = await begin();
    await report('The photo does not load.');
    const [event] = await reportsOf(customer, task.id);
    expect(event?.data).toEqual({
      assignmentId,
      category: 'missing',
      details: 'The photo does not load.',
    });
    expect(JSON.stringify(event)).not.toContain(actor.workerId);
    expect(await listReportedProblems(actor, { assignmentId })).toMatchObject([
      { category: 'missing', details: 'The photo does not load.' },
    ]);
  });

  it('takes nothing from its worker: the task and the draft stay', async () => {
    const { actor, assignmentId, report } = await begin();
    await saveDraft(actor, { assignmentId, value: { answer: 'Half' } });
    await report();
    expect((await getDraft(actor, { assignmentId }))?.value).toEqual({ answer: 'Half' });
  });

  it('is for the assignment’s worker alone, while it is open, and not without end', async () => {
    const { actor, assignmentId, report } = await begin();
    const stranger = await workerActor();
    const input = ReportProblem.parse({ assignmentId, category: 'other' });
    await expect(reportProblem(stranger, input)).rejects.toMatchObject({ status: 404 });
    await expect(listReportedProblems(stranger, { assignmentId })).rejects.toMatchObject({
      status: 404,
    });
    for (let count = 0; count < 5; count++) await report(`No. ${count}`);
    await expect(report()).rejects.toMatchObject({ code: 'too_many_reports' });
    await releaseAssignment(actor, { assignmentId, reason: 'No way' });
    await expect(report()).rejects.toMatchObject({ code: 'assignment_closed' });
  });
});
