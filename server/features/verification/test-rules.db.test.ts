import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { TestRules } from './schema';
import { testRules } from './test-rules';

useTestDatabase();

const RULE = {
  id: 'says_why',
  when: { '==': [{ var: 'output.verdict' }, 'fake'] },
  require: { '!!': [{ var: 'output.notes' }] },
  message: 'Say why it is fake.',
};

async function answerOf(organization: { id: string }, output: object, status = 'accepted') {
  const { taskId } = await createVerifiedTask({ organization });
  const { id: workerId } = await createWorker();
  const assignmentId = newId();
  const now = new Date();
  await db.assignment.create({
    data: {
      id: assignmentId,
      taskId,
      workerId,
      mode: 'test',
      status: 'submitted',
      createdAt: now,
      lapsesAt: now,
    },
  });
  await db.answer.create({
    data: {
      id: newId(),
      assignmentId,
      taskId,
      workerId,
      organizationId: organization.id,
      mode: 'test',
      type: 'content_review',
      output,
      status: status as 'accepted',
      elapsedMs: 1_000,
      createdAt: now,
    },
  });
  return taskId;
}

const input = (rules: object[], limit = 200) =>
  TestRules.parse({ type: 'content_review', rules, limit });

describe('rules tested on past answers', () => {
  it('tell what they would have rejected, why, and whether it had been accepted', async () => {
    const organization = await createOrganization();
    const viewer = await memberActor(organization, 'test', 'viewer');
    await answerOf(organization, { verdict: 'genuine' });
    await answerOf(organization, { verdict: 'fake', notes: 'Copied.' });
    const broken = await answerOf(organization, { verdict: 'fake' });
    await answerOf(organization, { verdict: 'fake', notes: '' }, 'rejected');
    const test = await testRules(viewer, input([RULE]));
    expect(test).toMatchObject({ tested: 4, passed: 2, rejected: 2, acceptedBefore: 1 });
    expect(test.rules).toEqual([
      { id: 'says_why', holds: 1, broken: 2, notApplicable: 1, errors: 0, error: null },
    ]);
    expect(test.examples).toContainEqual(
      expect.objectContaining({
        taskId: broken,
        wasAccepted: true,
        broken: [{ id: 'says_why', message: 'Say why it is fake.' }],
      }),
    );
    expect(JSON.stringify(test)).not.toMatch(/worker/i);
    expect(await testRules(viewer, input([RULE], 1))).toMatchObject({ tested: 1 });
  });

  it('see the answers of their own organization and mode alone', async () => {
    const organization = await createOrganization();
    await answerOf(organization, { verdict: 'fake' });
    for (const stranger of [
      await memberActor(await createOrganization(), 'test'),
      await memberActor(organization, 'live'),
    ]) {
      expect(await testRules(stranger, input([RULE]))).toMatchObject({ tested: 0, examples: [] });
    }
  });

  it('that cannot be run are refused with every fault', async () => {
    const actor = await memberActor(await createOrganization());
    const wrong = { ...RULE, require: { eval: 'x' } };
    await expect(testRules(actor, input([wrong]))).rejects.toMatchObject({
      status: 400,
      param: 'rules.0.require',
    });
  });
});
